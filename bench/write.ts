import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { copyPositions } from '@offing/store';
import { makeColumns, MISSING_16, NO_STATIC, type RecordColumns } from '@offing/track';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { startBenchServer } from './bench-server.ts';
import { printSpeed } from './measure.ts';
import { randomFrom } from './traffic.ts';

/** What writing positions came to: rows a second on one connection, with the primary key and full durability. */
export type WriteBench = { rowsPerSecond: number; peers: Record<string, number> };

const BATCH_ROWS = 50_000;
const VESSELS = 20_000;
const OUR_BATCHES = 12;
const PEER_ROWS = 30_000;
const START = Date.UTC(2024, 4, 1);

/**
 * Writes batches of positions into the real table in one transaction each: ours by COPY … BINARY; the peers by what an
 * ORM would do (Kysely's insert of many rows) and by unnest; and COPY of text made beforehand, the server's own limit for us.
 */
export async function benchWrite(): Promise<WriteBench> {
  const server = await startBenchServer();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const rowsPerSecond = printSpeed('write   COPY BINARY', 'rows/s', await ours(client));
    const peers = {
      'kysely insert': printSpeed('write   kysely insert', 'rows/s', await kyselyInsert(server.url, client)),
      unnest: printSpeed('write   unnest', 'rows/s', await unnest(client)),
      'copy text made beforehand': printSpeed(
        'write   COPY of text made beforehand',
        'rows/s',
        await copyText(client),
      ),
    };
    for (const [name, speed] of Object.entries(peers))
      console.log(`write  ${(rowsPerSecond / speed).toFixed(1)} times ${name}`);
    return { rowsPerSecond, peers };
  } finally {
    await client.end();
    await server.close();
  }
}

/** Batch number `index`: each of the vessels in turn, ten seconds after its last position. */
function batchOf(index: number, rows: number): RecordColumns {
  const random = randomFrom(index);
  const records = makeColumns(rows);
  for (let row = 0; row < rows; row++) {
    const serial = index * rows + row;
    records.at[row] = START + Math.floor(serial / VESSELS) * 10_000 + (serial % VESSELS) / 2;
    records.receivedAt[row] = NaN;
    records.mmsi[row] = 412_000_000 + (serial % VESSELS);
    records.lonE7[row] = 1_200_000_000 + Math.floor(random() * 1e8);
    records.latE7[row] = 380_000_000 + Math.floor(random() * 1e8);
    records.sogDkn[row] = Math.floor(random() * 200);
    records.cogDdeg[row] = Math.floor(random() * 3600);
    records.headingDeg[row] = MISSING_16;
    records.messageType[row] = 1;
    records.aisClass[row] = 1;
    records.staticId[row] = NO_STATIC;
  }
  records.length = rows;
  return records;
}

/** Empties the table, then times each step. */
async function timed(
  client: pg.Client,
  rows: number,
  steps: readonly (() => Promise<void>)[],
): Promise<number[]> {
  await client.query('truncate position');
  const speeds: number[] = [];
  for (const step of steps) {
    const started = performance.now();
    await step();
    speeds.push((rows / (performance.now() - started)) * 1000);
  }
  // The first one warms up.
  return speeds.slice(1);
}

function inTransaction(client: pg.Client, work: () => Promise<unknown>): () => Promise<void> {
  return async () => {
    await client.query('begin');
    await work();
    await client.query('commit');
  };
}

function ours(client: pg.Client): Promise<number[]> {
  const keep = new Uint8Array(BATCH_ROWS).fill(1);
  const hull = new Int16Array(BATCH_ROWS);
  const batches = Array.from({ length: OUR_BATCHES }, (_, index) => batchOf(index, BATCH_ROWS));
  return timed(
    client,
    BATCH_ROWS,
    batches.map((batch) => inTransaction(client, () => copyPositions(client, batch, { keep, hull }))),
  );
}

function rowsOf(records: RecordColumns) {
  return Array.from({ length: records.length }, (_, row) => ({
    mmsi: records.mmsi[row],
    at: new Date(records.at[row]),
    lon_e7: records.lonE7[row],
    lat_e7: records.latE7[row],
    sog_dkn: records.sogDkn[row],
    cog_ddeg: records.cogDdeg[row],
    message_type: 1,
    ais_class: 1,
    receiver_kind: 0,
    feed_id: 0,
    hull: 0,
  }));
}

async function kyselyInsert(url: string, client: pg.Client): Promise<number[]> {
  const db = new Kysely<Record<'position', ReturnType<typeof rowsOf>[number]>>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  });
  // A statement may bind 65,535 values.
  const ROWS = 5_000;
  const steps = [0, 1, 2, 3].map((index) => {
    const rows = rowsOf(batchOf(index, PEER_ROWS));
    return () =>
      db.transaction().execute(async (transaction) => {
        for (let at = 0; at < rows.length; at += ROWS)
          await transaction
            .insertInto('position')
            .values(rows.slice(at, at + ROWS))
            .execute();
      });
  });
  try {
    return await timed(client, PEER_ROWS, steps);
  } finally {
    await db.destroy();
  }
}

function unnest(client: pg.Client): Promise<number[]> {
  const steps = [0, 1, 2, 3].map((index) => {
    const rows = rowsOf(batchOf(index, PEER_ROWS));
    const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
    return inTransaction(client, () =>
      client.query(
        `insert into position (mmsi, at, lon_e7, lat_e7, sog_dkn, cog_ddeg, message_type, ais_class, receiver_kind, feed_id, hull)
         select *, 1, 1, 0, 0, 0 from unnest($1::int[], $2::timestamptz[], $3::int[], $4::int[], $5::smallint[], $6::smallint[])`,
        [
          column('mmsi'),
          column('at'),
          column('lon_e7'),
          column('lat_e7'),
          column('sog_dkn'),
          column('cog_ddeg'),
        ],
      ),
    );
  });
  return timed(client, PEER_ROWS, steps);
}

function copyText(client: pg.Client): Promise<number[]> {
  const steps = [0, 1, 2, 3].map((index) => {
    const rows = rowsOf(batchOf(index, BATCH_ROWS)).sort(
      (a, b) => a.mmsi - b.mmsi || a.at.getTime() - b.at.getTime(),
    );
    const text = Buffer.from(
      rows.map((row) => `${Object.values({ ...row, at: row.at.toISOString() }).join('\t')}\n`).join(''),
    );
    return inTransaction(client, async () => {
      const stream = client.query(
        copyFrom(
          'copy position (mmsi, at, lon_e7, lat_e7, sog_dkn, cog_ddeg, message_type, ais_class, receiver_kind, feed_id, hull) from stdin',
        ),
      );
      const done = finished(stream);
      for (let at = 0; at < text.length; at += 262_144)
        if (!stream.write(text.subarray(at, at + 262_144))) await Promise.race([once(stream, 'drain'), done]);
      stream.end();
      await done;
    });
  });
  return timed(client, BATCH_ROWS, steps);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await benchWrite()));
