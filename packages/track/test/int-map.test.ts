import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IntMap } from '@offing/track';

test('answers as a Map does, whatever is set in whatever order', () => {
  const key = fc.integer({ min: 1, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat())), fc.array(key), (entries, others) => {
      const map = new IntMap(4);
      const reference = new Map<number, number>();
      for (const [k, v] of entries) {
        map.set(k, v);
        reference.set(k, v);
      }
      for (const k of [...reference.keys(), ...others]) expect(map.get(k)).toBe(reference.get(k) ?? -1);
      expect(map.size).toBe(reference.size);
    }),
  );
});
