import type { Language } from '@offing/alerts';
import { alertsAt, type AlertPlace, type Reader } from '@offing/store';
import { publicAlertIn } from './event.ts';

/** Alerts as the text of their JSON. */
export type AlertTexts = {
  /** Returns the text of each place that an alert shows; those that are not known are read together. */
  of(places: readonly AlertPlace[], language?: Language): Promise<ReadonlyMap<AlertPlace, string>>;
};

/** Characters of text that are kept; who was asked for longest ago goes first. */
const MOST_CHARACTERS = 64_000_000;

/** Returns the texts of a database's alerts. A version never changes, so its text stays right for as long as it is kept. */
export function makeAlertTexts(reader: Reader, mostCharacters = MOST_CHARACTERS): AlertTexts {
  const kept = new Map<string, string>();
  let characters = 0;
  const keep = (name: string, text: string) => {
    if (!kept.delete(name)) characters += text.length;
    kept.set(name, text);
    for (const [oldest, old] of kept) {
      if (characters <= mostCharacters) break;
      kept.delete(oldest);
      characters -= old.length;
    }
  };
  return {
    async of(places, language) {
      const found = new Map<AlertPlace, string>();
      const missing = new Map<string, AlertPlace>();
      for (const place of places) {
        const name = nameOf(place, language);
        const text = kept.get(name);
        if (text === undefined) missing.set(name, place);
        else {
          keep(name, text);
          found.set(place, text);
        }
      }
      if (missing.size === 0) return found;
      for (const record of await alertsAt(reader, [...missing.values()])) {
        const name = nameOf(record, language);
        const text = JSON.stringify(publicAlertIn(record, language));
        const place = missing.get(name);
        if (place !== undefined) found.set(place, text);
        keep(name, text);
      }
      return found;
    },
  };
}

function nameOf(
  { eventId, version }: Pick<AlertPlace, 'eventId' | 'version'>,
  language: Language | undefined,
): string {
  return `${eventId} ${version} ${language ?? ''}`;
}
