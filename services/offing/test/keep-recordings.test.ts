import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openReader, rawRecord } from '@offing/store';
import { SCENARIOS, scenarioCsv } from '@offing/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepRecordings } from '../src/keep-recordings.ts';
import { buildZip } from '../../ingest/test/archives/build-zip.ts';
import { replayScene, type ReplayScene } from './replay-scene.ts';

/** Scenarios whose later part tells of positions in the earlier one, and where they are cut. */
const SPLIT = [
  { file: 'there-and-back-nakhodka', share: 0.5 },
  { file: 'new-name-at-sea', share: 0.5 },
  { file: 'stranded-off-bayuquan', share: 0.3 },
  { file: 'tankers-east-china-sea', share: 0.5 },
  { file: 'tanker-dark-five-days', share: 0.9 },
  { file: 'dark-off-lianyungang', share: 0.3 },
] as const;

let scene: ReplayScene;
let folder: string;

beforeEach(async () => {
  scene = await replayScene();
  ({ folder } = scene);
});

afterEach(() => scene.close());

function replay(path: string, more: { readonly copiesDir?: string } = { copiesDir: copies() }) {
  return scene.replay([{ feed: 'coast', paths: [path], synthetic: true }], more);
}

function copies(): string {
  return join(folder, 'recordings');
}

type Named = { at: Date; sha256: Buffer | null };

/** The positions before an instant that events rest on, with the hash of what they came in. */
async function namedBefore(at: number): Promise<readonly Named[]> {
  const { rows } = await scene.client.query<Named>(
    `select distinct named.at, sha256 from event_position as named left join raw_copy using (mmsi, at, lon_e7, lat_e7)
     where named.at < $1 order by named.at`,
    [new Date(at).toISOString()],
  );
  return rows;
}

/** A scenario as two recordings: the lines before and after an instant in its middle. */
function halves(
  file: string,
  share: number,
): { readonly first: string; readonly second: string; readonly cut: number } {
  const scenario = SCENARIOS.find((one) => one.file === file);
  if (scenario === undefined) throw new Error(`there is no scenario ${file}`);
  const instants = scenario.lines.map(({ at }) => at).sort((a, b) => a - b);
  const cut = instants[Math.floor(instants.length * share)];
  const part = (of: (at: number) => boolean): string =>
    scenarioCsv({ ...scenario, lines: scenario.lines.filter(({ at }) => of(at)) });
  return { first: part((at) => at < cut), second: part((at) => at >= cut), cut };
}

describe('the recordings of a replay', () => {
  it.each(SPLIT)('show what $file names of the recording before, which is gone', async ({ file, share }) => {
    const { first, second, cut } = halves(file, share);
    const [one, two] = [join(folder, 'one.csv'), join(folder, 'two.csv')];
    writeFileSync(one, first);
    await replay(one);
    const before = (await namedBefore(cut)).length;
    rmSync(one);
    writeFileSync(two, second);
    await replay(two);
    const named = await namedBefore(cut);
    // Else this scenario would show nothing.
    expect(named.length).toBeGreaterThan(before);
    const reader = openReader({ databaseUrl: scene.database.url });
    try {
      for (const { at, sha256 } of named) {
        if (sha256 === null) throw new Error(`${at.toISOString()} has no raw record`);
        const raw = await rawRecord(reader, sha256.toString('hex'));
        expect(first).toContain(raw?.toString());
        expect(
          createHash('sha256')
            .update(raw ?? '')
            .digest('hex'),
        ).toBe(sha256.toString('hex'));
      }
    } finally {
      await reader.close();
    }
  });

  it('show it too when the file was packed, and when another was written in its place', async () => {
    const { first, second, cut } = halves(SPLIT[0].file, SPLIT[0].share);
    const path = join(folder, 'coast.csv.gz');
    writeFileSync(path, gzipSync(first));
    await replay(path);
    writeFileSync(path, gzipSync(second));
    await replay(path);
    const named = await namedBefore(cut);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ sha256 }) => sha256 === null)).toEqual([]);
  });

  it('show it too when it was an entry of an archive', async () => {
    const { first, second, cut } = halves(SPLIT[0].file, SPLIT[0].share);
    const [zip, two] = [join(folder, 'days.zip'), join(folder, 'two.csv')];
    writeFileSync(zip, buildZip([{ name: 'a/one.csv', content: first }]));
    await replay(zip);
    rmSync(zip);
    writeFileSync(two, second);
    await replay(two);
    const named = await namedBefore(cut);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ sha256 }) => sha256 === null)).toEqual([]);
  });

  it('are missing where no copy was wanted', async () => {
    const { first, second, cut } = halves(SPLIT[0].file, SPLIT[0].share);
    const [one, two] = [join(folder, 'one.csv'), join(folder, 'two.csv')];
    writeFileSync(one, first);
    await replay(one, {});
    expect(existsSync(copies())).toBe(false);
    rmSync(one);
    writeFileSync(two, second);
    await replay(two, {});
    expect((await namedBefore(cut)).some(({ sha256 }) => sha256 === null)).toBe(true);
  });

  it('are kept once, whatever they are called and however often they are read', async () => {
    const { first } = halves(SPLIT[0].file, SPLIT[0].share);
    const path = join(folder, 'one.csv');
    writeFileSync(path, first);
    await replay(path);
    await replay(path);
    const [hash, ...others] = readdirSync(copies());
    expect(others).toEqual([]);
    expect(createHash('sha256').update(first).digest('hex').startsWith(hash)).toBe(true);
    expect(readFileSync(join(copies(), hash, 'one.csv'), 'utf8')).toBe(first);
    expect(readdirSync(join(copies(), hash))).toEqual(['one.csv']);
  });
});

describe('keepRecordings', () => {
  it('says which file could not be kept, and leaves nothing half done', async () => {
    const taken = join(folder, 'a file, no folder');
    writeFileSync(taken, '');
    const path = join(folder, 'one.csv');
    writeFileSync(path, 'x');
    await expect(keepRecordings(new Map([[path, 'ab'.repeat(32)]]), taken)).rejects.toMatchObject({
      code: 'recording-not-kept',
      value: path,
    });
  });
});
