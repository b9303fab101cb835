import { cellCentre } from '@offing/geo';
import type { HourCoverage } from '@offing/rules';
import { e7OfDegrees, HOUR_MS } from '@offing/units';
import type pg from 'pg';
import { blockOf } from '../coverage-blocks.ts';

/** A row of `coverage_hour` in SQL names. */
type BlockRow = {
  readonly hour: string;
  readonly block: number;
  readonly feed_id: number;
  readonly cells: number[];
  readonly lons_e7: number[];
  readonly lats_e7: number[];
  readonly ais_classes: number[];
  readonly receiver_kinds: number[];
  readonly vessels: number[];
  readonly messages: number[];
};

/** Writes how much was heard in some hours; what was said before of a block in one of them is replaced. */
export async function writeCoverage(client: pg.ClientBase, hours: readonly HourCoverage[]): Promise<void> {
  for (const hour of hours) {
    const rows = blockRows(hour);
    if (rows.length === 0) continue;
    await client.query(
      `insert into coverage_hour select * from json_populate_recordset(null::coverage_hour, $1::json)
       on conflict (hour, block, feed_id) do update set ${REPLACED}`,
      [JSON.stringify(rows)],
    );
  }
}

const REPLACED = ['cells', 'lons_e7', 'lats_e7', 'ais_classes', 'receiver_kinds', 'vessels', 'messages']
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

function blockRows({ hour, cells }: HourCoverage): readonly BlockRow[] {
  const rows = new Map<number, BlockRow>();
  const at = new Date(hour * HOUR_MS).toISOString();
  for (const heard of cells) {
    const { lon, lat } = cellCentre(heard.cell);
    const block = blockOf(lon, lat);
    const key = block * FEEDS + heard.feed;
    let row = rows.get(key);
    if (row === undefined) rows.set(key, (row = emptyRow(at, block, heard.feed)));
    row.cells.push(heard.cell);
    row.lons_e7.push(e7OfDegrees(lon));
    row.lats_e7.push(e7OfDegrees(lat));
    row.ais_classes.push(heard.aisClass);
    row.receiver_kinds.push(heard.receiverKind);
    row.vessels.push(heard.vessels);
    row.messages.push(heard.messages);
  }
  return [...rows.values()];
}

/** Above the number of any feed. */
const FEEDS = 2 ** 16;

function emptyRow(hour: string, block: number, feed: number): BlockRow {
  const lists = { cells: [], lons_e7: [], lats_e7: [], ais_classes: [], receiver_kinds: [] };
  return { hour, block, feed_id: feed, ...lists, vessels: [], messages: [] };
}

/** Removes what is said of the hours that end after an instant (ms; -Infinity: of all), which is about to be said anew. */
export async function dropCoverageFrom(client: pg.ClientBase, after: number): Promise<void> {
  const from =
    after === -Infinity ? '-infinity' : new Date(Math.floor(after / HOUR_MS) * HOUR_MS).toISOString();
  await client.query('delete from coverage_hour where hour >= $1::timestamptz', [from]);
}
