import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { distanceM } from '@offing/geo';
import { makeGazetteer, type AnchoragePoint, type Port } from '../src/index.ts';
import { madeGazetteer, madePoint, madePort } from './made-ports.ts';

/** One kilometre east or north at the equator, in degrees. */
const KM = 1 / 111.195;

const big = madePort('big', { lon: 0, watched: true });
const neighbour = madePort('neighbour', { lon: 40 * KM, watched: true });
const quiet = madePort('quiet', { lon: -60 * KM });

describe('makeGazetteer', () => {
  it('lists all ports by id, also those without a position', () => {
    const nowhere = madePort('anywhere', { lon: null, lat: null });
    const gazetteer = madeGazetteer([quiet, big, nowhere]);
    expect(gazetteer.ports.map(({ id }) => id)).toEqual(['anywhere', 'big', 'quiet']);
    expect(gazetteer.port('anywhere')).toBe(nowhere);
    expect(gazetteer.port('big')).toBe(big);
    expect(gazetteer.port('no such port')).toBeNull();
  });

  it('leaves out the points of a port that it does not know', () => {
    const gazetteer = madeGazetteer([big], [madePoint('stranger', 1, 1), madePoint('big', 2, 2)]);
    expect(gazetteer.anchorages).toEqual([madePoint('big', 2, 2)]);
    expect(gazetteer.nearestAnchorage(1, 1, { maxKm: 50 })).toBeNull();
    expect(gazetteer.nearestAnchorage(1, 1, { maxKm: 50, portId: 'stranger' })).toBeNull();
  });

  it('lets a port of the user stand for a published one with its id', () => {
    const moved = { ...big, lon: 5, name: 'Moved', watched: false };
    const gazetteer = madeGazetteer([big, quiet, moved], [madePoint('big', 0, 0)]);
    expect(gazetteer.ports).toHaveLength(2);
    expect(gazetteer.port('big')).toBe(moved);
    expect(gazetteer.nearestPort(0, 0, { maxKm: 5 })).toBeNull();
    expect(gazetteer.nearestPort(5, 0, { maxKm: 5 })?.port.name).toBe('Moved');
    expect(gazetteer.watchedApproach(0, 0, 50)).toBeNull();
    expect(gazetteer.nearWatched(0, 0)).toBe(false);
  });

  it('has a version that changes with any port or point and not with their order by id', () => {
    const points = [madePoint('big', 1, 1)];
    const { version } = madeGazetteer([big, quiet], points);
    expect(madeGazetteer([quiet, big], points).version).toBe(version);
    expect(madeGazetteer([{ ...big, lon: 0.001 }, quiet], points).version).not.toBe(version);
    expect(madeGazetteer([big, quiet], [madePoint('big', 1, 1, 'berth')]).version).not.toBe(version);
    const shore = { shoreDistanceM: () => null, isOnLand: () => false };
    expect(makeGazetteer([big], [], shore, 'given').version).toBe('given');
  });

  it('asks the shore it was given', () => {
    const shore = { shoreDistanceM: (lon: number) => lon * 2, isOnLand: (_: number, lat: number) => lat > 5 };
    const gazetteer = makeGazetteer([], [], shore);
    expect(gazetteer.shoreDistanceM(21, 0)).toBe(42);
    expect([gazetteer.isOnLand(0, 6), gazetteer.isOnLand(0, 4)]).toEqual([true, false]);
  });

  it('knows nothing near when it is empty', () => {
    const gazetteer = madeGazetteer([]);
    expect(gazetteer.nearestPort(0, 0, { maxKm: 20_000 })).toBeNull();
    expect(gazetteer.nearestAnchorage(0, 0, { maxKm: 20_000 })).toBeNull();
    expect(gazetteer.watchedApproach(0, 0, 20_000)).toBeNull();
    expect(gazetteer.nearWatched(0, 0)).toBe(false);
  });
});

describe('nearestPort', () => {
  it('finds the nearest by its point within the limit, all or the watched ones alone', () => {
    const gazetteer = madeGazetteer([big, neighbour, quiet]);
    expect(gazetteer.nearestPort(-50 * KM, 0, { maxKm: 20 })?.port.id).toBe('quiet');
    expect(gazetteer.nearestPort(-50 * KM, 0, { maxKm: 9 })).toBeNull();
    const near = gazetteer.nearestPort(-50 * KM, 0, { maxKm: 60, watchedOnly: true });
    expect(near?.port.id).toBe('big');
    expect(near?.km).toBeCloseTo(50, 1);
  });

  it('never finds a label or a port without a position', () => {
    const gazetteer = madeGazetteer([
      madePort('label', { kind: 'label' }),
      madePort('nowhere', { lon: null, lat: null, watched: true }),
      madePort('half', { lon: null, watched: true }),
    ]);
    expect(gazetteer.nearestPort(0, 0, { maxKm: 20_000 })).toBeNull();
    expect(gazetteer.nearestPort(0, 0, { maxKm: 20_000, watchedOnly: true })).toBeNull();
    expect(gazetteer.nearWatched(0, 0)).toBe(false);
  });

  it.each([
    [180, -179.99],
    [-180, 179.99],
    [179.99, -179.99],
  ])('finds a port at %d° from %d°', (port, from) => {
    const gazetteer = madeGazetteer(
      [madePort('line', { lon: port, watched: true })],
      [madePoint('line', port, 0.01)],
    );
    expect(gazetteer.nearestPort(from, 0, { maxKm: 3 })?.port.id).toBe('line');
    expect(gazetteer.nearestAnchorage(from, 0, { maxKm: 3 })?.km).toBeLessThan(3);
    const approach = gazetteer.watchedApproach(from, 0, 3);
    expect(approach?.port.id).toBe('line');
    expect(approach?.kmToPort).toBeLessThan(3);
    expect(gazetteer.nearWatched(Math.round(from * 1e7), 0)).toBe(true);
  });
});

