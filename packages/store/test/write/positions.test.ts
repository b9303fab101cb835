import { testDatabase, type TestDatabase } from '@offing/testkit';
import { makeColumns, MISSING_16, MISSING_8, NO_STATIC, type RecordColumns } from '@offing/track';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { storedPositions } from '../../src/read/positions.ts';
import { copyPositions, stagePositions } from '../../src/write/positions.ts';

type Row = {
  readonly mmsi: number;
  readonly at: number;
  readonly lonE7: number;
  readonly latE7: number;
  readonly sogDkn: number | null;
  readonly cogDdeg: number | null;
  readonly headingDeg: number | null;
  readonly navStatus: number | null;
  readonly utcSecond: number | null;
  readonly messageType: number;
  readonly aisClass: number;
  readonly receiverKind: number;
  readonly feed: number;
  readonly hull: number;
  readonly receivedAt: number | null;
};

const smallOrNull = fc.option(fc.integer({ min: -32_767, max: 32_767 }));
const tinyOrNull = fc.option(fc.integer({ min: -127, max: 127 }));
const tiny = fc.integer({ min: 0, max: 255 });
/** From 1 BC to the year 9999: what ISO text of four digits covers, many before 2000 and before 1970. */
const instant = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
/** Values of every column that a record can have. */
const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  /** The 30 bits of a message. */
  mmsi: fc.integer({ min: 0, max: 2 ** 30 - 1 }),
  at: instant,
  lonE7: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }),
  latE7: fc.integer({ min: -900_000_000, max: 900_000_000 }),
  sogDkn: smallOrNull,
  cogDdeg: smallOrNull,
  headingDeg: smallOrNull,
  navStatus: tinyOrNull,
  utcSecond: tinyOrNull,
  messageType: tiny,
  aisClass: tiny,
  receiverKind: tiny,
  feed: fc.integer({ min: 0, max: 32_767 }),
  hull: fc.integer({ min: 0, max: 32_767 }),
  receivedAt: fc.option(instant),
});

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`set timezone = 'UTC'`);
});

beforeEach(() => client.query('truncate position'));

afterAll(async () => {
  await client.end();
  await database.close();
});

describe('copyPositions', () => {
  it('writes what SQL reads back, whatever the values', async () => {
    const rowsArbitrary = fc.uniqueArray(rowArbitrary, { selector: keyOf, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, async (rows) => {
        await client.query('truncate position');
        await copyPositions(client, columnsOf(rows), kept(rows));
        expect(await readBack()).toEqual([...rows].sort(byKey));
      }),
      { numRuns: 60 },
    );
  });

  it('writes nothing but the rows to keep', async () => {
    const rows = [rowAt(1), rowAt(2), rowAt(3)];
    await copyPositions(client, columnsOf(rows), { ...kept(rows), keep: Uint8Array.of(1, 0, 1) });
    expect((await readBack()).map((row) => row.at)).toEqual([1, 3]);
    await copyPositions(client, columnsOf(rows), { ...kept(rows), keep: Uint8Array.of(0, 0, 0) });
    expect(await readBack()).toHaveLength(2);
  });

  it('refuses a key that is there with 23505 and writes none of the batch', async () => {
    await copyPositions(client, columnsOf([rowAt(2)]), kept([rowAt(2)]));
    const rows = [rowAt(1), rowAt(2), rowAt(3)];
    await expect(copyPositions(client, columnsOf(rows), kept(rows))).rejects.toMatchObject({ code: '23505' });
    expect((await readBack()).map((row) => row.at)).toEqual([2]);
    await copyPositions(client, columnsOf([rowAt(4)]), kept([rowAt(4)]));
    expect(await readBack()).toHaveLength(2);
  });

  it('writes batches larger than what the connection takes at once', async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => rowAt(at));
    await copyPositions(client, columnsOf(rows), kept(rows));
    const { rows: counted } = await client.query<{ n: number }>('select count(*)::int as n from position');
    expect(counted[0].n).toBe(60_000);
  });
});

describe('stagePositions', () => {
  it('leaves rows that are there as they are, and says how many are new and when the first is', async () => {
    const there = { ...rowAt(2), sogDkn: 77 };
    await copyPositions(client, columnsOf([there]), kept([there]));
    const rows = [rowAt(2), rowAt(5), rowAt(3)];
    await client.query('begin');
    expect(await stagePositions(client, columnsOf(rows), kept(rows))).toEqual({ rows: 2, firstAt: 3 });
    await client.query('commit');
    expect((await readBack()).map((row) => [row.at, row.sogDkn])).toEqual([
      [2, 77],
      [3, 100],
      [5, 100],
    ]);
    expect(await stagePositions(client, columnsOf(rows), kept(rows))).toEqual({ rows: 0, firstAt: null });
  });

  it('keeps the first of equal keys in a batch', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({ ...rowAt(7), sogDkn: i }));
    await client.query('begin');
    await stagePositions(client, columnsOf(rows), kept(rows));
    await client.query('commit');
    expect((await readBack()).map((row) => row.sogDkn)).toEqual([0]);
  });

  it('starts from nothing after a transaction that was taken back', async () => {
    await client.query('begin');
    await stagePositions(client, columnsOf([rowAt(1)]), kept([rowAt(1)]));
    await client.query('rollback');
    await client.query('begin');
    expect(await stagePositions(client, columnsOf([rowAt(2)]), kept([rowAt(2)]))).toEqual({
      rows: 1,
      firstAt: 2,
    });
    await client.query('commit');
    expect((await readBack()).map((row) => row.at)).toEqual([2]);
  });
});

