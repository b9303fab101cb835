import {
  columnsOf,
  eventsOf,
  foldInBatches,
  settingOf,
  tellRule,
  tellRules,
  track,
  traffic,
  type ToldEvent,
  type TrackBuilder,
  type TrackRow,
} from '@offing/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const START = '2016-12-30T18:00:00Z';
const HOUR = 3_600_000;
const MMSI = 445_900_001;
const SEA = { lon: 120, lat: 37.7 };
const OWN_TYPES = ['transponder-gap', 'dark-near-port', 'feed-outage', 'shared-mmsi', 'impossible-jump'];

function later(hours: number): string {
  return new Date(Date.parse(START) + hours * HOUR).toISOString();
}

function rowsOf(tracks: readonly TrackBuilder[]): readonly TrackRow[] {
  return tracks.flatMap((ship) => ship.rows);
}

/** A ship that comes in to Eastwick and falls silent for some hours. */
function dark(hours: number, mmsi = MMSI, lon = SEA.lon): TrackBuilder {
  return track({ mmsi, at: START, lon, lat: 36.7, everyMin: 15 })
    .sail(6.5, 10, 0)
    .silent(hours)
    .sail(4, 9, 180);
}

/** A sea in which each rule about silence and hulls has something to tell. */
function sea(): readonly TrackRow[] {
  const others = { hours: 60, everyMin: 20, at: START };
  const region = { everyMin: 20, lon: 122.75, lat: 37.6, mmsi: 413_100_001 };
  const one = track({ mmsi: 413_900_001, at: START, lon: 121, lat: 36.5, everyMin: 30 }).sail(30, 8, 90);
  const two = track({ mmsi: 413_900_001, at: later(1.1), lon: 127, lat: 36, everyMin: 40 }).sail(30, 8, 180);
  const jump = track({ mmsi: 413_900_002, at: START, lon: 121, lat: 36.2, everyMin: 20 });
  return rowsOf([
    ...traffic(6, { ...others, ...SEA }),
    ...traffic(9, { ...others, lon: 125, lat: 37.5, mmsi: 413_200_001 }),
    ...traffic(5, { ...region, at: START, hours: 10 }),
    ...traffic(5, { ...region, at: later(30), hours: 30 }),
    dark(20),
    one,
    two,
    jump.sail(8, 8, 90).jump(130, 34).sail(40, 8, 90),
  ]);
}

function told(rows: readonly TrackRow[], cuts: readonly number[] = [], restart = false) {
  const { records, statics } = columnsOf(rows);
  return foldInBatches(settingOf({}), records, statics, cuts, restart).filter((version) =>
    OWN_TYPES.includes(version.type),
  );
}

/** What a reader would call the same event: what, who, when (to the half hour), and how it stands. */
function facts(events: readonly ToldEvent[], shiftMs = 0): string[] {
  const half = (at: number | null) => (at === null ? '-' : Math.round((at - shiftMs) / (HOUR / 2)));
  return events
    .filter((event) => OWN_TYPES.includes(event.type))
    .map(
      (event) =>
        `${event.type} ${event.last.mmsi.join()} ${half(event.last.openedAt)} ${event.state} ${event.verdict}`,
    )
    .sort();
}

/** The gap that begins where `dark` falls silent. */
function gapOf(tracks: readonly TrackBuilder[]): ToldEvent | undefined {
  const gaps = tellRule('transponder-gap', { tracks }).filter((event) => event.mmsi === MMSI);
  return gaps.find((gap) => gap.last.openedAt === Date.parse(later(6.25)));
}

