import { setTimeout as sleep } from 'node:timers/promises';
import type { FormatId } from '@offing/feeds';
import { LiveInbox } from '../../src/index.ts';
import type { Connect } from '../../src/live/connection.ts';
import { LiveFeed, type LiveFeedOptions } from '../../src/live/live-feed.ts';

/** A feed that is tried, and what it has brought. */
export type FeedTrial = {
  readonly feed: LiveFeed;
  readonly inbox: LiveInbox;
  /** MMSIs of all records so far, in order of arrival. */
  readonly mmsis: () => readonly number[];
};

const running = new Set<LiveFeed>();

/** Runs a feed with waits of a thousandth, and without chance. */
export function tryFeed(
  format: FormatId,
  connect: Connect,
  options: Partial<LiveFeedOptions> = {},
): FeedTrial {
  const inbox = options.inbox ?? new LiveInbox();
  const feed = new LiveFeed({
    name: 'tried',
    feed: 0,
    format,
    connect,
    inbox,
    staleDays: 30,
    silentMs: 60_000,
    random: () => 1,
    waitScale: 0.001,
    ...options,
  });
  running.add(feed);
  const mmsis = () => [...inbox.records.mmsi.subarray(0, inbox.records.length)];
  return { feed, inbox, mmsis };
}

/** Stops every feed that a test has tried. */
export async function stopFeeds(): Promise<void> {
  await Promise.all([...running].map((feed) => feed.stop()));
  running.clear();
}

/** Resolves when something has come true; throws when it has not after five seconds. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 5) {
    if (waited > 5000) throw new Error(`never came true: ${what}`);
    await sleep(5);
  }
}

const SIX_BIT = '0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVW`abcdefghijklmnopqrstuvw';

/** Returns an AIVDM sentence with a class A position (ITU-R M.1371-5, annex 8, 3.1) and its line break. */
export function sentence(mmsi: number, place: { lon?: number; lat?: number; second?: number } = {}): string {
  const { lon = 121, lat = 38, second = 60 } = place;
  const fields: readonly (readonly [number, number])[] = [
    [1, 6],
    [0, 2],
    [mmsi, 30],
    [0, 4],
    [0, 8],
    [107, 10],
    [0, 1],
    [Math.round(lon * 600_000) & 0xfffffff, 28],
    [Math.round(lat * 600_000) & 0x7ffffff, 27],
    [3266, 12],
    [325, 9],
    [second, 6],
    [0, 25],
  ];
  const bits = fields.map(([value, size]) => value.toString(2).padStart(size, '0').slice(-size)).join('');
  const payload = (bits.match(/.{6}/g) ?? []).map((six) => SIX_BIT[parseInt(six, 2)]).join('');
  const body = `AIVDM,1,1,,A,${payload},0`;
  const sum = [...body].reduce((all, character) => all ^ character.charCodeAt(0), 0);
  return `!${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}
