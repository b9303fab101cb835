import type { NexusEntry } from '@offing/rules';
import { describe, expect, test } from 'vitest';
import { NexusMemory } from '../src/nexus-memory.ts';

const DAY = 86_400_000;

function entry(key: string, from: number, until: number | null): NexusEntry {
  return { kind: 'dprk-visit', key, from, until, how: key, source: 'made up', secondHand: false, note: null };
}

describe('the nexus memory', () => {
  test('keeps reasons by hull and by IMO number, oldest first', () => {
    const memory = new NexusMemory();
    memory.add(7, [9_100_011], [entry('b', 20, 30)]);
    memory.add(7, [], [entry('a', 10, 30)]);
    expect(memory.of(7, []).map(({ key }) => key)).toEqual(['a', 'b']);
    expect(memory.of(8, [9_100_011]).map(({ key }) => key)).toEqual(['b']);
    expect(memory.of(8, [])).toEqual([]);
  });

  test('lets a reason that ended take the place of the one that went on, in any order', () => {
    for (const pair of [
      [entry('a', 10, null), entry('a', 10, 99)],
      [entry('a', 10, 99), entry('a', 10, null)],
    ]) {
      const memory = new NexusMemory();
      for (const one of pair) memory.add(1, [], [one]);
      expect(memory.of(1, [])).toEqual([entry('a', 10, 99)]);
    }
  });

  test('knows of a number what it knew of the hull that comes to send it', () => {
    const memory = new NexusMemory();
    memory.add(1, [], [entry('a', 10, 99)]);
    memory.learn(1, [9_100_011]);
    memory.learn(2, [9_100_023]);
    expect(memory.of(3, [9_100_011])).toHaveLength(1);
    expect(memory.of(3, [9_100_023])).toEqual([]);
  });

  test('forgets what ended years ago, and a hull that is gone', () => {
    const memory = new NexusMemory();
    memory.add(1, [9_100_011], [entry('a', 0, DAY)]);
    memory.add(1, [9_100_011], [entry('b', 2000 * DAY, 2100 * DAY)]);
    expect(memory.of(1, []).map(({ key }) => key)).toEqual(['b']);
    memory.clear(1);
    expect(memory.of(1, [])).toEqual([]);
    expect(memory.of(1, [9_100_011])).toHaveLength(1);
  });

  test('goes on from its dump', () => {
    const memory = new NexusMemory();
    memory.add(1, [9_100_011], [entry('a', 10, 99)]);
    const copy = new NexusMemory(structuredClone(memory.dump()));
    expect(copy.of(2, [9_100_011])).toEqual(memory.of(2, [9_100_011]));
  });
});
