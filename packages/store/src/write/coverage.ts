import { cellCentre } from '@offing/geo';
import type { HourCoverage } from '@offing/rules';
import { e7OfDegrees, HOUR_MS } from '@offing/units';
import type pg from 'pg';

const ROWS_AT_ONCE = 50_000;

/** Writes how much was heard in some hours; an hour that is there already is replaced cell by cell. */
export async function writeCoverage(client: pg.ClientBase, hours: readonly HourCoverage[]): Promise<void> {
  const rows = hours.flatMap(({ hour, cells }) => cells.map((cell) => ({ hour, ...cell })));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const part = rows.slice(start, start + ROWS_AT_ONCE);
    const middles = part.map(({ cell }) => cellCentre(cell));
    await client.query(
      `insert into coverage (hour, cell, feed_id, ais_class, receiver_kind, lon_e7, lat_e7, vessels, messages)
       select to_timestamp(hour * 3600.0), cell, feed_id, ais_class, receiver_kind, lon_e7, lat_e7, vessels, messages
       from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[])
         as heard (hour, cell, feed_id, ais_class, receiver_kind, lon_e7, lat_e7, vessels, messages)
       on conflict (hour, cell, feed_id, ais_class, receiver_kind)
         do update set vessels = excluded.vessels, messages = excluded.messages`,
      [
        part.map((row) => row.hour),
        part.map((row) => row.cell),
        part.map((row) => row.feed),
        part.map((row) => row.aisClass),
        part.map((row) => row.receiverKind),
        middles.map(({ lon }) => e7OfDegrees(lon)),
        middles.map(({ lat }) => e7OfDegrees(lat)),
        part.map((row) => row.vessels),
        part.map((row) => row.messages),
      ],
    );
  }
}

/** Removes what is said of the hours that end after an instant (ms; -Infinity: of all), which is about to be said anew. */
export async function dropCoverageFrom(client: pg.ClientBase, after: number): Promise<void> {
  const from =
    after === -Infinity ? '-infinity' : new Date(Math.floor(after / HOUR_MS) * HOUR_MS).toISOString();
  await client.query('delete from coverage where hour >= $1::timestamptz', [from]);
}