describe('nearestAnchorage', () => {
  const gazetteer = madeGazetteer(
    [big, quiet, madePort('part', { lon: 1, parentPortId: 'big' })],
    [
      madePoint('big', 0, 2 * KM, 'berth'),
      madePoint('big', 0, 10 * KM, 'roads'),
      madePoint('quiet', 0, 5 * KM, 'roads'),
      madePoint('part', 0, 20 * KM, 'berth'),
    ],
  );

  it.each([
    ['any', { maxKm: 50 }, 4, 'quiet'],
    ['a berth', { maxKm: 50, kind: 'berth' }, 5, 'big'],
    ['roads of a watched port', { maxKm: 50, kind: 'roads', watchedOnly: true }, 4, 'big'],
    ['one of a port', { maxKm: 50, portId: 'part' }, 4, 'part'],
    ['one of a part of a watched port', { maxKm: 50, portId: 'part', watchedOnly: true }, 4, 'part'],
    ['a watched one, which a part of a watched port has', { maxKm: 50, watchedOnly: true }, 19, 'part'],
  ] as const)('finds %s', (_, query, km, portId) => {
    expect(gazetteer.nearestAnchorage(0, km * KM, query)?.point.portId).toBe(portId);
  });

  it.each([
    ['beyond the limit', { maxKm: 0.5 }],
    ['of a kind that the port lacks', { maxKm: 500, portId: 'quiet', kind: 'berth' }],
    ['of a port that nobody watches', { maxKm: 500, portId: 'quiet', watchedOnly: true }],
    ['of a port that is not known', { maxKm: 500, portId: 'stranger', watchedOnly: true }],
  ] as const)('finds none %s', (_, query) => {
    expect(gazetteer.nearestAnchorage(0, 4 * KM, query)).toBeNull();
  });
});

