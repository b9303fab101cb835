import { columnsOf, type TrackRow } from '@offing/testkit';
import { appendRow, makeColumns, makeStaticDictionary } from '@offing/track';
import { describe, expect, it } from 'vitest';
import { LiveOrder } from '../src/live-order.ts';

const START = Date.UTC(2024, 2, 1, 12);
const LATENESS_MS = 600_000;

/** Records of one ship at seconds after the start. */
function at(...seconds: number[]) {
  const rowAt = (second: number): TrackRow => ({
    mmsi: 413_900_100,
    at: START + second * 1000,
    lon: 121,
    lat: 38,
  });
  const records = makeColumns(0);
  // One by one: the builder puts rows in order.
  for (const second of seconds) appendRow(records, columnsOf([rowAt(second)]).records, 0);
  return { records, statics: makeStaticDictionary() };
}

function secondsOf(rows: { readonly length: number; readonly at: Float64Array }): number[] {
  return Array.from({ length: rows.length }, (_, row) => (rows.at[row] - START) / 1000);
}

describe('LiveOrder', () => {
  it('holds records back until the newest is the lateness ahead, and gives them in order', () => {
    const { records, statics } = at(30, 5, 17);
    const order = new LiveOrder(LATENESS_MS, -Infinity);
    order.add(records);
    const now = START + 3_600_000;
    expect(secondsOf(order.release(now, statics).inOrder)).toEqual([]);
    order.add(at(619).records);
    expect(secondsOf(order.release(now, statics).inOrder)).toEqual([5]);
    order.add(at(620).records);
    expect(secondsOf(order.release(now, statics).inOrder)).toEqual([17]);
    expect(order.length).toBe(3);
    expect(secondsOf(order.releaseAll(statics).inOrder)).toEqual([30, 619, 620]);
    expect(order.length).toBe(0);
  });

  it('gives what comes behind it as late, in order too', () => {
    const { records, statics } = at(0, 700);
    const order = new LiveOrder(LATENESS_MS, -Infinity);
    order.add(records);
    order.release(START + 3_600_000, statics);
    order.add(at(99.999, 3, 100).records);
    const { inOrder, late } = order.release(START + 3_600_000, statics);
    // Only the piece of the first record was let go.
    expect([secondsOf(inOrder), secondsOf(late)]).toEqual([[99.999], [3]]);
  });

  it('takes what the engine is past for late from the start, up to its very watermark', () => {
    const { records, statics } = at(10, 11, 12);
    const order = new LiveOrder(LATENESS_MS, START + 11_000);
    order.add(records);
    const { inOrder, late } = order.releaseAll(statics);
    expect([secondsOf(late), secondsOf(inOrder)]).toEqual([[10, 11], [12]]);
  });

  it('is not hurried on by a source that is ahead of the clock', () => {
    const { records, statics } = at(0, 100_000);
    const order = new LiveOrder(LATENESS_MS, -Infinity);
    order.add(records);
    expect(order.release(START + 60_000, statics).inOrder.length).toBe(0);
    order.add(at(1).records);
    const { inOrder, late } = order.release(START + 700_000, statics);
    expect([secondsOf(inOrder), late.length]).toEqual([[0, 1], 0]);
  });
});
