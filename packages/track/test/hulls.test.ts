import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HULL_STATE, HullTable, MISSING_16 } from '@offing/track';
import { stableId } from '@offing/units';

const MMSI = 445_900_001;
const HOUR = 3_600_000;

function take(
  table: HullTable,
  at: number,
  lon: number,
  lat: number,
  sogKn: number | null = null,
  mmsi = MMSI,
): number {
  const lonE7 = Math.round(lon * 1e7);
  const latE7 = Math.round(lat * 1e7);
  const sog = sogKn === null ? MISSING_16 : Math.round(sogKn * 10);
  const slot = table.find(mmsi, at, lonE7, latE7, sog);
  if (slot < 0) return table.begin(mmsi, at, lonE7, latE7, sog);
  table.join(slot, at, lonE7, latE7, sog);
  return slot;
}

function hullOf(table: HullTable, slot: number): number {
  return table.columns.hull[slot];
}

function stateOf(table: HullTable, slot: number): number {
  return table.columns.state[slot];
}

describe('the stream of one MMSI', () => {
  test('is one hull while each position can be reached at 25 knots', () => {
    const table = new HullTable();
    const slots = [0, 1, 2, 3].map((hour) => take(table, hour * HOUR, 120, 38 + hour * (24 / 60)));
    expect(new Set(slots).size).toBe(1);
    expect(table.vesselId(slots[0])).toBe(stableId('v_', [MMSI, 0]));
  });

  test('begins a second hull just above 25 knots and not just below', () => {
    // 25 kn for 10 hours is 463 km, and 2 km are allowed for noise.
    const reach = (463 + 2) / 111.195;
    for (const [north, same] of [
      [reach - 0.01, true],
      [reach + 0.01, false],
    ] as const) {
      const table = new HullTable();
      const first = take(table, 0, 120, 20);
      expect(take(table, 10 * HOUR, 120, 20 + north) === first).toBe(same);
    }
  });

  test('stays one hull for a fast ferry that says how fast it is', () => {
    const table = new HullTable();
    const first = take(table, 0, 120, 38, 38);
    expect(take(table, HOUR, 120, 38 + 38 / 60, 38)).toBe(first);
  });

  test('stays one hull over a long silence when the place can be reached', () => {
    const table = new HullTable();
    const first = take(table, 0, 120, 38);
    expect(take(table, 30 * 24 * HOUR, 130, 42)).toBe(first);
  });

  test('lets one bad fix begin nothing that is believed, and goes on with the hull', () => {
    const table = new HullTable();
    const first = take(table, 0, 120, 38);
    const bad = take(table, 60_000, -40, 10);
    expect(stateOf(table, bad)).toBe(HULL_STATE.tentative);
    expect(take(table, 120_000, 120.01, 38)).toBe(first);
  });

  test('tells two interleaved hulls apart and believes the second from its third position', () => {
    const table = new HullTable();
    const hulls: number[] = [];
    const states: number[] = [];
    for (let i = 0; i < 5; i++) {
      hulls.push(hullOf(table, take(table, i * 600_000, 120 + i * 0.01, 38)));
      const other = take(table, i * 600_000 + 1000, 10 + i * 0.01, 55);
      hulls.push(hullOf(table, other));
      states.push(stateOf(table, other));
    }
    expect(hulls).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    const { tentative, believed } = HULL_STATE;
    expect(states).toEqual([tentative, tentative, believed, believed, believed]);
  });

  test('calls the first hull noise when only its first fix was bad', () => {
    const table = new HullTable();
    const bad = take(table, 0, -40, 10);
    const good = [1, 2, 3].map((minute) => take(table, minute * 60_000, 120, 38));
    expect(stateOf(table, bad)).toBe(HULL_STATE.noise);
    expect(stateOf(table, good[2])).toBe(HULL_STATE.believed);
    expect(table.lastHeard(MMSI)).toBe(good[0]);
  });

  test('is one hull across the antimeridian and near the pole', () => {
    const table = new HullTable();
    const first = take(table, 0, 179.99, -17);
    expect(take(table, HOUR, -179.99, -17)).toBe(first);
    const polar = new HullTable();
    const north = take(polar, 0, 0, 89.99);
    expect(take(polar, HOUR, 180, 89.99)).toBe(north);
  });

  test('reuses the place of a forgotten hull without giving its number again', () => {
    const table = new HullTable();
    take(table, 0, 120, 38);
    const bad = take(table, 60_000, -40, 10);
    const later = take(table, 26 * HOUR, -40, -60);
    expect(later).toBe(bad);
    expect(hullOf(table, later)).toBe(2);
  });
});

test('a hull takes the id of an anchor that it can be, and of no other', () => {
  const anchor = { vesselId: 'v_known', mmsi: MMSI, at: 5 * HOUR, lonE7: 120.5e7, latE7: 38e7 };
  const near = new HullTable();
  near.useAnchors([anchor]);
  expect(near.vesselId(take(near, 0, 120, 38))).toBe('v_known');
  const far = new HullTable();
  far.useAnchors([anchor]);
  expect(far.vesselId(take(far, 0, 100, 10))).not.toBe('v_known');
});

test('a table restored from its dump splits on as the first would have', () => {
  const fix = fc.record({
    minutes: fc.integer({ min: 0, max: 300 }),
    lon: fc.constantFrom(120, 120.2, 10),
    lat: fc.constantFrom(38, 55),
  });
  fc.assert(
    fc.property(fc.array(fix, { minLength: 2, maxLength: 40 }), fc.nat(39), (fixes, cutAt) => {
      const whole = new HullTable();
      let parted = new HullTable();
      let at = 0;
      fixes.forEach((step, i) => {
        at += step.minutes * 60_000;
        if (i === cutAt) parted = HullTable.restore(structuredClone(parted.dump()));
        const a = take(whole, at, step.lon, step.lat);
        const b = take(parted, at, step.lon, step.lat);
        expect(parted.vesselId(b)).toBe(whole.vesselId(a));
        expect(hullOf(parted, b)).toBe(hullOf(whole, a));
      });
    }),
  );
});

test('gives two hulls that are first seen at one instant ids of their own', () => {
  const table = new HullTable();
  const [west, east] = [take(table, 0, 110, 20), take(table, 0, 125, 39)];
  expect(table.vesselId(west)).toBe(stableId('v_', [MMSI, 0]));
  expect(table.vesselId(east)).toBe(stableId('v_', [MMSI, 0, 1_250_000_000, 390_000_000]));
});