describe('storedPositions', () => {
  it('yields what was written in the order of the stream, never cut inside an instant', async () => {
    const random = fc.sample(rowArbitrary, { numRuns: 3000, seed: 5 });
    const some = random.map((row, i) => ({ ...row, mmsi: i % 50, at: Math.floor(i / 70) * 1000 }));
    const many = Array.from({ length: 9000 }, (_, i) => ({ ...rowAt(50_000), mmsi: 1000 + i }));
    const rows = [...new Map([...some, ...many].map((row) => [keyOf(row), row])).values()];
    await copyPositions(client, columnsOf(rows), kept(rows));
    const found: { at: number; mmsi: number; hull: number }[] = [];
    let batches = 0;
    for await (const { records, hull } of storedPositions(client, 3000, 500)) {
      batches++;
      expect(records.at[0]).not.toBe(found[found.length - 1]?.at);
      for (let row = 0; row < records.length; row++)
        found.push({ at: records.at[row], mmsi: records.mmsi[row], hull: hull[row] });
    }
    const expected = rows
      .filter((row) => row.at > 3000)
      .sort((a, b) => a.at - b.at || a.mmsi - b.mmsi || a.lonE7 - b.lonE7 || a.latE7 - b.latE7);
    expect(batches).toBeGreaterThan(2);
    expect(found).toEqual(expected.map(({ at, mmsi, hull }) => ({ at, mmsi, hull })));
  });

  it('yields nothing of an empty table', async () => {
    for await (const batch of storedPositions(client, -Infinity, 10)) expect(batch).toBe(undefined);
  });
});

function rowAt(at: number): Row {
  const nothing = { navStatus: null, utcSecond: null, receivedAt: null, cogDdeg: null, headingDeg: null };
  const some = { messageType: 1, aisClass: 1, receiverKind: 1, feed: 1, hull: 0 };
  return {
    mmsi: 412_000_001,
    at,
    lonE7: 1_200_000_000,
    latE7: 380_000_000,
    sogDkn: 100,
    ...nothing,
    ...some,
  };
}

function keyOf({ mmsi, at, lonE7, latE7 }: Row): string {
  return `${mmsi} ${at} ${lonE7} ${latE7}`;
}

function byKey(a: Row, b: Row): number {
  return a.mmsi - b.mmsi || a.at - b.at || a.lonE7 - b.lonE7 || a.latE7 - b.latE7;
}

function kept(rows: readonly Row[]): { keep: Uint8Array; hull: Int16Array } {
  return { keep: new Uint8Array(rows.length).fill(1), hull: Int16Array.from(rows, (row) => row.hull) };
}

function columnsOf(rows: readonly Row[]): RecordColumns {
  const columns = makeColumns(rows.length);
  for (const [i, row] of rows.entries()) {
    columns.mmsi[i] = row.mmsi;
    columns.at[i] = row.at;
    columns.receivedAt[i] = row.receivedAt ?? NaN;
    columns.lonE7[i] = row.lonE7;
    columns.latE7[i] = row.latE7;
    columns.sogDkn[i] = row.sogDkn ?? MISSING_16;
    columns.cogDdeg[i] = row.cogDdeg ?? MISSING_16;
    columns.headingDeg[i] = row.headingDeg ?? MISSING_16;
    columns.navStatus[i] = row.navStatus ?? MISSING_8;
    columns.utcSecond[i] = row.utcSecond ?? MISSING_8;
    columns.messageType[i] = row.messageType;
    columns.aisClass[i] = row.aisClass;
    columns.receiverKind[i] = row.receiverKind;
    columns.feed[i] = row.feed;
    columns.staticId[i] = NO_STATIC;
  }
  columns.length = rows.length;
  return columns;
}

/** The table as plain SQL says it, independent of the binary reader. */
async function readBack(): Promise<readonly Row[]> {
  const { rows } = await client.query<Record<string, string | null>>(
    `select mmsi::text, (extract(epoch from at) * 1000)::bigint::text as at, lon_e7::text as "lonE7",
       lat_e7::text as "latE7", sog_dkn::text as "sogDkn", cog_ddeg::text as "cogDdeg",
       heading_deg::text as "headingDeg", nav_status::text as "navStatus", utc_second::text as "utcSecond",
       message_type::text as "messageType", ais_class::text as "aisClass", receiver_kind::text as "receiverKind",
       feed_id::text as feed, hull::text, (extract(epoch from received_at) * 1000)::bigint::text as "receivedAt"
     from position order by position.mmsi, position.at, position.lon_e7, position.lat_e7`,
  );
  return rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value === null ? null : Number(value)]),
      ) as Row,
  );
}
