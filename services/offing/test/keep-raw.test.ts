import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RecordingSource } from '@offing/ingest';
import { eventPositions, openReader, rawRecord, type EventPositionRecord } from '@offing/store';
import { track, type TrackRow } from '@offing/testkit';
import { isoOf } from '@offing/units';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replayScene, type ReplayScene } from './replay-scene.ts';

const MMSI = 413_900_100;
let scene: ReplayScene;

beforeEach(async () => {
  scene = await replayScene();
});

afterEach(() => scene.close());

/** A ship in the open sea that is silent for nine hours. */
function rows(): readonly TrackRow[] {
  return track({ mmsi: MMSI, at: '2016-11-05T00:00:00Z', lon: 125, lat: 33, everyMin: 10 })
    .sail(3, 10, 0)
    .silent(9)
    .sail(3, 10, 0).rows;
}

/** The rows as a station wrote them down. */
function lines(from: readonly TrackRow[], station: string): readonly string[] {
  return from.map(
    ({ mmsi, at, lon, lat, sogKn }) => `${mmsi},${isoOf(at)},${lat},${lon},${sogKn ?? ''},${station}`,
  );
}

function write(name: string, text: readonly string[]): string {
  const path = join(scene.folder, name);
  const bytes = Buffer.from(`mmsi,timestamp,lat,lon,sog,receiver\r\n${text.join('\r\n')}\r\n`);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  return path;
}

async function replay(...sources: readonly RecordingSource[]): Promise<void> {
  expect((await scene.replay(sources)).faults).toEqual([]);
}

function source(feed: string, ...paths: readonly string[]): RecordingSource {
  return { feed, paths, synthetic: true };
}

/** The positions that the only gap rests on. */
async function gapPositions(): Promise<readonly EventPositionRecord[]> {
  const { rows: found } = await scene.client.query<{ event_id: string }>(
    `select event_id from event where type = 'transponder-gap'`,
  );
  expect(found).toHaveLength(1);
  const reader = openReader({ databaseUrl: scene.database.url });
  try {
    return await eventPositions(reader, found[0].event_id);
  } finally {
    await reader.close();
  }
}

async function textOf(sha256: string): Promise<string> {
  const reader = openReader({ databaseUrl: scene.database.url });
  try {
    const raw = await rawRecord(reader, sha256);
    if (raw === null) throw new Error('the raw record is not there');
    expect(createHash('sha256').update(raw).digest('hex')).toBe(sha256);
    return raw.toString();
  } finally {
    await reader.close();
  }
}

describe('what an event rests on', () => {
  it('is kept as it was received, from whatever feed and station heard it', async () => {
    const all = rows();
    const [one, two] = [lines(all, 'Jeju roof'), lines(all, 'Ieodo')];
    await replay(source('one', write('one.csv.gz', one)), source('two', write('two.csv', two)));
    const positions = await gapPositions();
    const last = all.findIndex(({ at }, i) => (all[i + 1]?.at ?? at) - at > 8 * 3_600_000);
    expect(positions.map(({ at }) => at)).toEqual(expect.arrayContaining([all[last].at, all[last + 1].at]));
    for (const { at, copies, looked } of positions) {
      const row = all.findIndex((candidate) => candidate.at === at);
      expect(looked).toBe(true);
      expect(copies.map(({ feed, station, recording }) => [feed, station, recording])).toEqual([
        ['one', 'Jeju roof', 'one.csv.gz'],
        ['two', 'Ieodo', 'two.csv'],
      ]);
      expect(await Promise.all(copies.map(({ sha256 }) => textOf(sha256)))).toEqual([one[row], two[row]]);
    }
  });

  it('gains the copy of a feed that is read later, and nothing when it is read again', async () => {
    const all = rows();
    await replay(source('one', write('one.csv', lines(all, 'Jeju roof'))));
    const two = source('two', write('two.csv', lines(all, 'Ieodo')));
    await replay(two);
    await replay(two);
    const positions = await gapPositions();
    expect(positions.length).toBeGreaterThan(1);
    for (const { copies, feed } of positions) {
      expect(feed).toBe('one');
      expect(copies.map((copy) => copy.feed)).toEqual(['one', 'two']);
    }
  });

  it('is looked for in the recordings of earlier sessions', async () => {
    const all = rows();
    const silentFrom = all.findIndex(({ at }, i) => (all[i + 1]?.at ?? at) - at > 8 * 3_600_000) + 1;
    await replay(source('one', write('before.csv', lines(all.slice(0, silentFrom), 'a'))));
    await replay(source('one', write('after.csv', lines(all.slice(silentFrom), 'b'))));
    const stations = (await gapPositions()).flatMap(({ copies }) => copies.map(({ station }) => station));
    expect(new Set(stations)).toEqual(new Set(['a', 'b']));
  });

  it('is said to be missing when its recording is gone, and found when that is read again from elsewhere', async () => {
    const all = rows();
    const silentFrom = all.findIndex(({ at }, i) => (all[i + 1]?.at ?? at) - at > 8 * 3_600_000) + 1;
    const before = write('before.csv', lines(all.slice(0, silentFrom), 'a'));
    await replay(source('one', before));
    const moved = `${before}.moved`;
    renameSync(before, moved);
    await replay(source('one', write('after.csv', lines(all.slice(silentFrom), 'b'))));
    const lost = (await gapPositions()).filter(({ at }) => at < all[silentFrom].at);
    expect(lost.length).toBeGreaterThan(0);
    for (const { copies, looked } of lost) expect([copies, looked]).toEqual([[], true]);
    await replay(source('one', moved));
    for (const { copies } of await gapPositions()) expect(copies).toHaveLength(1);
    expect((await gapPositions())[0].copies[0].recording).toBe(basename(moved));
  });

  it('is not taken from a recording that was changed since', async () => {
    const all = rows();
    const silentFrom = all.findIndex(({ at }, i) => (all[i + 1]?.at ?? at) - at > 8 * 3_600_000) + 1;
    const before = write('before.csv', lines(all.slice(0, silentFrom), 'a'));
    await replay(source('one', before));
    writeFileSync(before, 'mmsi,timestamp,lat,lon,sog,receiver\n413900100,2016-11-05T03:00:00Z,1,1,1,x\n"');
    await replay(source('one', write('after.csv', lines(all.slice(silentFrom), 'b'))));
    const [first] = await gapPositions();
    expect([first.copies, first.looked]).toEqual([[], true]);
  });

  it('marks positions that came late', async () => {
    const all = rows();
    const gap = all.findIndex(({ at }, i) => (all[i + 1]?.at ?? at) - at > 8 * 3_600_000);
    const on = all.filter((_, i) => i !== gap);
    await replay(source('one', write('on-time.csv', lines(on, 'a'))));
    await replay(source('one', write('late.csv', lines([all[gap]], 'a'))));
    const positions = await gapPositions();
    expect(positions.find(({ at }) => at === all[gap].at)?.late).toBe(true);
    expect(positions.find(({ at }) => at === all[gap + 1].at)?.late).toBe(false);
  });
});
