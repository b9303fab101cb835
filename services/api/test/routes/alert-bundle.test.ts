import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadGazetteer } from '@offing/gazetteer';
import { readPng } from '@offing/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

const AT = '2016-11-05T15:40:00Z';
const KEY = { mmsi: 445000001, at: AT, lon_e7: 1_202_800_000, lat_e7: 377_200_000 };
const LINE = Buffer.from(
  '\\s:2190047,c:1478360400*0F\\!AIVDM,1,1,,A,16`b?PhP00`d?P`C8E000?v00000,0*00\xff',
  'latin1',
);
const SHA256 = createHash('sha256').update(LINE).digest('hex');

/** Whether the programs that read and check a bundle are here; without them these tests are left out. */
const has = (program: string, flag: string) => {
  try {
    execFileSync(program, [flag], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const canCheck = has('python3', '--version') && has('sha256sum', '--version');

let api: TestApi;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offing-bundle-'));
  api = await startApi({ gazetteer: loadGazetteer(), publicUrl: 'https://offing.example' });
  const { rows } = api;
  await rows.feed(1, 'coast', { terms: 'NLOD 2.0' });
  await rows.vessel('v1', 445000001);
  await rows.event('e_1', { sentence: '=It was not heard.' });
  await rows.event('e_1', { known_since: '2016-11-09T00:00:00Z', sentence: 'It was heard again.' });
  for (const at of [AT, '2016-11-08T00:00:00Z']) {
    await rows.position(KEY.mmsi, at, { sog_dkn: 96 });
    await rows.insert('event_position', { event_id: 'e_1', ...KEY, at });
  }
  await rows.insert('raw_record', { sha256: Buffer.from(SHA256, 'hex'), raw: LINE });
  await rows.insert('raw_copy', {
    ...KEY,
    sha256: Buffer.from(SHA256, 'hex'),
    feed_id: 1,
    heard_at: AT,
    received_at: null,
    station: '=2190047',
    recording: 'bohai.nmea.gz',
  });
  await rows.event('e_2', { vessel_id: [], evidence: {} });
}, 120_000);

afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Unpacks a bundle with a program that is not ours, into a folder of its own. */
function unpacked(name: string, bytes: Buffer): string {
  const archive = join(folder, `${name}.zip`);
  writeFileSync(archive, bytes);
  execFileSync('python3', ['-m', 'zipfile', '-e', archive, join(folder, name)]);
  const [inner] = readdirSync(join(folder, name));
  return join(folder, name, inner);
}

const textOf = (path: string, name: string) => readFileSync(join(path, name), 'utf8');

describe.skipIf(!canCheck)(
  `the evidence of an alert${canCheck ? '' : ' (left out: no python3 or sha256sum)'}`,
  () => {
    it('is a ZIP whose sums verify', async () => {
      const answer = await api.get('/v1/alerts/a_1/bundle.zip');
      expect(answer.headers['content-type']).toBe('application/zip');
      expect(answer.headers['content-disposition']).toBe('attachment; filename="offing-alert-a_1-2.zip"');
      const path = unpacked('whole', answer.rawPayload);
      expect(path.endsWith('offing-alert-a_1-2')).toBe(true);
      const said = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: path }).toString();
      const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.includes('.'),
      );
      // Every file but the sums themselves.
      expect(
        said
          .trim()
          .split('\n')
          .map((line) => line.replace(/: OK$/, ''))
          .sort(),
      ).toEqual(files.sort());
      const manifest = JSON.parse(textOf(path, 'manifest.json')) as {
        files: { path: string; sha256: string }[];
      };
      for (const entry of manifest.files) {
        const bytes = readFileSync(join(path, entry.path));
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry.sha256);
      }
    });

    it('does not verify once a file was touched', async () => {
      const path = unpacked('touched', (await api.get('/v1/alerts/a_1/bundle.zip')).rawPayload);
      writeFileSync(join(path, 'sentence.txt'), 'Something else.\n');
      expect(() =>
        execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: path, stdio: 'ignore' }),
      ).toThrow();
    });

    it('holds the raw record byte for byte, the positions with who heard them, and guards formulas', async () => {
      const path = unpacked('raw', (await api.get('/v1/alerts/a_1/bundle.zip')).rawPayload);
      expect(readFileSync(join(path, 'raw', `${SHA256}.txt`)).equals(LINE)).toBe(true);
      const [header, first, second, ...more] = textOf(path, 'positions.csv').trimEnd().split('\r\n');
      expect(header.split(',').slice(0, 5)).toEqual(['mmsi', 'at', 'lon', 'lat', 'sogKn']);
      expect(first).toBe(
        `445000001,2016-11-05T15:40:00Z,120.28,37.72,9.6,,,,1,false,kept,coast,'=2190047,2016-11-05T15:40:00Z,,bohai.nmea.gz,${SHA256}`,
      );
      expect(second).toContain(',missing,');
      expect(more).toEqual([]);
      expect(textOf(path, 'README.txt')).toContain('- coast: NLOD 2.0');
      const [track, ...points] = textOf(path, 'track.csv').trimEnd().split('\r\n');
      expect(track.endsWith(',feed,late,terms')).toBe(true);
      expect(points.length).toBeGreaterThan(0);
      for (const point of points) expect(point).toMatch(/,coast,[^,]*,coast: NLOD 2\.0$/);
      expect(textOf(path, 'sentence.txt')).toContain(
        'https://offing.example/alerts/a_1?as_of=2016-11-09T00%3A00%3A00Z',
      );
      expect(JSON.parse(textOf(path, 'rule.json'))).toMatchObject({
        id: 'transponder-gap',
        docs: { title: 'Transponder gap' },
      });
      expect(readPng(readFileSync(join(path, 'picture.png'))).width).toBe(1200);
    });

    it('holds what was known at an instant, and no position from later', async () => {
      const path = unpacked('then', (await api.get('/v1/alerts/a_1/bundle.zip?as_of=2016-11-07')).rawPayload);
      expect((JSON.parse(textOf(path, 'alert.json')) as { versions: object[] }).versions).toHaveLength(1);
      expect(textOf(path, 'positions.csv').trimEnd().split('\r\n')).toHaveLength(2);
      expect(textOf(path, 'sentence.txt').startsWith('=It was not heard.')).toBe(true);
    });

    it('is there for an alert without any position, too', async () => {
      const path = unpacked('bare', (await api.get('/v1/alerts/a_2/bundle.zip')).rawPayload);
      execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: path });
      expect(textOf(path, 'positions.csv').trimEnd().split('\r\n')).toHaveLength(1);
    });
  },
);

