import { makeMessageReader, type FormatId, type LiveMoment, type MessageReader } from '@offing/feeds';
import { MISSING_8, NO_COORDINATE, type RecordColumns } from '@offing/track';
import { DAY_MS, isoOf, MINUTE_MS } from '@offing/units';
import { copyRow } from '../sorting/copy-rows.ts';
import type { Receiver } from './connection.ts';
import type { FeedClock } from './feed-clock.ts';
import type { FeedHealth } from './feed-health.ts';
import type { LiveInbox } from './inbox.ts';

/** A live position later than our clock by more than this is refused (ours); clocks of stations differ by less. */
const AHEAD_MS = 2 * MINUTE_MS;
/** Times up to here are read at all, so that a clock that is ahead by a zone can be told from rubbish. */
const READ_AHEAD_MS = 15 * 60 * MINUTE_MS;

/** What the receivers of a feed share. */
export type FeedContext = {
  readonly feed: number;
  readonly format: FormatId;
  readonly staleDays: number;
  readonly inbox: LiveInbox;
  readonly health: FeedHealth;
  readonly clock: FeedClock;
  now(): number;
};

/** Returns what takes the bytes of one peer into the inbox: each peer has a reader, so that their lines do not mix. */
export function makeReceiver(context: FeedContext): Receiver {
  const { inbox, health } = context;
  const moment = { receivedAt: 0, earliestAt: 0, latestAt: 0 };
  let { statics } = inbox;
  let reader = makeReader(context, moment);

  function step(read: (reader: MessageReader) => void): void {
    const now = context.now();
    moment.receivedAt = now;
    moment.earliestAt = now - context.staleDays * DAY_MS;
    moment.latestAt = now + READ_AHEAD_MS;
    if (statics !== inbox.statics) {
      ({ statics } = inbox);
      reader.end();
      reader = makeReader(context, moment);
    }
    const from = inbox.records.length;
    read(reader);
    keepTimes(context, from, now);
    inbox.arrived();
  }

  return {
    chunk(bytes) {
      health.heard(context.now());
      step((to) => {
        to.push(bytes);
      });
    },
    message(bytes, topic) {
      health.heard(context.now());
      step((to) => {
        to.message(bytes, topic);
      });
    },
    close() {
      step((from) => {
        from.end();
      });
    },
  };
}

function makeReader(context: FeedContext, live: LiveMoment): MessageReader {
  const { inbox, health, feed, format } = context;
  const out = {
    records: inbox.records,
    statics: inbox.statics,
    reject: health.reject.bind(health),
    count: health.count.bind(health),
    took: inbox.keepRaw.bind(inbox),
  };
  return makeMessageReader(format, out, { feed, startAt: null, live });
}

/** Notes and corrects the times of the rows from `from` on, and takes out those that lie in the future all the same. */
function keepTimes(context: FeedContext, from: number, now: number): void {
  const { clock, health } = context;
  const { records } = context.inbox;
  let kept = from;
  let newest = -Infinity;
  for (let row = from; row < records.length; row++) {
    const second = records.utcSecond[row];
    // A row that took the time of receipt says nothing about its source's clock.
    if (records.at[row] !== now) clock.note(records.at[row], now, second === MISSING_8 ? NaN : second);
    if (records.at[row] !== now) records.at[row] += clock.correctionMs;
    if (records.at[row] > now + AHEAD_MS) {
      refuseFuture(context, records, row, now);
      continue;
    }
    newest = Math.max(newest, records.at[row]);
    if (kept < row) {
      copyRow(records, kept, records, row);
      context.inbox.moveRaw(kept, row);
    }
    kept++;
  }
  records.length = kept;
  health.took(kept - from, newest, now);
}

function refuseFuture(context: FeedContext, records: RecordColumns, row: number, now: number): void {
  const at = isoOf(records.at[row]);
  const place =
    records.lonE7[row] === NO_COORDINATE ? [] : [records.lonE7[row] / 1e7, records.latE7[row] / 1e7];
  const raw = Buffer.from(JSON.stringify({ mmsi: records.mmsi[row], at, place }));
  context.health.reject(
    'future-time',
    row + 1,
    raw,
    `time is ${at}, expected up to ${isoOf(now + AHEAD_MS)}`,
  );
}
