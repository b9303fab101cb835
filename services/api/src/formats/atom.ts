import { xmlText } from './kml.ts';
import { termsLine, type FeedTerms } from './terms.ts';

/** An entry of an Atom feed; instants as ISO text, addresses absolute. */
export type AtomEntry = {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  /** Address of a PNG; null where there is none. */
  readonly picture: string | null;
  readonly published: string;
  readonly updated: string;
  readonly category: string;
  readonly summary: string;
};

/** An Atom feed. */
export type AtomFeed = {
  readonly title: string;
  /** Of the feed itself. */
  readonly address: string;
  readonly entries: readonly AtomEntry[];
  /** What the sources ask of whoever passes the entries on. */
  readonly terms: readonly FeedTerms[];
};

/** What a feed without entries says: it must have an instant. */
const NEVER = '1970-01-01T00:00:00Z';

/** Returns the text of a feed by RFC 4287. */
export function atomText({ title, address, entries, terms }: AtomFeed): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">` +
    `<id>${xmlText(address)}</id><title>${xmlText(title)}</title><author><name>Offing</name></author>` +
    rightsElement(terms, 'rights') +
    `<link rel="self" href="${xmlText(address)}"/><updated>${lastChange(entries)}</updated>\n` +
    `${entries.map(entryText).join('')}</feed>\n`
  );
}

function entryText(entry: AtomEntry): string {
  const enclosure =
    entry.picture === null ? '' : `<link rel="enclosure" type="image/png" href="${xmlText(entry.picture)}"/>`;
  return (
    `<entry><id>${xmlText(entry.id)}</id><title>${xmlText(entry.title)}</title>` +
    `<link rel="alternate" href="${xmlText(entry.link)}"/>${enclosure}` +
    `<published>${xmlText(entry.published)}</published><updated>${xmlText(entry.updated)}</updated>` +
    `<category term="${xmlText(entry.category)}"/><summary>${xmlText(entry.summary)}</summary></entry>\n`
  );
}

/** Returns the terms of use in an element of that name; nothing where there are none. */
export function rightsElement(terms: readonly FeedTerms[], element: string): string {
  const text = terms.map(termsLine).join('; ');
  return text === '' ? '' : `<${element}>${xmlText(text)}</${element}>`;
}

/** Returns when the last of some entries changed. */
export function lastChange(entries: readonly { readonly updated: string }[]): string {
  return entries.reduce((last, { updated }) => (updated > last ? updated : last), NEVER);
}
