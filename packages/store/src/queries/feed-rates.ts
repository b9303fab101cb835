import { sql } from 'kysely';
import type { Reader } from './reader.ts';

const HOUR_MS = 3_600_000;
/** Hours that a rate is compared with (ours): a day, so that no hour of the day is set against another only. */
const HISTORY_HOURS = 24;
/** With fewer hours than this nothing is usual yet (ours). */
const LEAST_HOURS = 3;
/** Less than this share of what is usual is low (ours). */
const LOW_SHARE = 0.5;
/** Edge of a region, degrees (ours): larger than the reach of a coastal station, smaller than a sea. */
const REGION_DEG = 5;
/** Of more regions of a feed those count in which most is usual. */
const MOST_REGIONS = 50;
/** What a live feed brought in the last minutes may still be held back for the order's sake (ours). */
const HELD_BACK_MS = HOUR_MS / 2;

/** How an hour compares: `new` where too little is known to say. */
export type RateState = 'usual' | 'low' | 'silent' | 'new';

/** How much was heard in one hour beside what is usual: the median of the hours of the day before it. */
export type HourRate = {
  /** When the hour begins, ms. */
  readonly hourAt: number;
  readonly messages: number;
  readonly usualMessages: number | null;
  readonly state: RateState;
};

/** The rate of a feed in a region of 5° by 5°; its south-west corner in degrees. */
export type RegionRate = HourRate & {
  readonly west: number;
  readonly south: number;
  readonly sizeDeg: number;
};

/** The rates of a feed in its last whole hour; null where nothing was heard of it in the day before. */
export type FeedRates = { readonly all: HourRate | null; readonly regions: readonly RegionRate[] };

/** What a feed was heard in an hour in a region, as stored. */
export type HeardHour = {
  readonly column: number;
  readonly row: number;
  readonly hourAt: number;
  readonly messages: number;
};

/**
 * Returns the rates of all feeds by name, each in the last hour that is over: by the clock of the event times, for a live
 * feed also by that of its process, so that silence counts.
 */
export async function feedRates(reader: Reader): Promise<ReadonlyMap<string, FeedRates>> {
  const { rows: feeds } = await sql<{ feed_id: number; name: string; at: Date | null }>`
    select feed_id, feed.name, greatest(watermark, updated_at - ${HELD_BACK_MS} * interval '1 millisecond') as at
    from feed left join feed_status on feed_status.name = feed.name cross join engine_state
    order by feed_id`.execute(reader.db);
  const rates = new Map<string, FeedRates>();
  for (const { feed_id: feedId, name, at } of feeds) {
    if (at === null) continue;
    const hourAt = Math.floor(at.getTime() / HOUR_MS) * HOUR_MS - HOUR_MS;
    rates.set(name, ratesOf(await heardHours(reader, feedId, hourAt), hourAt));
  }
  return rates;
}

async function heardHours(reader: Reader, feedId: number, hourAt: number): Promise<readonly HeardHour[]> {
  const { rows } = await sql<{ column: number; row: number; hour: Date; messages: number }>`
    select floor(lon_e7 / ${REGION_DEG * 1e7}::float8)::int as column, floor(lat_e7 / ${REGION_DEG * 1e7}::float8)::int as row,
      hour, sum(messages)::float8 as messages
    from coverage
    where hour between ${new Date(hourAt - HISTORY_HOURS * HOUR_MS)} and ${new Date(hourAt)} and feed_id = ${feedId}
    group by 1, 2, hour`.execute(reader.db);
  return rows.map(({ column, row, hour, messages }) => ({ column, row, hourAt: hour.getTime(), messages }));
}

/** Returns the rates in an hour (its beginning, ms) from what was heard in it and in the day before it. */
export function ratesOf(heard: readonly HeardHour[], hourAt: number): FeedRates {
  if (heard.length === 0) return { all: null, regions: [] };
  const places = new Map<string, HeardHour[]>();
  for (const hour of heard) {
    const key = `${hour.column} ${hour.row}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, [hour]);
    else known.push(hour);
  }
  // Since the feed was first heard: a region that is heard now and then has hours without anything.
  const since = Math.min(...heard.map((hour) => hour.hourAt));
  const regions = [...places.values()].map((hours): RegionRate => {
    const [{ column, row }] = hours;
    return {
      west: column * REGION_DEG,
      south: row * REGION_DEG,
      sizeDeg: REGION_DEG,
      ...rateOf(hours, since, hourAt),
    };
  });
  const most = regions.sort(
    (a, b) => (b.usualMessages ?? 0) - (a.usualMessages ?? 0) || a.west - b.west || a.south - b.south,
  );
  return { all: rateOf(heard, since, hourAt), regions: most.slice(0, MOST_REGIONS) };
}

function rateOf(heard: readonly HeardHour[], since: number, hourAt: number): HourRate {
  const byHour = new Map<number, number>();
  for (const { hourAt: at, messages } of heard) byHour.set(at, (byHour.get(at) ?? 0) + messages);
  const messages = byHour.get(hourAt) ?? 0;
  // The feed's first hour is not whole.
  const before: number[] = [];
  for (let at = since + HOUR_MS; at < hourAt; at += HOUR_MS) before.push(byHour.get(at) ?? 0);
  if (before.length < LEAST_HOURS) return { hourAt, messages, usualMessages: null, state: 'new' };
  const usualMessages = before.sort((a, b) => a - b)[Math.floor(before.length / 2)];
  return { hourAt, messages, usualMessages, state: stateOf(messages, usualMessages) };
}

function stateOf(messages: number, usual: number): RateState {
  if (usual > 0 && messages === 0) return 'silent';
  return messages < usual * LOW_SHARE ? 'low' : 'usual';
}
