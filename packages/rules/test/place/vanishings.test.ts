import { Vanishings, type Moving } from '@offing/rules';
import { describe, expect, test } from 'vitest';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PLACE: Moving = { lon: 120, lat: 37.1, sogKn: 10, cogDeg: 180 };

function heardFor(hours: number, motion: Moving = PLACE): Vanishings {
  const vanishings = new Vanishings();
  for (let hour = 0; hour < hours; hour++) vanishings.heard(0, 1, motion, hour * HOUR);
  return vanishings;
}

describe('where ships vanish', () => {
  test('is known by the ship-hours heard there and by those that were not heard on', () => {
    const vanishings = heardFor(10);
    vanishings.vanished(0, 1, PLACE, 3 * HOUR);
    vanishings.vanished(0, 1, PLACE, 5 * HOUR);
    const { shipHours, vanished } = vanishings.around(0, 1, PLACE, 10 * HOUR);
    expect(shipHours).toBeCloseTo(10, 0);
    expect(vanished).toBeCloseTo(2, 0);
  });

  test('ships that vanish at one moment count as one', () => {
    const vanishings = heardFor(10);
    for (let ship = 0; ship < 9; ship++) vanishings.vanished(0, 1, PLACE, 3 * HOUR + ship * 60_000);
    expect(vanishings.around(0, 1, PLACE, 4 * HOUR).vanished).toBeCloseTo(1, 1);
  });

  test.each([
    ['another feed', 1, 1, PLACE],
    ['another class', 0, 2, PLACE],
    ['another course', 0, 1, { ...PLACE, cogDeg: 0 }],
    ['a ship that lies there', 0, 1, { ...PLACE, sogKn: 0.2 }],
    ['water 50 km away', 0, 1, { ...PLACE, lat: 36.6 }],
  ])('says nothing of %s', (_, feed, aisClass, motion) => {
    expect(heardFor(10).around(feed, aisClass, motion, 10 * HOUR).shipHours).toBe(0);
  });

  test('counts ships whose course was not sent beside those on any course', () => {
    const unsaid = { ...PLACE, cogDeg: null };
    expect(heardFor(10, unsaid).around(0, 1, PLACE, 10 * HOUR).shipHours).toBeCloseTo(10, 0);
    expect(heardFor(10).around(0, 1, unsaid, 10 * HOUR).shipHours).toBeCloseTo(10, 0);
  });

  test('is the same water on both sides of the antimeridian', () => {
    const west = { ...PLACE, lon: 179.99 };
    const east = { ...PLACE, lon: -179.99 };
    expect(heardFor(10, west).around(0, 1, east, 10 * HOUR).shipHours).toBeCloseTo(10, 0);
  });

  test('is forgotten by half in a month', () => {
    const vanishings = heardFor(10);
    expect(vanishings.around(0, 1, PLACE, 10 * HOUR + 30 * DAY).shipHours).toBeCloseTo(5, 0);
    vanishings.heard(0, 1, PLACE, 10 * HOUR + 30 * DAY);
    expect(vanishings.around(0, 1, PLACE, 10 * HOUR + 30 * DAY).shipHours).toBeCloseTo(6, 0);
  });

  test('goes on from a dump without touching it', () => {
    const vanishings = heardFor(10);
    const dump = structuredClone(vanishings.dump());
    const again = new Vanishings(dump);
    again.heard(0, 1, PLACE, 10 * HOUR);
    expect(again.around(0, 1, PLACE, 10 * HOUR).shipHours).toBeCloseTo(11, 0);
    expect(new Vanishings(dump).around(0, 1, PLACE, 10 * HOUR)).toEqual(
      vanishings.around(0, 1, PLACE, 10 * HOUR),
    );
  });
});
