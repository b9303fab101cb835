import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { offing, recording, MAIN, start, workFolder } from './offing.ts';

// Each starts the program several times, a server with the first: on a busy machine that is more than a minute.
vi.setConfig({ testTimeout: 180_000 });

const json = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

describe('offing replay', () => {
  it('reads a recording, tells what was found, and adds nothing the second time', async () => {
    const data = workFolder();
    const file = recording('synthetic/dark-near-dalian.csv.gz');
    const first = await offing('replay', file, '--data', data, '--json');
    expect(first.code).toBe(0);
    expect(json(first.out).at(-1)).toMatchObject({ positions: 8290, duplicates: 0, late: 0, rejected: {} });
    const exported = await offing('export', 'events', '--data', data);
    const second = await offing('replay', file, '--data', data, '--json');
    expect(json(second.out).at(-1)).toMatchObject({ positions: 0, duplicates: 8290, events: {}, alerts: 0 });
    expect((await offing('export', 'events', '--data', data)).out).toBe(exported.out);
    const gap = json(exported.out).find((event) => (event as { type: string }).type === 'transponder-gap');
    expect(gap).toMatchObject({
      mmsi: [445900002],
      state: 'closed',
      verdict: 'silent',
      openedAt: '2016-11-05T15:40:00Z',
      port: { name: 'Dalian', country: 'CN' },
      rule: { id: 'transponder-gap' },
    });
  });

  it('reads the good files beside bad ones, says which were bad, and ends with 1', async () => {
    const folder = workFolder();
    writeFileSync(join(folder, 'empty.csv'), '');
    writeFileSync(join(folder, 'other.csv'), 'a,b\n1,2\n');
    const good = recording('csv/dma-head-2023-02-15.csv');
    const names = ['empty.csv', 'other.csv', 'missing.csv'].map((name) => join(folder, name));
    const ended = await offing('replay', good, ...names, '--data', join(folder, 'data'), '--json');
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/empty\.csv: .*\[empty-file\]/);
    expect(ended.err).toMatch(/other\.csv: .*mmsi.*\[missing-column\]/s);
    expect(ended.err).toMatch(/missing\.csv: .*\[missing-file\]/);
    expect((json(ended.out).at(-1) as { positions: number }).positions).toBeGreaterThan(0);
  });

  it('refuses positions without a time by their code, unless a start is given', async () => {
    const data = workFolder();
    const file = recording('nmea/ais-tools-mixed_types.nmea');
    const without = json((await offing('replay', file, '--data', data, '--json')).out).at(-1);
    expect(without).toMatchObject({ positions: 0 });
    expect((without as { rejected: Record<string, number> }).rejected['no-time']).toBeGreaterThan(0);
    const given = await offing('replay', file, '--data', data, '--json', '--start', '2020-01-01T00:00:00Z');
    expect((json(given.out).at(-1) as { positions: number }).positions).toBeGreaterThan(0);
  });

  it('keeps what was refused, with its file, its line and the reason', async () => {
    const folder = workFolder();
    const file = join(folder, 'bad.csv');
    writeFileSync(
      file,
      'mmsi,timestamp,lat,lon\n413000001,2016-02-30T00:00:00Z,38,120\n413000001,2016-02-01T00:00:00Z,38,120\n',
    );
    const data = join(folder, 'data');
    const ended = await offing('replay', file, '--data', data, '--json');
    expect(ended.code).toBe(0);
    expect(json(ended.out).at(-1)).toMatchObject({ positions: 1, rejected: { 'bad-time': 1 } });
    const config = { feeds: [{ name: 'coast', kind: 'nmea-tcp', host: '127.0.0.1', port: 5631 }] };
    writeFileSync(join(data, 'offing.config.json'), JSON.stringify(config));
    const { out } = await offing('feeds', '--data', data);
    expect(out).toMatch(/refused: 1 bad-time/);
    expect(out).toContain('configured: coast (nmea-tcp), not running\n');
  });
});

describe('offing decode', () => {
  it('prints a message a line and what it refused on standard error', async () => {
    const ended = await offing('decode', recording('nmea/aishub-2019-02-16-epoch-ns-prefix.nmea'));
    const messages = json(ended.out) as { type: number; mmsi: number; at: string }[];
    expect(ended.code).toBe(0);
    expect(messages).toHaveLength(904);
    expect(messages[0]).toMatchObject({ at: '2019-02-16T07:52:46.167Z' });
    expect(messages.every(({ type }) => type >= 1 && type <= 27)).toBe(true);
    const refused = json(ended.err) as { line: number; code: string; raw: string }[];
    expect(refused).toHaveLength(9);
    expect(refused.every(({ line, code, raw }) => line > 0 && code !== '' && raw !== '')).toBe(true);
  });

  it('reads standard input', () => {
    const ended = spawnSync(process.execPath, [MAIN, 'decode', '-'], {
      input: '!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\n',
      encoding: 'utf8',
    });
    expect(json(ended.stdout)).toMatchObject([{ type: 1, mmsi: 265547250, sogKn: 13.9, at: null }]);
  });
});