describe('the sea', () => {
  const rows = sea();
  const whole = told(rows);

  test('has an event of every kind', () => {
    const types = eventsOf(whole).map((event) => event.type);
    for (const type of OWN_TYPES) expect(types).toContain(type);
  });

  test('gives the same events however it is cut into batches, restarted at each cut or not', () => {
    const cut = fc.array(fc.nat({ max: rows.length }), { maxLength: 8 });
    fc.assert(
      fc.property(cut, fc.boolean(), (cuts, restart) => {
        expect(told(rows, cuts, restart)).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  test('gives the same events at any time of day: no midnight counts', () => {
    // Reception is kept by pieces of ten minutes, so that the shift is one of whole pieces.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 143 }), (pieces) => {
        const ms = pieces * 600_000;
        const moved = eventsOf(told(rows.map((row) => ({ ...row, at: row.at + ms }))));
        expect(facts(moved, ms)).toEqual(facts(eventsOf(whole)));
      }),
      { numRuns: 8 },
    );
  });
});

describe('places', () => {
  const scene = (lon: number, lat: number) =>
    rowsOf([
      ...traffic(6, { at: START, hours: 40, lon, lat: lat + 0.1, apartDeg: 0.02 }),
      ...traffic(9, { at: START, hours: 40, lon, lat: lat - 4, apartDeg: 0.02, mmsi: 413_200_001 }),
      ...traffic(4, { at: START, hours: 9, lon, lat: lat - 1.5, apartDeg: 0.02, mmsi: 413_300_001 }),
      ...traffic(4, { at: later(20), hours: 20, lon, lat: lat - 1.5, apartDeg: 0.02, mmsi: 413_300_001 }),
      track({ mmsi: MMSI, at: START, lon, lat: lat - 0.5 })
        .sail(5, 6, 0)
        .silent(14)
        .sail(4, 6, 180),
    ]).map((row) => ({ ...row, ...(row.lon === undefined ? {} : { lon: ((row.lon + 540) % 360) - 180 }) }));
  // Without a shore no course leads into known water: only the figures of the silence count.
  const kinds = (rows: readonly TrackRow[]) =>
    tellRules({ tracks: [], rows })
      .filter((event) => OWN_TYPES.includes(event.type))
      .map((event) => `${event.type} ${event.state} ${event.openedAt} ${String(event.evidence['witnesses'])}`)
      .sort();

  test('count for nothing: the antimeridian is a meridian like any other', () => {
    fc.assert(
      fc.property(fc.double({ min: 179.9, max: 180.1, noNaN: true }), (lon) => {
        expect(kinds(scene(lon, 10))).toEqual(kinds(scene(10, 10)));
      }),
      { numRuns: 6 },
    );
  });

  test.each([
    ['north', 88],
    ['south', -84],
  ])('near the %s pole are judged as anywhere', (_, lat) => {
    const here = kinds(scene(50, lat));
    expect(here).toHaveLength(kinds(scene(50, 10)).length);
    expect(here.filter((kind) => kind.startsWith('transponder-gap closed'))).toHaveLength(1);
    expect(here.filter((kind) => kind.startsWith('feed-outage closed'))).toHaveLength(1);
  });
});

describe('other ships', () => {
  /** A region with the ship in it is out for 27 hours, while others are heard 240 km away. */
  const outage = [
    ...traffic(6, { at: START, hours: 6.5, ...SEA }),
    ...traffic(6, { at: later(33.5), hours: 20, ...SEA }),
    ...traffic(9, { at: START, hours: 56, lon: 122.75, lat: 37.5, mmsi: 413_200_001 }),
    dark(27.1),
  ];
  const ship = fc.record({
    lon: fc.double({ min: 121, max: 126, noNaN: true }),
    lat: fc.double({ min: 33, max: 37.9, noNaN: true }),
    fromH: fc.integer({ min: 0, max: 40 }),
    hours: fc.integer({ min: 1, max: 50 }),
  });

  test('never bring a void back, wherever and whenever they are heard outside the water that is out', () => {
    expect(gapOf(outage)?.state ?? 'retracted').toBe('retracted');
    fc.assert(
      fc.property(fc.array(ship, { maxLength: 6 }), (others) => {
        const more = others.map(({ lon, lat, fromH, hours }, i) =>
          track({ mmsi: 413_700_001 + i, at: later(fromH), lon, lat }).sail(hours, 0.4, 180),
        );
        const gap = gapOf([...outage, ...more]);
        expect(gap?.state ?? 'retracted').toBe('retracted');
      }),
      { numRuns: 12 },
    );
  });

  test('never make a ship silent that fell silent with its region, though some were heard there in the hour before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }), (hours) => {
        const more = hours.map((length, i) =>
          track({ mmsi: 413_700_001 + i, at: START, lon: 120.02, lat: 37.6 + i / 50 }).lie(length),
        );
        const gap = gapOf([...outage, ...more]);
        expect(gap?.verdict === 'silent' && gap.state !== 'retracted').toBe(false);
      }),
      { numRuns: 12 },
    );
  });

  test('that are taken away as witnesses never raise the confidence', () => {
    const witness = fc.record({
      lon: fc.double({ min: 119.7, max: 120.3, noNaN: true }),
      lat: fc.double({ min: 37.4, max: 37.9, noNaN: true }),
      everyMin: fc.integer({ min: 5, max: 150 }),
      untilH: fc.integer({ min: 12, max: 40 }),
    });
    const clock = traffic(8, { at: START, hours: 44, lon: 124, lat: 37.5, mmsi: 413_200_001 });
    fc.assert(
      fc.property(fc.array(witness, { minLength: 1, maxLength: 9 }), fc.nat(), (witnesses, which) => {
        const ships = witnesses.map(({ lon, lat, everyMin, untilH }, i) =>
          track({ mmsi: 413_700_001 + i, at: START, lon, lat, everyMin }).lie(untilH),
        );
        const without = ships.filter((_, i) => i !== which % ships.length);
        const all = gapOf([...clock, ...ships, dark(20)]);
        const less = gapOf([...clock, ...without, dark(20)]);
        expect(less?.last.confidence ?? 0).toBeLessThanOrEqual(all?.last.confidence ?? 0);
      }),
      { numRuns: 25 },
    );
  });
});

test('the gaps of one track never overlap', () => {
  const leg = fc.record({
    silentH: fc.integer({ min: 1, max: 20 }),
    heardH: fc.integer({ min: 1, max: 9 }),
    courseDeg: fc.integer({ min: 0, max: 359 }),
    jumpKm: fc.constantFrom(0, 0, 0, 400),
  });
  fc.assert(
    fc.property(fc.array(leg, { minLength: 2, maxLength: 6 }), (legs) => {
      const ship = track({ mmsi: MMSI, at: START, lon: 120, lat: 36 }).sail(3, 8, 0);
      legs.forEach(({ silentH, heardH, courseDeg, jumpKm }, i) => {
        if (jumpKm > 0) ship.jump(120 + (i % 2) * 4, 36);
        ship.silent(silentH, 5, courseDeg).sail(heardH, 5, courseDeg);
      });
      const gaps = tellRule('transponder-gap', {
        tracks: [...traffic(6, { at: START, hours: 150, lon: 120.3, lat: 36.3 }), ship],
      }).filter((gap) => gap.state !== 'retracted' && gap.mmsi === MMSI);
      for (const hull of new Set(gaps.map((gap) => gap.last.vesselId[0]))) {
        const own = gaps
          .filter((gap) => gap.last.vesselId[0] === hull)
          .sort((a, b) => a.last.openedAt - b.last.openedAt);
        own.slice(1).forEach((gap, i) => {
          expect(gap.last.openedAt).toBeGreaterThanOrEqual(own[i].last.closedAt ?? Infinity);
        });
      }
    }),
    { numRuns: 25 },
  );
});
