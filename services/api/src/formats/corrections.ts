import type { PublicCorrection } from '../schemas/correction.ts';
import { atomText } from './atom.ts';
import { csvWriter, type Column } from './csv.ts';
import { termsFor, termsText, type FeedTerms } from './terms.ts';
import { writeAll } from './writer.ts';

const columns: readonly Column<PublicCorrection>[] = [
  { name: 'id', of: ({ id }) => id },
  { name: 'alertId', of: ({ alertId }) => alertId },
  { name: 'eventId', of: ({ eventId }) => eventId },
  { name: 'version', of: ({ version }) => version },
  { name: 'kind', of: ({ kind }) => kind },
  { name: 'type', of: ({ type }) => type },
  { name: 'knownSince', of: ({ knownSince }) => knownSince },
  { name: 'recordedAt', of: ({ recordedAt }) => recordedAt },
  { name: 'reason', of: ({ reason }) => reason },
  { name: 'changes', of: ({ changes }) => changes.join('; ') },
  { name: 'sentence', of: ({ sentence }) => sentence },
  { name: 'sentenceBefore', of: ({ sentenceBefore }) => sentenceBefore },
  { name: 'state', of: ({ state }) => state },
  { name: 'severity', of: ({ severity }) => severity },
  { name: 'mmsi', of: ({ mmsi }) => mmsi },
  { name: 'synthetic', of: ({ synthetic }) => synthetic },
  { name: 'feeds', of: ({ feeds }) => feeds },
  { name: 'url', of: ({ url }) => url },
];

/** Returns corrections as CSV, with the terms of use of their feeds. */
export function correctionsCsv(items: readonly PublicCorrection[], terms: readonly FeedTerms[]): string {
  const withTerms = [
    ...columns,
    { name: 'terms', of: (item) => termsText(item, terms) } as (typeof columns)[0],
  ];
  return writeAll(csvWriter(withTerms), items);
}

/** Returns corrections as an Atom feed: an entry for each, never changed again. Addresses begin with `origin`. */
export function correctionsAtom(
  items: readonly PublicCorrection[],
  terms: readonly FeedTerms[],
  origin: string,
  address: string,
): string {
  return atomText({
    title: 'Offing: corrections',
    address,
    terms: termsFor(items, terms),
    entries: items.map((item) => ({
      id: `urn:offing:alert:${item.id}`,
      title: titleOf(item),
      link: `${origin}${item.url}`,
      picture: null,
      published: item.recordedAt,
      updated: item.recordedAt,
      category: item.type,
      summary: [
        item.sentence,
        ...(item.reason === null ? [] : [`Why: ${item.reason}.`]),
        ...item.changes,
      ].join(' '),
    })),
  });
}

const MARKS: Readonly<Record<PublicCorrection['kind'], string>> = {
  retracted: 'Retracted',
  corrected: 'Corrected',
  extended: 'Updated',
};

function titleOf({ kind, type, synthetic, version }: PublicCorrection): string {
  return `${MARKS[kind]}: ${synthetic ? '[synthetic] ' : ''}${type}, version ${version}`;
}
