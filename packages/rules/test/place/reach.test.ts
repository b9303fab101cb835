import { destinationPoint, distanceM } from '@offing/geo';
import { reachEvidence, reachOf, type Fix } from '@offing/rules';
import { madeUpGazetteer } from '@offing/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const HOUR = 3_600_000;
const gazetteer = madeUpGazetteer();

function fix(lon: number, lat: number, sogKn: number | null = 10): Fix {
  return { at: 0, lon, lat, sogKn, cogDeg: 0, navStatus: 0 };
}

describe('the ports in reach of a silent ship', () => {
  test('are named with the hours that it can have been there, nearest first', () => {
    const reach = reachOf(fix(120, 37.5), { lon: 120, lat: 37.5 }, 27 * HOUR, 10, gazetteer);
    const [eastwick] = reach.ports;
    expect(eastwick.port.name).toBe('Eastwick');
    // 44 km to the outer roads is 24 nm at most, there and back at 10 kn.
    expect(eastwick.hoursAlongside).toBeGreaterThan(27 - 2 * 2.5);
    expect(eastwick.hoursAlongside).toBeLessThan(27 - 2 * 2.2);
    const kms = reach.ports.map((entry) => entry.offKm);
    expect(kms).toEqual([...kms].sort((a, b) => a - b));
  });

  test('grow while it is silent, and an instant after its last position there is none', () => {
    const hours = [1, 6, 12, 24, 48].map(
      (length) => reachOf(fix(120, 37.5), null, length * HOUR, 10, gazetteer).ports.length,
    );
    expect(hours).toEqual([...hours].sort((a, b) => a - b));
    expect(hours[0]).toBe(0);
    expect(hours[4]).toBeGreaterThan(1);
    expect(reachOf(fix(120, 37.5), null, 0, 10, gazetteer).ports).toEqual([]);
  });

  test('are those across the antimeridian too', () => {
    const reach = reachOf(fix(-179.9, 37.6), null, 10 * HOUR, 10, gazetteer);
    expect(reach.ports.map((entry) => entry.port.name)).toEqual(['Linewick']);
  });

  test('are reckoned with an assumed speed where none was seen, and say so', () => {
    const unseen = reachEvidence(reachOf(fix(120, 37.5, null), null, 10 * HOUR, null, gazetteer), 5);
    expect(unseen).toMatchObject({ speedKn: 15, speedFrom: 'assumed' });
    const seen = reachEvidence(reachOf(fix(120, 37.5), null, 10 * HOUR, 12.34, gazetteer), 5);
    expect(seen).toMatchObject({ speedKn: 12.3, speedFrom: 'observed' });
  });

  test('are listed up to a number, and counted beyond it', () => {
    const reach = reachOf(fix(122, 37), null, 200 * HOUR, 14, gazetteer);
    const evidence = reachEvidence(reach, 2);
    expect(evidence['ports']).toHaveLength(2);
    expect(evidence['portsInReach']).toBe(reach.ports.length);
    expect(reach.ports.length).toBeGreaterThan(2);
  });

  test('are an upper bound: a ship that went there at its speed and came back spent no longer than they say', () => {
    const ways = fc.record({
      bearing: fc.double({ min: 100, max: 260, noNaN: true }),
      offKm: fc.double({ min: 5, max: 300, noNaN: true }),
      onKm: fc.double({ min: 5, max: 300, noNaN: true }),
      alongsideH: fc.double({ min: 0.1, max: 100, noNaN: true }),
      speedKn: fc.double({ min: 4, max: 20, noNaN: true }),
      port: fc.constantFrom(...gazetteer.anchorages),
    });
    fc.assert(
      fc.property(ways, ({ bearing, offKm, onKm, alongsideH, speedKn, port }) => {
        const off = destinationPoint(port.lon, port.lat, bearing, offKm * 1000);
        const on = destinationPoint(port.lon, port.lat, 360 - bearing, onKm * 1000);
        const sailed =
          distanceM(off.lon, off.lat, port.lon, port.lat) + distanceM(port.lon, port.lat, on.lon, on.lat);
        const silenceH = sailed / 1852 / speedKn + alongsideH;
        const reach = reachOf(fix(off.lon, off.lat, speedKn), on, silenceH * HOUR, speedKn, gazetteer);
        const found = reach.ports.find((entry) => entry.port.id === port.portId);
        expect(found?.hoursAlongside ?? 0).toBeGreaterThanOrEqual(alongsideH - 1e-6);
      }),
    );
  });
});
