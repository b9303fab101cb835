import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Engine, runSession } from '@offing/engine';
import { columnsOf, testDatabase, track, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkDesignations } from '../src/commands/designations.ts';
import { importDesignations } from '../src/commands/import-designations.ts';
import { loadReferenceOf } from '../src/reference.ts';

/** A made-up ship; the number has a valid check digit. */
const IMO = 9_100_011;
const HEAD = 'list,imo,name,flag,designated_on,delisted_on,program,source,mmsi\n';

let folder: string;
let database: TestDatabase;
let client: pg.Client;
let printed: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-lists-'));
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
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await client.end();
  await database.close();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function rowsOf(list: string, ships: readonly string[]): string {
  return HEAD + ships.map((ship) => `${list},${ship}\n`).join('');
}

async function bring(paths: readonly string[], published: string, acceptShrunk = false): Promise<number> {
  printed = '';
  return importDesignations(paths, { published, acceptShrunk, data: folder });
}

async function check(imo: number, on: string) {
  printed = '';
  await checkDesignations({ imo: String(imo), on, json: true, data: folder });
  const answer = JSON.parse(printed) as {
    readonly inForce: readonly { readonly list: string; readonly source: string }[];
  };
  return answer.inForce;
}

async function count(table: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0].n;
}

/** Three days of a made-up ship in 2020. */
async function sail(id: string): Promise<void> {
  const rows = track({
    mmsi: 445_900_001,
    at: '2020-02-01T00:00:00Z',
    lon: 120,
    lat: 37.5,
    everyMin: 30,
    report: { imoNumber: IMO, shipName: 'MADE UP ONE' },
  }).lie(72).rows;
  const { records, statics } = columnsOf(rows);
  const engine = await Engine.open({ databaseUrl: database.url, ...(await loadReferenceOf(database.url)) });
  try {
    await runSession(engine, {
      id,
      kind: 'replay',
      feeds: [{ name: 'made-up', synthetic: true }],
      statics,
      async *batches() {
        yield records;
      },
    });
  } finally {
    await engine.close();
  }
}

async function alertsOf(ship: number) {
  const { rows } = await client.query<{
    version: number;
    state: string;
    opened_at: Date;
    known_since: Date;
    lists: string;
  }>(
    `select version, state, opened_at, known_since,
       (select string_agg(d ->> 'list', ' ' order by d ->> 'list') from jsonb_array_elements(evidence -> 'designations') d) as lists
     from event_version where type = 'designated-vessel' and $1 = any(imo_number) order by version`,
    [ship],
  );
  return rows.map((row) => [
    row.version,
    row.state,
    row.opened_at.toISOString(),
    row.known_since.toISOString(),
    row.lists,
  ]);
}

