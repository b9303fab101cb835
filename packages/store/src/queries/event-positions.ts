import { sql } from 'kysely';
import type { Reader } from './reader.ts';

/** One time that a position was heard, with the record that it came in; instants in ms. */
export type RawCopyRecord = {
  readonly feed: string;
  readonly terms: string | null;
  readonly station: string | null;
  readonly heardAt: number;
  readonly receivedAt: number | null;
  readonly recording: string | null;
  /** SHA-256 of the record's bytes, hexadecimal. */
  readonly sha256: string;
};

/** A position that an event names, as received, with how it was heard. */
export type EventPositionRecord = {
  readonly mmsi: number;
  readonly at: number;
  readonly lon: number;
  readonly lat: number;
  readonly sogKn: number | null;
  readonly cogDeg: number | null;
  readonly headingDeg: number | null;
  readonly navStatus: number | null;
  readonly messageType: number;
  readonly feed: string | null;
  readonly receivedAt: number | null;
  /** Whether it came behind what had been judged by then. */
  readonly late: boolean;
  readonly copies: readonly RawCopyRecord[];
  /** Whether its raw record was looked for. */
  readonly looked: boolean;
};

/** Returns the id under which an event is kept: that of an alert, an event or an alias; null when there is none. */
export async function keptEventId(
  reader: Reader,
  kind: 'alert' | 'event',
  id: string,
): Promise<string | null> {
  const { rows } =
    kind === 'alert'
      ? await sql<{ event_id: string }>`select event_id from alert where alert_id = ${id}`.execute(reader.db)
      : await sql<{ event_id: string }>`
          select event_id from event where event_id =
            coalesce((select event_id from event_alias where alias_id = ${id}), ${id})`.execute(reader.db);
  return rows[0]?.event_id ?? null;
}

/** Returns text that changes whenever what `eventPositions` returns changes. */
export async function eventPositionsMark(reader: Reader, eventId: string): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select count(distinct (named.mmsi, named.at, named.lon_e7, named.lat_e7)) || ' ' || count(raw_copy.sha256) || ' ' ||
      count(*) filter (where raw_wanted.tried) as mark
    from event_position named
    left join raw_copy using (mmsi, at, lon_e7, lat_e7)
    left join raw_wanted using (mmsi, at, lon_e7, lat_e7)
    where event_id = ${eventId}`.execute(reader.db);
  return rows[0].mark;
}

type PositionRow = {
  mmsi: number;
  at: Date;
  lon_e7: number;
  lat_e7: number;
  sog_dkn: number | null;
  cog_ddeg: number | null;
  heading_deg: number | null;
  nav_status: number | null;
  message_type: number;
  feed: string | null;
  received_at: Date | null;
  late: boolean | null;
  waits: boolean;
};

type CopyRow = {
  mmsi: number;
  at: Date;
  lon_e7: number;
  lat_e7: number;
  feed: string;
  terms: string | null;
  station: string | null;
  heard_at: Date;
  received_at: Date | null;
  recording: string | null;
  sha256: string;
};

/** Returns the positions that the versions of an event name, oldest first, each with every time that it was heard. */
export async function eventPositions(
  reader: Reader,
  eventId: string,
): Promise<readonly EventPositionRecord[]> {
  const { rows } = await sql<PositionRow>`
    select mmsi, at, lon_e7, lat_e7, sog_dkn, cog_ddeg, heading_deg, nav_status, message_type, feed.name as feed,
      received_at, late,
      exists (select from raw_wanted where not tried and (raw_wanted.mmsi, raw_wanted.at, raw_wanted.lon_e7, raw_wanted.lat_e7)
        = (position.mmsi, position.at, position.lon_e7, position.lat_e7)) as waits
    from event_position join position using (mmsi, at, lon_e7, lat_e7) left join feed using (feed_id)
    where event_id = ${eventId} order by at, mmsi, lon_e7, lat_e7`.execute(reader.db);
  const copies = await copiesOf(reader, eventId);
  return rows.map((row) => ({
    mmsi: row.mmsi,
    at: row.at.getTime(),
    lon: row.lon_e7 / 1e7,
    lat: row.lat_e7 / 1e7,
    sogKn: row.sog_dkn === null ? null : row.sog_dkn / 10,
    cogDeg: row.cog_ddeg === null ? null : row.cog_ddeg / 10,
    headingDeg: row.heading_deg,
    navStatus: row.nav_status,
    messageType: row.message_type,
    feed: row.feed,
    receivedAt: row.received_at?.getTime() ?? null,
    late: row.late === true,
    copies: copies.get(keyOf(row)) ?? [],
    looked: !row.waits,
  }));
}

async function copiesOf(
  reader: Reader,
  eventId: string,
): Promise<ReadonlyMap<string, readonly RawCopyRecord[]>> {
  const { rows } = await sql<CopyRow>`
    select mmsi, at, lon_e7, lat_e7, feed.name as feed, feed.terms, station, heard_at, received_at, recording,
      encode(sha256, 'hex') as sha256
    from event_position join raw_copy using (mmsi, at, lon_e7, lat_e7) join feed using (feed_id)
    where event_id = ${eventId} order by heard_at, feed.name, station, sha256`.execute(reader.db);
  const copies = new Map<string, RawCopyRecord[]>();
  for (const row of rows) {
    const { feed, terms, station, recording, sha256 } = row;
    const heardAt = row.heard_at.getTime();
    const receivedAt = row.received_at?.getTime() ?? null;
    const copy = { feed, terms, station, heardAt, receivedAt, recording, sha256 };
    const known = copies.get(keyOf(row));
    if (known === undefined) copies.set(keyOf(row), [copy]);
    else known.push(copy);
  }
  return copies;
}

function keyOf({ mmsi, at, lon_e7, lat_e7 }: Pick<CopyRow, 'mmsi' | 'at' | 'lon_e7' | 'lat_e7'>): string {
  return `${mmsi} ${at.toISOString()} ${lon_e7} ${lat_e7}`;
}

/** Returns the bytes of a raw record by their SHA-256 (hexadecimal), or null. */
export async function rawRecord(reader: Reader, sha256: string): Promise<Buffer | null> {
  const { rows } = await sql<{ raw: Buffer }>`
    select raw from raw_record where sha256 = decode(${sha256}, 'hex')`.execute(reader.db);
  return rows[0]?.raw ?? null;
}

/** A raw record with its SHA-256, hexadecimal. */
export type RawRecord = { readonly sha256: string; readonly raw: Buffer };

/** Returns the raw records behind the positions that the versions of an event name, by their SHA-256, at most so many. */
export async function eventRawRecords(
  reader: Reader,
  eventId: string,
  most: number,
): Promise<readonly RawRecord[]> {
  const { rows } = await sql<RawRecord>`
    select encode(sha256, 'hex') as sha256, raw from raw_record where sha256 in (
      select sha256 from event_position join raw_copy using (mmsi, at, lon_e7, lat_e7) where event_id = ${eventId})
    order by raw_record.sha256 limit ${most}`.execute(reader.db);
  return rows;
}
