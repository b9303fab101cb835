// Measures what the place stage adds to the fold: slow ships all over the world, and many in one anchorage. Beside it stands
// the same fold without a rule on pairs, and what comparing every ship with every other would take.
import { distanceFastM } from '@offing/geo';
import { makeRegister } from '@offing/designations';
import { loadGazetteer } from '@offing/gazetteer';
import { ruleBook } from '@offing/rules';
import { Fold } from '@offing/stages';
import {
  AIS_CLASS,
  makeColumns,
  makeStaticDictionary,
  MISSING_16,
  MISSING_8,
  NO_STATIC,
} from '@offing/track';
import type { RecordColumns } from '@offing/track';
import { fileURLToPath } from 'node:url';
import { printSpeed } from './measure.ts';

const START_AT = Date.UTC(2024, 4, 1);
const STEP_MS = 600_000;
const RUNS = 3;
/** Instants that are not settled yet when the data end: nothing is interpolated over more than 70 minutes. */
const UNSETTLED = 7;
/** Busy waters, [lon, lat, degrees around]: two ships of three lie in one of them. */
const WATERS = [
  [121, 38.5, 2],
  [122.5, 31, 2],
  [119.5, 37.9, 1],
  [129, 34.5, 2],
  [104, 1.2, 1],
  [3.5, 52, 2],
  [30, -20, 60],
] as const;

type Case = {
  readonly name: string;
  readonly ships: number;
  readonly steps: number;
  readonly placeOf: (i: number, random: () => number) => readonly [number, number];
};

const CASES: readonly Case[] = [
  { name: 'world-wide', ships: 20_000, steps: 18, placeOf: worldWide },
  { name: 'world-wide', ships: 200_000, steps: 12, placeOf: worldWide },
  { name: 'in one anchorage on record', ships: 2000, steps: 24, placeOf: around(120.18445, 37.74572, 0.03) },
  { name: 'in one anchorage nobody knows', ships: 2000, steps: 24, placeOf: around(104.1, 1.25, 0.03) },
  { name: 'in one crowd at sea', ships: 2000, steps: 24, placeOf: around(124, 34.5, 0.03) },
];

/** Prints how long the place stage takes for each slow ship and instant. */
export function benchEncounters(): Record<string, number> {
  const gazetteer = loadGazetteer();
  const rules = ruleBook().filter((rule) => rule.id === 'encounter');
  const results: Record<string, number> = {};
  for (const { name, ships, steps, placeOf } of CASES) {
    const records = slowShips(ships, steps, placeOf);
    const run = (asked: typeof rules): number => {
      const setting = {
        rules: asked,
        gazetteer,
        register: makeRegister([]),
        feeds: [{ name: 'made up', synthetic: true }],
        silenceMs: 6 * 3_600_000,
      };
      const fold = new Fold(setting);
      const before = process.cpuUsage();
      fold.process(records, makeStaticDictionary(), 0, records.length);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const runs = ships > 100_000 ? RUNS - 1 : RUNS;
    if (ships <= 100_000) run(rules);
    const pairs = Array.from({ length: runs }, () => [run([]), run(rules)] as const);
    const label = `${ships.toLocaleString('en')} slow ships ${name}`;
    printSpeed(
      `${label}: fold without pairs`,
      'ns a position',
      pairs.map(([bare]) => (bare * 1000) / records.length),
    );
    printSpeed(
      `${label}: fold with pairs`,
      'ns a position',
      pairs.map(([, full]) => (full * 1000) / records.length),
    );
    results[label] = printSpeed(
      `${label}: the pairs alone`,
      'ms an instant',
      pairs.map(([bare, full]) => (full - bare) / 1000 / (steps - UNSETTLED)),
    );
    console.log(
      `${label}: every ship with every other would take ${Math.round(allPairsMs(ships)).toLocaleString('en')} ms an instant`,
    );
  }
  return results;
}

function slowShips(ships: number, steps: number, placeOf: Case['placeOf']): RecordColumns {
  const records = makeColumns(ships * steps);
  const random = randomFrom(1);
  const places = Array.from({ length: ships }, (_, i) => placeOf(i, random));
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < ships; i++) {
      const row = records.length++;
      records.at[row] = START_AT + step * STEP_MS + Math.floor((i * STEP_MS) / ships);
      records.receivedAt[row] = NaN;
      records.mmsi[row] = 413_000_000 + i;
      // They drift a little, as ships do.
      records.lonE7[row] = Math.round((places[i][0] + random() * 0.001) * 1e7);
      records.latE7[row] = Math.round((places[i][1] + random() * 0.001) * 1e7);
      records.sogDkn[row] = 5;
      records.cogDdeg[row] = MISSING_16;
      records.headingDeg[row] = MISSING_16;
      records.navStatus[row] = 0;
      records.utcSecond[row] = MISSING_8;
      records.messageType[row] = 1;
      records.aisClass[row] = AIS_CLASS.A;
      records.staticId[row] = NO_STATIC;
    }
  }
  return records;
}

function worldWide(i: number, random: () => number): readonly [number, number] {
  if (i % 3 === 0) return [random() * 359 - 179.5, random() * 120 - 60];
  const [lon, lat, reach] = WATERS[i % WATERS.length];
  return [lon + (random() - 0.5) * 2 * reach, lat + (random() - 0.5) * 2 * reach];
}

function around(lon: number, lat: number, reach: number): Case['placeOf'] {
  return (_, random) => [lon + (random() - 0.5) * 2 * reach, lat + (random() - 0.5) * 2 * reach];
}

/** What comparing all pairs of so many ships takes, measured on some and scaled. */
function allPairsMs(ships: number): number {
  const some = 3000;
  const random = randomFrom(2);
  const lons = Float64Array.from({ length: some }, () => random() * 300 - 150);
  const lats = Float64Array.from({ length: some }, () => random() * 120 - 60);
  const before = process.cpuUsage();
  let close = 0;
  for (let i = 0; i < some; i++)
    for (let j = i + 1; j < some; j++) if (distanceFastM(lons[i], lats[i], lons[j], lats[j]) <= 500) close++;
  const { user } = process.cpuUsage(before);
  return (user / 1000) * (ships / some) ** 2 * (close >= 0 ? 1 : 0);
}

/** A generator of even numbers from 0 to 1 (Mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) benchEncounters();
