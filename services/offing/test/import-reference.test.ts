import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine, runSession } from '@offing/engine';
import { columnsOf, testDatabase, track, type TestDatabase } from '@offing/testkit';
import type { RecordColumns } from '@offing/track';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importReference, listReference, removeReference } from '../src/commands/import-reference.ts';
import { loadReferenceOf } from '../src/reference.ts';

let folder: string;
let database: TestDatabase;
let client: pg.Client;
let printed: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-reference-'));
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  vi.stubEnv('DATABASE_URL', database.url);
  printed = '';
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
}, 120_000);

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await client.end();
  await database.close();
  await rm(folder, { recursive: true });
});

async function bring(kind: 'port' | 'zone' | 'embargo', content: string | Buffer): Promise<number> {
  printed = '';
  const path = join(folder, 'given');
  await writeFile(path, content);
  return importReference(kind, path, { data: folder });
}

/** Reads a ship that sails through a square of one degree, and a call at a place of no port. */
async function readShips(): Promise<void> {
  const through = track({
    mmsi: 413_000_801,
    at: '2019-06-01T00:00:00Z',
    lon: 150.2,
    lat: 19.2,
    everyMin: 15,
  }).sail(16, 10, 0);
  const calls = track({ mmsi: 413_000_802, at: '2019-06-01T00:00:00Z', lon: 155, lat: 9.5, everyMin: 10 })
    .sail(3, 10, 0)
    .status(5)
    .lie(10, 0)
    .status(0)
    .sail(6, 10, 180);
  const engine = await Engine.open({ databaseUrl: database.url, ...(await loadReferenceOf(database.url)) });
  try {
    const { records, statics } = columnsOf([...through.rows, ...calls.rows]);
    const feeds = [{ name: 'made up', synthetic: true }];
    await runSession(engine, { id: 's', kind: 'replay', feeds, statics, batches: () => once(records) });
  } finally {
    await engine.close();
  }
}

async function* once(records: RecordColumns) {
  yield await Promise.resolve(records);
}

async function events(type: string) {
  const { rows } = await client.query<{ state: string; mmsi: number[]; port_id: string | null }>(
    'select state, mmsi, port_id from event where type = $1 order by opened_at',
    [type],
  );
  return rows;
}

const ZONE = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { name: 'My square' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [150, 20],
            [151, 20],
            [151, 21],
            [150, 21],
            [150, 20],
          ],
        ],
      },
    },
  ],
});

describe('zones import', () => {
  it('tells of ships that were in the zone before it was given; remove takes that back', async () => {
    await readShips();
    expect(await events('zone-entry')).toEqual([]);
    expect(await bring('zone', ZONE)).toBe(0);
    expect(printed).toMatch(/1 added, 0 changed, 0 as before\n2 changes of events/);
    expect(await events('zone-entry')).toMatchObject([{ state: 'closed', mmsi: [413_000_801] }]);
    expect(await bring('zone', ZONE)).toBe(0);
    expect(printed).toMatch(/0 added, 0 changed, 1 as before\n$/);
    expect(await removeReference('zone', 'My square', { data: folder })).toBe(0);
    expect(await events('zone-entry')).toMatchObject([{ state: 'retracted' }]);
    expect(await removeReference('zone', 'My square', { data: folder })).toBe(1);
  });

  it('changes nothing for a file with a fault, and says where it is', async () => {
    const open = ZONE.replace('[150,20]]]', '[150,20.5]]]');
    const [one, two] = [ZONE, open].map((text) => text.slice(text.indexOf('[') + 1, -2));
    expect(await bring('zone', `{"type":"FeatureCollection","features":[${one},${two}]}`)).toBe(1);
    expect(printed).toMatch(/nothing was changed.*\n.*feature 2: a ring that is not closed/);
    expect(await bring('zone', 'name,country\n')).toBe(1);
    expect(printed).toContain('GeoJSON was expected');
    await expect(bring('zone', Buffer.from([0xff, 0xfe, 0x00]))).rejects.toThrow(/no text in UTF-8/);
    await expect(importReference('zone', join(folder, 'none'), { data: folder })).rejects.toThrow(/ENOENT/);
    expect((await client.query('select from user_reference')).rowCount).toBe(0);
  });
});

describe('ports import', () => {
  const PORT = 'name,country,lat,lon\nMy Harbour,FM,10.02,155\n';

  it('tells of calls that ships made there, and lists the port', async () => {
    await readShips();
    expect(await events('port-visit')).toEqual([]);
    expect(await bring('port', PORT)).toBe(0);
    expect(await events('port-visit')).toMatchObject([{ state: 'closed', port_id: 'user-fm-my-harbour' }]);
    printed = '';
    await listReference('port', { data: folder, json: false });
    expect(printed).toBe('user-fm-my-harbour  My Harbour, FM, 10.02 155, watched\n');
    printed = '';
    await listReference('zone', { data: folder, json: false });
    expect(printed).toContain('offing zones import FILE');
  });

  it('replaces what it has under an id', async () => {
    await bring('port', PORT);
    expect(await bring('port', PORT.replace('155', '155.5'))).toBe(0);
    expect(printed).toContain('0 added, 1 changed');
    const { gazetteer } = await loadReferenceOf(database.url);
    expect(gazetteer.port('user-fm-my-harbour')?.lon).toBe(155.5);
  });
});

describe('embargoes import', () => {
  const HEAD = 'port,country,barred,from,until,announced_by,reported_by,denied_by,denied_on,note\n';

  it('takes in announcements on bundled ports and on those of the user, and leaves out what is bundled', async () => {
    await bring('port', 'name,country,lat,lon\nMy Harbour,CN,38,121\n');
    const rows = [
      'My Harbour,CN,all DPRK-flagged vessels,2018-01-01,,me,me,,,',
      'Longkou,CN,all DPRK-flagged vessels,2018-01-02,,me,me,,,',
      'Rizhao,CN,all DPRK-flagged vessels,2016-03-21,,local port authority,Asahi Shimbun,,,',
    ];
    expect(await bring('embargo', `${HEAD}${rows.join('\n')}\n`)).toBe(0);
    expect(printed).toMatch(/bundled already as cn-rizhao-2016\n.*2 added/);
    const { gazetteer } = await loadReferenceOf(database.url);
    const own = gazetteer.announcements.filter(({ id }) => id.startsWith('user-'));
    expect(own.map(({ portId }) => portId).sort()).toEqual(['WPI-60170', 'user-cn-my-harbour']);
  });

  it('refuses a port that nobody knows, and says how to add it', async () => {
    expect(await bring('embargo', `${HEAD}Atlantis,CN,cargo,2018-01-01\n`)).toBe(1);
    expect(printed).toMatch(/line 2: port "Atlantis", expected a port of CN .*ports import/);
  });
});
