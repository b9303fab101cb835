import type { PublicAlert } from '../schemas/event.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { atomText, lastChange, rightsElement } from './atom.ts';
import { xmlText } from './kml.ts';
import type { FeedTerms } from './terms.ts';

/** The formats of feeds for readers. */
export const FEED_FORMATS = ['atom', 'rss', 'json'] as const;

/** A format of feeds. */
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** An alert as an entry: the same entry whatever its version, changed when that is. Instants as ISO text. */
export type FeedEntry = {
  readonly alert: PublicAlert;
  /** When this version was written down here. */
  readonly updated: string;
};

/** A feed; addresses are absolute. */
export type Feed = {
  readonly title: string;
  /** Of the feed itself. */
  readonly address: string;
  /** Of the server, without a slash at its end. */
  readonly origin: string;
  /** Whether readers can fetch the pictures of alerts. */
  readonly hasPictures: boolean;
  readonly entries: readonly FeedEntry[];
  /** What the sources of its alerts ask of whoever passes them on. */
  readonly terms: readonly FeedTerms[];
};

/** Media types of the formats. */
export const FEED_TYPES: Readonly<Record<FeedFormat, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** Returns the text of a feed: Atom (RFC 4287), RSS 2.0, or JSON Feed 1.1. */
export function feedText(feed: Feed, format: FeedFormat): string {
  switch (format) {
    case 'atom':
      return atom(feed);
    case 'rss':
      return rss(feed);
    case 'json':
      return jsonFeed(feed);
  }
}

/** Returns the line that an alert is known by: what became of it first. */
export function headline(alert: PublicAlert): string {
  const place = alert.port === null ? '' : ` off ${alert.port.name}`;
  const mark = alert.state === 'retracted' ? 'Retracted: ' : alert.version > 1 ? 'Updated: ' : '';
  return `${mark}${alert.synthetic ? '[synthetic] ' : ''}${alert.type}${place}, ${alert.severity}`;
}

function idOf(alert: PublicAlert): string {
  return `urn:offing:alert:${alert.id}`;
}

function addressOf(feed: Feed, alert: PublicAlert): string {
  return `${feed.origin}${alertPath(alert.id)}`;
}

/** The picture of the version that the entry shows; null where a reader cannot fetch it. */
function pictureOf({ origin, hasPictures }: Feed, alert: PublicAlert): string | null {
  const known = encodeURIComponent(alert.knownSince);
  return hasPictures ? `${origin}/v1/alerts/${alert.id}.png?as_of=${known}` : null;
}

/** A piece of XML around the address of the picture, or nothing. */
function withPicture(feed: Feed, alert: PublicAlert, piece: (address: string) => string): string {
  const address = pictureOf(feed, alert);
  return address === null ? '' : piece(xmlText(address));
}

function bodyOf(alert: PublicAlert): string {
  const correction = alert.reason === null ? [] : [`Why it was corrected: ${alert.reason}`];
  const withdrawn = alert.state === 'retracted' ? ['This alert was withdrawn.'] : [];
  const sure = `Confidence ${alert.confidence}; it may have an innocent explanation: ${alert.innocentExplanations.join(' ')}`;
  return [...withdrawn, alert.sentence, ...correction, sure].join(' ');
}

function atom(feed: Feed): string {
  return atomText({
    title: feed.title,
    address: feed.address,
    terms: feed.terms,
    entries: feed.entries.map(({ alert, updated }) => ({
      id: idOf(alert),
      title: headline(alert),
      link: addressOf(feed, alert),
      picture: pictureOf(feed, alert),
      published: alert.openedAt,
      updated,
      category: alert.type,
      summary: bodyOf(alert),
    })),
  });
}

function rss(feed: Feed): string {
  const day = (iso: string) => new Date(iso).toUTCString();
  const items = feed.entries.map(
    ({ alert, updated }) =>
      // Readers of RSS know no change of an item: each version is an item of its own.
      `<item><guid isPermaLink="false">${xmlText(`${idOf(alert)}:${alert.version}`)}</guid>` +
      `<title>${xmlText(headline(alert))}</title><link>${xmlText(addressOf(feed, alert))}</link>` +
      `<pubDate>${day(updated)}</pubDate><category>${xmlText(alert.type)}</category>` +
      withPicture(feed, alert, (url) => `<media:content url="${url}" type="image/png" medium="image"/>`) +
      `<description>${xmlText(bodyOf(alert))}</description></item>\n`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel>` +
    `<title>${xmlText(feed.title)}</title><link>${xmlText(feed.origin)}/</link>` +
    `<description>${xmlText(feed.title)}</description>${rightsElement(feed.terms, 'copyright')}` +
    `<atom:link rel="self" type="application/rss+xml" href="${xmlText(feed.address)}"/>` +
    `<lastBuildDate>${day(lastChange(feed.entries))}</lastBuildDate>\n${items.join('')}</channel></rss>\n`
  );
}

function jsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: `${feed.origin}/`,
    feed_url: feed.address,
    // Names that begin with an underscore are free for extensions.
    ...(feed.terms.length === 0 ? {} : { _offing: { terms: feed.terms } }),
    items: feed.entries.map(({ alert, updated }) => ({
      id: idOf(alert),
      url: addressOf(feed, alert),
      title: headline(alert),
      content_text: bodyOf(alert),
      ...(feed.hasPictures ? { image: pictureOf(feed, alert) } : {}),
      date_published: alert.openedAt,
      date_modified: updated,
      tags: [alert.type, alert.severity],
    })),
  });
}
