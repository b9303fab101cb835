import type { ProgressState } from '@offing/kit';
import { expect, it } from 'vitest';
import { IngestProgress } from '../src/ingest-progress.ts';

/** Looking for raw records once more takes two fifths of reading. */
const AGAIN = 0.4;

/** Reads for `readS` seconds and hands on for `handS`, at even speeds; returns what is told each second. */
function told(readS: number, handS: number): readonly (ProgressState & { readonly atS: number })[] {
  const states: (ProgressState & { atS: number })[] = [];
  let now = 0;
  const progress = new IngestProgress(
    1_000_000,
    (state) => states.push({ ...state, atS: now / 1000 }),
    () => now,
  );
  for (let second = 1; second <= readS; second++) {
    now += 1000;
    progress.inFile((second / readS) * 1_000_000, 1_000_000);
    progress.reading(second * 1000);
  }
  progress.endFile(1_000_000);
  for (let second = 0; second <= handS; second++) {
    if (second > 0) now += 1000;
    progress.handedOn((second / handS) * 80_000, 80_000);
  }
  return states;
}

it.each([
  ['as fast as was measured', 10, 60],
  ['twice as slowly', 10, 120],
  ['three times as fast', 10, 20],
])('tells the true time left while records are handed on %s', (_what, readS, handS) => {
  const handing = told(readS, handS).filter(({ atS }) => atS >= readS + 1);
  expect(handing).toHaveLength(handS);
  for (const { atS, leftMs } of handing)
    expect(leftMs).toBeCloseTo((readS + handS - atS + AGAIN * readS) * 1000, 3);
});

it('tells the time left by what handing on was measured to take while files are read', () => {
  const reading = told(10, 60).filter(({ atS }) => atS < 10);
  for (const { atS, leftMs } of reading) expect(leftMs).toBeCloseTo((70 + 4 - atS) * 1000, 3);
});

it('tells no time left before there is anything to tell it by', () => {
  const states: ProgressState[] = [];
  const progress = new IngestProgress(
    1000,
    (state) => states.push(state),
    () => 0,
  );
  progress.inFile(500, 1000);
  progress.reading(5);
  progress.handedOn(0, 10);
  progress.handedOn(5, 10);
  progress.handedOn(10, 10);
  expect(states.map(({ leftMs }) => leftMs)).toEqual([null, null, null, 0]);
});