describe('the bundle of an alert', () => {
  it('has the same bytes each time, wherever the clock stands', async () => {
    const zone = process.env['TZ'];
    const one = (await api.get('/v1/alerts/a_1/bundle.zip')).rawPayload;
    process.env['TZ'] = 'Asia/Pyongyang';
    const other = (await api.get('/v1/alerts/a_1/bundle.zip')).rawPayload;
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(one.equals(other)).toBe(true);
  });

  it('needs the scope export of a key', async () => {
    const answer = await api.send('GET', '/v1/alerts/a_1/bundle.zip', await api.key(['read']));
    expect(answer.statusCode).toBe(403);
    expect((await api.send('GET', '/v1/alerts/a_1/bundle.zip', await api.key(['export']))).statusCode).toBe(
      200,
    );
  });

  it('is not found where there is no alert, or was none then', async () => {
    expect((await api.get('/v1/alerts/a_none/bundle.zip')).statusCode).toBe(404);
    expect((await api.get('/v1/alerts/a_1/bundle.zip?as_of=2016-11-01')).statusCode).toBe(404);
  });

  it('is not sent again while nothing changed', async () => {
    const { headers } = await api.get('/v1/alerts/a_1/bundle.zip');
    const again = await api.get('/v1/alerts/a_1/bundle.zip', { 'if-none-match': String(headers.etag) });
    expect(again.statusCode).toBe(304);
  });
});
