import { reportOfKey, type StaticReport } from '@offing/track';
import type pg from 'pg';

/** A stored change of what a hull says of itself. */
export type StoredStatic = {
  readonly mmsi: number;
  readonly at: number;
  readonly report: StaticReport;
  readonly messageType: number;
  readonly aisClass: number;
  readonly feed: number;
};

type Row = {
  mmsi: number;
  at: Date;
  content_key: string;
  message_type: number;
  ais_class: number;
  feed_id: number;
};

/** Returns the stored static reports with a time in (after, upTo], ms, in the order of the stream. */
export async function storedStatics(
  client: pg.ClientBase,
  after: number,
  upTo: number,
): Promise<readonly StoredStatic[]> {
  const since = after === -Infinity ? '-infinity' : new Date(after).toISOString();
  const until = upTo === Infinity ? 'infinity' : new Date(upTo).toISOString();
  const { rows } = await client.query<Row>(
    `select mmsi, at, content_key, message_type, ais_class, feed_id from static_report
     where at > $1::timestamptz and at <= $2::timestamptz order by at, mmsi, content_key collate "C"`,
    [since, until],
  );
  return rows.map((row) => ({
    mmsi: row.mmsi,
    at: row.at.getTime(),
    report: reportOfKey(row.content_key),
    messageType: row.message_type,
    aisClass: row.ais_class,
    feed: row.feed_id,
  }));
}
