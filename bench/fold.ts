// What the folds cost: with the three rules of the first version, with all, and what of it goes to the reception model.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeRegister } from '@offing/designations';
import { loadGazetteer } from '@offing/gazetteer';
import { openRecordings } from '@offing/ingest';
import { Reception, receptionCell, ruleBook, type Rule } from '@offing/rules';
import { Fold } from '@offing/stages';
import type { RecordColumns, StaticDictionary } from '@offing/track';
import { spreadOf } from './measure.ts';
import { writeTraffic } from './traffic.ts';

/** Processor time for each position, microseconds; all threads counted. */
export type FoldBench = { threeRulesUs: number; allRulesUs: number; receptionUs: number };

const VESSELS = 20_000;
const POSITIONS = 600_000;
const ROUNDS = 3;
const SLICE_ROWS = 512;
const SILENCE_MS = 6 * 3_600_000;
const THREE = new Set(['transponder-gap', 'hovering', 'designated-vessel']);

/** Runs the folds over made-up traffic of 20,000 ships in turn, and prints the medians. */
export async function benchFold(): Promise<FoldBench> {
  const folder = await mkdtemp(join(tmpdir(), 'offing-bench-'));
  try {
    const path = join(folder, 'traffic.nmea');
    writeTraffic(path, { vessels: VESSELS, positions: POSITIONS, seed: 2 });
    const recordings = await openRecordings({
      sources: [{ paths: [path], feed: 'bench', synthetic: true, startAt: null }],
      latenessMs: 0,
      latestAt: Infinity,
      tempDir: folder,
    });
    for await (const records of recordings.batches(recordings.rows)) return race(records, recordings.statics);
    throw new Error('the traffic has no rows');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function race(records: RecordColumns, statics: StaticDictionary): FoldBench {
  const gazetteer = loadGazetteer();
  const setting = { gazetteer, register: makeRegister([]), silenceMs: SILENCE_MS };
  const feeds = [{ name: 'bench', synthetic: true }];
  const fold = (rules: readonly Rule[]) => () => {
    const one = new Fold({ ...setting, feeds, rules });
    for (let from = 0; from < records.length;) {
      let to = Math.min(records.length, from + SLICE_ROWS);
      while (to < records.length && records.at[to] === records.at[to - 1]) to++;
      one.process(records, statics, from, to);
      from = to;
    }
  };
  const all = ruleBook();
  const runs = [fold(all.filter(({ id }) => THREE.has(id))), fold(all), () => hear(records)];
  const times: number[][] = runs.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, run] of runs.entries()) {
      const before = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(before);
      times[index].push((user + system) / POSITIONS);
    }
  }
  const [threeRulesUs, allRulesUs, receptionUs] = times.map(
    (of) => Math.round(spreadOf(of).median * 100) / 100,
  );
  console.log(
    `fold  three rules ${threeRulesUs} µs, all rules ${allRulesUs} µs a position; hearing alone ${receptionUs} µs`,
  );
  return { threeRulesUs, allRulesUs, receptionUs };
}

/** Lets the reception model alone hear all positions. */
function hear(records: RecordColumns): void {
  const reception = new Reception(SILENCE_MS + 8 * 3_600_000);
  const { at, mmsi, lonE7, latE7, length } = records;
  for (let row = 0; row < length; row++) {
    const lon = lonE7[row] / 1e7;
    const lat = latE7[row] / 1e7;
    // Static reports have no place.
    if (lon < -180) continue;
    reception.note(at[row], mmsi[row], receptionCell(lon, lat), 0, 1, 1, lon, lat);
    if (row % SLICE_ROWS === 0) reception.takeEnded();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await benchFold()));