describe('designations import', () => {
  it('says what was added, changed, removed; a second time nothing is added', async () => {
    const first = await file(
      'a.csv',
      rowsOf('MINE', ['9100011,MADE UP ONE,KP,2016-03-02,,P,S,', '9100023,MADE UP TWO,KP,,,P,S,']),
    );
    expect(await bring([first], '2019-01-01')).toBe(0);
    expect(printed).toContain('MINE of 2019-01-01: 2 added, 0 changed, 0 removed, 0 as before');
    const before = await client.query('select * from designation order by designation_id');
    expect(await bring([first], '2019-01-01')).toBe(0);
    expect(printed).toContain('this list is in already');
    expect((await client.query('select * from designation order by designation_id')).rows).toEqual(
      before.rows,
    );
    const second = await file(
      'b.csv.gz',
      gzipSync(rowsOf('MINE', ['9100011,MADE UP ONE,KP,2016-03-02,,P,S,445900001'])),
    );
    expect(await bring([second], '2019-02-01')).toBe(0);
    expect(printed).toContain('MINE of 2019-02-01: 0 added, 1 changed, 1 removed, 0 as before');
    expect(await check(9_100_023, '2019-01-01')).toHaveLength(1);
    expect(await check(9_100_023, '2019-01-02')).toEqual([]);
  });

  it('names field, value, expectation and line of what was refused, and takes the rest', async () => {
    const path = await file(
      'a.csv',
      rowsOf('MINE', [
        '9100011,MADE UP ONE,KP,2016-03-02,,P,S,',
        '9100024,,KP,2016-02-30,,P,S,',
        '9100023,MADE UP TWO,,2016-03-02,,P,S,',
      ]),
    );
    expect(await bring([path], '2019-01-01')).toBe(0);
    expect(printed).toContain(
      'line 3: imo "9100024", expected seven digits whose check digit holds (kept without it)',
    );
    expect(printed).toContain('line 3: name "", expected the name of a ship (refused)');
    expect(printed).toContain('line 3: designated_on "2016-02-30", expected a day, YYYY-MM-DD (refused)');
    expect(printed).toContain('2 added');
  });

  it('changes nothing and alarms when a file is empty, cut, shrunken, unknown or not there', async () => {
    const ships = [
      '9100011,A,KP,2016-03-02,,P,S,',
      '9100023,B,KP,2016-03-02,,P,S,',
      '9163166,C,KP,2016-03-02,,P,S,',
    ];
    expect(await bring([await file('a.csv', rowsOf('MINE', ships))], '2019-01-01')).toBe(0);
    const before = await client.query('select * from designation order by designation_id');
    const cases = [
      ['empty.csv', '', 'list-empty'],
      ['cut.csv', rowsOf('MINE', ships).slice(0, -12), 'list-damaged'],
      ['short.csv', rowsOf('MINE', ships.slice(0, 1)), 'list-shrunk'],
      ['headed.csv', HEAD, 'list-damaged'],
      ['odd.csv', 'hello', 'list-unknown'],
      ['bomb.xml', '<!DOCTYPE sdnList [<!ENTITY a "b">]><sdnList>&a;</sdnList>', 'list-damaged'],
      ['broken.csv.gz', gzipSync(rowsOf('MINE', ships)).subarray(0, 60), 'truncated-gzip'],
    ] as const;
    for (const [name, content, code] of cases) {
      expect(await bring([await file(name, content)], '2019-02-01'), name).toBe(1);
      expect(printed, name).toContain(`[${code}]`);
      expect(printed, name).toContain('ALARM');
    }
    expect(await bring([join(folder, 'nowhere.csv'), folder], '2019-02-01')).toBe(1);
    expect((await client.query('select * from designation order by designation_id')).rows).toEqual(
      before.rows,
    );
    expect(await count('list_snapshot')).toBe(1);
    expect(await count('list_refusal')).toBeGreaterThanOrEqual(cases.length);
    expect(await bring([join(folder, 'short.csv')], '2019-02-01', true)).toBe(0);
    expect(printed).toContain('2 removed');
  });

  it('reads a file that is no UTF-8 as Windows-1252 and says so, and UTF-16 by its mark', async () => {
    const text = rowsOf('MINE', ['9100011,SÃO ONE,BR,2016-03-02,,P,S,']);
    expect(await bring([await file('a.csv', Buffer.from(text, 'latin1'))], '2019-01-01')).toBe(0);
    expect(printed).toContain('it was read as Windows-1252');
    const marked = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(text.replaceAll('MINE', 'WIDE'), 'utf16le'),
    ]);
    expect(await bring([await file('b.csv', marked)], '2019-01-01')).toBe(0);
    const { rows } = await client.query('select distinct ship_name from designation');
    expect(rows).toEqual([{ ship_name: 'SÃO ONE' }]);
  });

  it("puts OFAC's parts together in whatever order they are named, and refuses parts alone", async () => {
    const sdn = await file(
      'sdn.csv',
      '1,"MADE UP ONE","vessel","DPRK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Vessel Registration Identification IMO 9100011."\n',
    );
    const alt = await file('alt.csv', '1,2,"fka","MADE UP OLD",-0- \n');
    await expect(bring([alt], '2019-01-01')).rejects.toMatchObject({ code: 'usage-lists' });
    expect(await bring([alt, sdn], '2019-01-01', true)).toBe(0);
    const { rows } = await client.query('select list, other_names from designation');
    expect(rows).toEqual([{ list: 'OFAC-SDN', other_names: ['MADE UP OLD'] }]);
    await expect(bring([sdn], '2999-01-01')).rejects.toMatchObject({ code: 'usage-published' });
  });

  it('raises alerts for the past, dated then and known since the list is', async () => {
    await sail('s1');
    expect(await alertsOf(IMO)).toEqual([]);
    const path = await file('a.csv', rowsOf('MINE', ['9100011,MADE UP ONE,KP,2019-03-02,,P,S,']));
    expect(await bring([path], '2024-05-01')).toBe(0);
    expect(await alertsOf(IMO)).toEqual([
      [1, 'open', '2020-02-01T00:00:00.000Z', '2024-05-01T00:00:00.000Z', 'MINE'],
    ]);
    const other = await file('b.csv', rowsOf('YOURS', ['9100011,MADE UP ONE,KP,2019-03-02,,P,S,']));
    expect(await bring([other], '2024-06-01')).toBe(0);
    expect((await alertsOf(IMO)).at(-1)).toEqual([
      2,
      'open',
      '2020-02-01T00:00:00.000Z',
      '2024-06-01T00:00:00.000Z',
      'MINE YOURS',
    ]);
    const versions = await count('event_version');
    expect(await bring([other], '2024-06-01')).toBe(0);
    expect(await count('event_version')).toBe(versions);
  });

  it('gives the same versions when the lists were in before the ship was read', async () => {
    const path = await file('a.csv', rowsOf('MINE', ['9100011,MADE UP ONE,KP,2019-03-02,,P,S,']));
    expect(await bring([path], '2024-05-01')).toBe(0);
    await sail('s1');
    expect(await alertsOf(IMO)).toEqual([
      [1, 'open', '2020-02-01T00:00:00.000Z', '2024-05-01T00:00:00.000Z', 'MINE'],
    ]);
  });
});

describe('designations check', () => {
  it('answers for each list and day, with the source', async () => {
    const before = await check(9_163_166, '2016-03-20');
    expect(before.map(({ list }) => list)).toEqual(['UN-1718', 'OFAC-SDN']);
    const after = await check(9_163_166, '2016-03-25');
    expect(after.map(({ list }) => list)).toEqual(['OFAC-SDN']);
    for (const entry of [...before, ...after]) expect(entry.source).not.toBe('');
  });

  it('knows what was imported beside the compiled history, each listing once', async () => {
    const path = await file('a.csv', rowsOf('UN-1718', ['9163166,JIN TENG,SL,2016-03-02,2016-03-21,P,S,']));
    expect(await bring([path], '2024-05-01', true)).toBe(0);
    expect((await check(9_163_166, '2016-03-20')).map(({ list }) => list).sort()).toEqual([
      'OFAC-SDN',
      'UN-1718',
    ]);
  });
});
