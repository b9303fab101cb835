import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimerHeap, type Timer } from '@offing/track';

const timer = fc.record({ dueAt: fc.nat(20), slot: fc.nat(5), purpose: fc.nat(3) });

function drained(heap: TimerHeap): Timer[] {
  const out: Timer[] = [];
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) out.push(next);
  return out;
}

function ordered(timers: readonly Timer[]): Timer[] {
  return [...timers].sort((a, b) => a.dueAt - b.dueAt || a.slot - b.slot || a.purpose - b.purpose);
}

test('gives timers out by instant, then slot, then purpose, in whatever order they came', () => {
  fc.assert(
    fc.property(fc.array(timer), (timers) => {
      const heap = new TimerHeap();
      for (const { dueAt, slot, purpose } of timers) heap.push(dueAt, slot, purpose);
      expect(heap.nextDueAt).toBe(ordered(timers)[0]?.dueAt ?? Infinity);
      expect(drained(heap)).toEqual(ordered(timers));
    }),
  );
});

test('goes on from a dump as if nothing had happened', () => {
  const heap = new TimerHeap();
  for (const due of [5, 1, 9, 3]) heap.push(due, 0, 0);
  heap.pop();
  const restored = TimerHeap.restore(heap.dump());
  heap.push(0, 1, 1);
  expect(drained(restored).map(({ dueAt }) => dueAt)).toEqual([3, 5, 9]);
});
