import type { EventDraft, Json } from '@offing/rules';
import { HOUR_MS, plainDuration, plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';
import { coordinate } from './words.ts';

/** So many ships of a gathering are named; the rest is counted. */
export const NAMED = 3;

/** The words of a language for spans of time, as they follow their numbers. */
export type SpanWords = { readonly day: string; readonly hour: string; readonly minute: string };

/** Returns a span of time with the figures of the English sentence, its units in a language. */
export function spanOf(ms: number, { day, hour, minute }: SpanWords): string {
  return plainDuration(ms)
    .replace(/ d\b/, day)
    .replace(/ h\b/, hour)
    .replace(/ min\b/, minute);
}

/** Returns hours of the evidence in milliseconds. */
export function hoursMs(event: EventDraft, name: string): number {
  return Number(event.evidence[name]) * HOUR_MS;
}

/** Returns a field of the evidence as it may stand in a sentence. */
export function textOf(event: EventDraft, name: string): string {
  return plainText(String(event.evidence[name]));
}

/** Returns a list of the evidence. */
export function listOf(event: EventDraft, name: string): readonly Json[] {
  return (event.evidence[name] ?? []) as readonly Json[];
}

/** Returns the name of an event's port as it may stand in a sentence; null without one. */
export function portName({ port }: EventDraft): string | null {
  return port === null ? null : plainText(port.name);
}

/** Returns the coordinates of an event to a hundredth of a degree. */
export function coordinatesOf({ lat, lon }: EventDraft): string {
  return `${coordinate(lat, 'N', 'S')} ${coordinate(lon, 'E', 'W')}`;
}

/** Returns when an event began. */
export function openedText({ openedAt }: EventDraft): string {
  return plainUtc(openedAt);
}

/** A change of what a ship says of itself, as the rule puts it into evidence. */
export type IdentityChange = { readonly field: string; readonly from: Json; readonly to: Json };

/** An announcement as rules put it into evidence. */
export type Announced = {
  readonly bars: string;
  readonly from: string;
  readonly announcedBy: string;
  readonly reportedBy: string;
  readonly deniedBy: string | null;
  readonly deniedOn: string | null;
};

/** A draught as the rule puts it into evidence. */
export type Drawn = { readonly draughtM: number; readonly at: string; readonly port: string | null };

/** A listing as `designated-vessel` puts it into its evidence. */
export type Listing = { readonly list: string; readonly designatedOn: string; readonly shipName: string };

/** How a call of which `recent-dprk-call` tells was known: seen or silent inside, where and when. */
export type CallWords = {
  readonly isSeen: boolean;
  readonly port: string;
  readonly from: string;
  readonly to: string | null;
};

/** Returns the parts of the words on a call; null for words of another form. */
export function callWordsOf(how: string): CallWords | null {
  const parts = /^(visited|was silent inside) (.+?) from (\S+?)(?: to (\S+))?$/.exec(how);
  if (parts === null) return null;
  return { isSeen: parts[1] === 'visited', port: plainText(parts[2]), from: parts[3], to: parts[4] ?? null };
}