describe('watchedApproach', () => {
  it('names the port that the nearest anchorage point belongs to, although another point is nearer', () => {
    // 22 km from big, 18 km from neighbour, but 2 km from big's roads.
    const gazetteer = madeGazetteer([big, neighbour], [madePoint('big', 20 * KM, 0)]);
    expect(gazetteer.watchedApproach(22 * KM, 0, 50)).toMatchObject({ port: { id: 'big' } });
    expect(gazetteer.watchedApproach(22 * KM, 0, 50)?.kmToPort).toBeCloseTo(22, 1);
    expect(gazetteer.watchedApproach(22 * KM, 0, 50)?.kmToAnchorage).toBeCloseTo(2, 1);
  });

  it('names the port whose own point is nearer than any anchorage point', () => {
    const gazetteer = madeGazetteer([big, neighbour], [madePoint('big', 36 * KM, 0)]);
    expect(gazetteer.watchedApproach(38.5 * KM, 0, 50)?.port.id).toBe('neighbour');
    expect(gazetteer.watchedApproach(37 * KM, 0, 50)?.port.id).toBe('big');
  });

  it('reaches from a port as far as it is told, and from its anchorage points as far as it is told of them', () => {
    const gazetteer = madeGazetteer([big], [madePoint('big', 100 * KM, 0)]);
    expect(gazetteer.watchedApproach(-36 * KM, 0, 37, 10)).toMatchObject({
      port: { id: 'big' },
      kmToAnchorage: null,
    });
    expect(gazetteer.watchedApproach(-38 * KM, 0, 37, 10)).toBeNull();
    expect(gazetteer.watchedApproach(109 * KM, 0, 37, 10)?.kmToAnchorage).toBeCloseTo(9, 1);
    expect(gazetteer.watchedApproach(111 * KM, 0, 37, 10)).toBeNull();
    expect(gazetteer.watchedApproach(111 * KM, 0, 37)?.port.id).toBe('big');
    expect(gazetteer.watchedApproach(60 * KM, 0, 37)).toBeNull();
  });

  it('gives the distance to the named port’s own anchorage points, not to a neighbour’s', () => {
    const gazetteer = madeGazetteer(
      [big, neighbour],
      [madePoint('neighbour', 7 * KM, 0), madePoint('big', -9 * KM, 0)],
    );
    const approach = gazetteer.watchedApproach(KM, 0, 50);
    expect(approach?.port.id).toBe('big');
    expect(approach?.kmToAnchorage).toBeCloseTo(10, 1);
  });

  it('is silent off a port that nobody watches', () => {
    const gazetteer = madeGazetteer([quiet, big], [madePoint('quiet', quiet.lon ?? 0, KM)]);
    expect(gazetteer.watchedApproach(quiet.lon ?? 0, KM, 50)).toBeNull();
  });

  it('takes the anchorage points of an unwatched part for the watched port’s, but not its own point', () => {
    const part = madePort('part', { lon: 70 * KM, parentPortId: 'big' });
    const gazetteer = madeGazetteer([big, part], [madePoint('part', 72 * KM, 0, 'berth')]);
    const approach = gazetteer.watchedApproach(73 * KM, 0, 50, 10);
    expect(approach?.port.id).toBe('big');
    expect(approach?.kmToAnchorage).toBeCloseTo(1, 1);
    expect(gazetteer.nearWatched(Math.round(73 * KM * 1e7), 0)).toBe(true);
    expect(madeGazetteer([big, part]).watchedApproach(70 * KM, 0, 50)).toBeNull();
  });

  it('names a watched part itself, with its own points', () => {
    const part = madePort('part', { lon: 40 * KM, parentPortId: 'big', watched: true });
    const gazetteer = madeGazetteer([big, part], [madePoint('part', 41 * KM, 0), madePoint('big', KM, 0)]);
    expect(gazetteer.watchedApproach(42 * KM, 0, 50)?.port.id).toBe('part');
  });

  it('stays sound when a part names itself, nobody, or an unwatched port', () => {
    for (const parentPortId of ['part', 'stranger', 'quiet', '']) {
      const part = madePort('part', { lon: 1, parentPortId });
      const gazetteer = madeGazetteer([part, quiet], [madePoint('part', 1, 0)]);
      expect(gazetteer.watchedApproach(1, 0, 50)).toBeNull();
      expect(gazetteer.nearestAnchorage(1, 0, { maxKm: 50, watchedOnly: true })).toBeNull();
    }
  });

  it('does not let the points of a watched port without a position hide another port', () => {
    const nowhere = madePort('nowhere', { lon: null, lat: null, watched: true });
    const gazetteer = madeGazetteer([nowhere, big], [madePoint('nowhere', KM, 0)]);
    expect(gazetteer.watchedApproach(2 * KM, 0, 50)?.port.id).toBe('big');
    expect(madeGazetteer([nowhere], [madePoint('nowhere', KM, 0)]).watchedApproach(KM, 0, 50)).toBeNull();
  });

  it('is never found where the watch grid says no, and is what comparing all places finds', () => {
    const edge = fc.oneof(
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
    );
    const at = fc.record({
      lon: edge.map((x) => (x > 0 ? 180 - x : -180 - x)),
      lat: fc.double({ min: -2, max: 2, noNaN: true }),
    });
    const some = fc.array(fc.record({ at, watched: fc.boolean(), points: fc.array(at, { maxLength: 3 }) }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(some, at, fc.integer({ min: 0, max: 60 }), (made, from, maxKm) => {
        const ports = made.map(({ at: place, watched }, i): Port => madePort(`p${i}`, { ...place, watched }));
        const points = made.flatMap(({ points: own }, i): AnchoragePoint[] =>
          own.map((place) => madePoint(`p${i}`, place.lon, place.lat)),
        );
        const gazetteer = madeGazetteer(ports, points);
        const expected = [
          ...ports
            .filter(({ watched }) => watched)
            .map(({ id, lon, lat }) => ({ id, lon: lon ?? 0, lat: lat ?? 0 })),
          ...points
            .filter(({ portId }) => gazetteer.port(portId)?.watched === true)
            .map(({ portId, ...place }) => ({ ...place, id: portId })),
        ]
          .map(({ id, lon, lat }) => ({ id, km: distanceM(from.lon, from.lat, lon, lat) / 1000 }))
          .sort((a, b) => a.km - b.km);
        const approach = gazetteer.watchedApproach(from.lon, from.lat, maxKm);
        // 180 and -180 are one place with two distances that differ in their last digit.
        if (approach === null) expect(expected[0]?.km ?? Infinity).toBeGreaterThan(maxKm - 1e-9);
        else {
          const nearest = expected.filter(({ km }) => km <= expected[0].km + 1e-9).map(({ id }) => id);
          expect(expected[0].km).toBeLessThanOrEqual(maxKm + 1e-9);
          expect(nearest).toContain(approach.port.id);
          expect(gazetteer.nearWatched(Math.round(from.lon * 1e7), Math.round(from.lat * 1e7))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