describe('offing export', () => {
  it('writes an empty answer of an empty database, in every format', async () => {
    const data = workFolder();
    for (const format of ['ndjson', 'csv', 'geojson', 'kml', 'fgb', 'parquet']) {
      const out = join(data, `alerts.${format}`);
      const ended = await offing('export', 'alerts', '--format', format, '--out', out, '--data', data);
      expect(ended).toMatchObject({ code: 0, err: '' });
      expect(existsSync(out)).toBe(true);
      if (format === 'geojson')
        expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({ type: 'FeatureCollection', features: [] });
    }
  });
});

describe('a reader that goes early', () => {
  /** Runs `offing` with an output that is closed after its first bytes, as `head` does. */
  async function untilFirstBytes(...args: string[]): Promise<{ code: number | null; err: string }> {
    const { child, ended } = start(args);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, err } = await ended;
    return { code, err };
  }

  it('ends an export quietly', async () => {
    const data = workFolder();
    const file = recording('synthetic/dark-near-dalian.csv.gz');
    expect((await offing('replay', file, '--data', data, '--json')).code).toBe(0);
    expect(await untilFirstBytes('export', 'positions', '--data', data)).toEqual({ code: 0, err: '' });
  }, 180_000);

  it('ends decoding quietly', async () => {
    const file = join(workFolder(), 'long.nmea');
    const line = readFileSync(recording('nmea/ais-tools-mixed_types.nmea'), 'utf8').split('\n')[0];
    writeFileSync(file, `${line}\n`.repeat(50_000));
    expect(await untilFirstBytes('decode', file)).toEqual({ code: 0, err: '' });
  });
});

describe('wrong words', () => {
  it.each([
    [['nonsense'], /unknown command/],
    [['replay'], /missing required argument/],
    [['replay', 'x', '--format', 'pdf'], /Allowed choices are/],
    [['replay', 'x', '--start', 'yesterday'], /--start: "yesterday" is no time; expected ISO 8601/],
    [['replay', 'x', '--map', 'mmsi'], /--map: "mmsi" is no mapping; expected field=column/],
    [['export', 'alerts', '--bom'], /--bom: only CSV has a byte order mark, not ndjson/],
    [['export', 'alerts', '--mmsi', '12a'], /--mmsi: "12a" .* expected a whole number/],
    [['designations', 'check', '--imo', '9163167'], /check digit/],
    [['serve', '--port', '70000'], /--port: "70000" .* expected a whole number from 0 to 65535/],
  ])('%j end with 2 and say what was expected', async (words, said) => {
    const ended = await offing(...words);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(said);
  });

  it.each([
    '',
    'serve',
    'replay',
    'decode',
    'export',
    'designations',
    'rules',
    'feeds',
    'doctor',
    'selftest',
  ])('are not needed: offing %s --help explains', async (command) => {
    const ended = await offing(...(command === '' ? [] : [command]), '--help');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/^Usage: offing/);
  });
});

describe('offing designations check', () => {
  it('answers by list and by day, with sources', async () => {
    const on = async (day: string) =>
      JSON.parse((await offing('designations', 'check', '--imo', '9163166', '--on', day, '--json')).out) as {
        inForce: { list: string; source: string }[];
      };
    const before = (await on('2016-03-20')).inForce;
    const after = (await on('2016-03-25')).inForce;
    expect(before.map(({ list }) => list)).toContain('UN-1718');
    expect(after.map(({ list }) => list)).not.toContain('UN-1718');
    expect(after.map(({ list }) => list)).toContain('OFAC-SDN');
    expect([...before, ...after].every(({ source }) => source.length > 0)).toBe(true);
  });
});

describe('offing doctor', () => {
  it('finds all well on a new data folder', async () => {
    const ended = await offing('doctor', '--data', join(workFolder(), 'new'));
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/ok .*database .*PostgreSQL 18/);
  });

  it('says what is wrong with a database that refuses, and repeats no secret', async () => {
    const url = 'postgresql://someone:geheim@127.0.0.1:1/nothing';
    const { start } = await import('./offing.ts');
    const ended = await start(['doctor', '--data', workFolder()], { DATABASE_URL: url }).ended;
    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(/FAULT .*database .*127\.0\.0\.1:1\/nothing.*\[database-refused\]/);
    expect(ended.out + ended.err).not.toContain('geheim');
  });
});

describe('offing selftest', () => {
  it('finds all labelled events of the rules that there are, and raises nothing else', async () => {
    const ended = await offing('selftest', '--json', '--data', workFolder());
    const scores = JSON.parse(ended.out) as {
      recall: number | null;
      falseAlarms: number;
      faults: string[];
    }[];
    expect(scores.flatMap(({ faults }) => faults)).toEqual([]);
    expect(ended.code).toBe(0);
    expect(scores.filter(({ recall }) => recall === 1).length).toBe(18);
  }, 300_000);
});
