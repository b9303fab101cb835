import { madeUpGazetteer } from '@offing/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnchorageRange } from '../src/anchorage-range.ts';

test('a ship that is not looked up again gets the answer that it would get', () => {
  const gazetteer = madeUpGazetteer();
  let asked = 0;
  const counting = {
    ...gazetteer,
    nearestAnchorage: (...question: Parameters<typeof gazetteer.nearestAnchorage>) => {
      asked++;
      return gazetteer.nearestAnchorage(...question);
    },
  };
  const range = new AnchorageRange(counting, 10);
  const step = fc.tuple(
    fc.double({ min: -0.03, max: 0.03, noNaN: true }),
    fc.double({ min: -0.03, max: 0.03, noNaN: true }),
  );
  let looks = 0;
  fc.assert(
    fc.property(fc.nat({ max: 3000 }), fc.array(step, { minLength: 20, maxLength: 60 }), (slot, steps) => {
      let [lon, lat] = [119.7, 37.7];
      for (const [east, north] of steps) {
        [lon, lat] = [lon + east, lat + north];
        const near = gazetteer.nearestAnchorage(lon, lat, { maxKm: 10 });
        const km = gazetteer.nearestAnchorage(lon, lat, { maxKm: 100 })?.km ?? Infinity;
        looks++;
        if (Math.abs(km - 10) < 0.001) continue;
        expect(range.isNear(slot, Math.round(lon * 1e7), Math.round(lat * 1e7))).toBe(near !== null);
      }
    }),
    { numRuns: 100 },
  );
  expect(asked).toBeLessThan(looks / 2);
});
