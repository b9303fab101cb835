import { tellRules, track, traffic, type RuleTest, type ToldEvent, type TrackRow } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

const MMSI = 413_900_001;
const START = '2016-11-05T18:00:00Z';
const HOUR = 3_600_000;
const WEST = { lon: 120, lat: 37 };
const EAST = { lon: 126, lat: 36 };
const CLOCK = traffic(6, { at: START, hours: 120, lon: 121, lat: 37 });

/** A gap that goes on when the recording ends: the tracks here end before the clock does. */
function isGoing(event: ToldEvent): boolean {
  return event.type === 'transponder-gap' && event.state === 'open';
}

/** Events of the ship's MMSI. */
function told(
  tracks: readonly ReturnType<typeof track>[],
  more: Partial<RuleTest> = {},
): readonly ToldEvent[] {
  return tellRules({ tracks: [...CLOCK, ...tracks], ...more }).filter(
    (event) => event.mmsi === MMSI && !isGoing(event),
  );
}

function standing(tracks: readonly ReturnType<typeof track>[], rows: readonly TrackRow[] = []) {
  return told(tracks, { rows })
    .filter((event) => event.state !== 'retracted')
    .map((event) => event.type);
}

function ship(place: { readonly lon: number; readonly lat: number }, afterMin = 0, everyMin = 10) {
  const at = new Date(Date.parse(START) + afterMin * 60_000).toISOString();
  return track({ mmsi: MMSI, at, ...place, everyMin });
}

describe('two hulls on one MMSI', () => {
  test('that are heard in turn are one shared-mmsi, and nothing else', () => {
    const tracks = [ship(WEST).sail(30, 8, 90), ship(EAST, 5).sail(30, 8, 180)];
    const events = told(tracks);
    expect(events.map((event) => event.type)).toEqual(['shared-mmsi']);
    const [event] = events;
    expect(event).toMatchObject({ state: 'closed', openedAt: '2016-11-05T18:05:00.000Z' });
    expect(event.changes).toEqual(['opened', 'closed']);
    expect(event.last.mmsi).toEqual([MMSI]);
    expect(new Set(event.last.vesselId).size).toBe(2);
    expect(Date.parse(event.closedAt ?? '') - Date.parse('2016-11-06T23:55:00Z')).toBeLessThan(HOUR);
    expect(event.evidence).toMatchObject({ hullsHeard: 2, awayH: 24 });
    expect(Number(event.evidence['apartKm'])).toBeGreaterThan(300);
    expect(event.sentence).toContain('2 hulls at once');
  });

  test('report at different rates, at the same instants, and across the antimeridian', () => {
    expect(standing([ship(WEST).sail(20, 8, 90), ship(EAST, 0, 60).sail(20, 8, 180)])).toEqual([
      'shared-mmsi',
    ]);
    const line = { lon: 179.9, lat: 36 };
    const beyond = { lon: -175, lat: 36 };
    expect(standing([ship(line).sail(20, 8, 90), ship(beyond, 5).sail(20, 8, 270)])).toEqual(['shared-mmsi']);
  });

  test('close when one of them stays away for a day, and open anew when both are heard in turn again', () => {
    const again = new Date(Date.parse(START) + 60 * HOUR).toISOString();
    const one = ship(WEST).lie(100);
    const two = ship(EAST, 5).sail(6, 8, 180);
    const back = track({ mmsi: MMSI, at: again, ...EAST }).sail(6, 8, 180);
    const events = told([one, two, back]).filter((event) => event.type === 'shared-mmsi');
    expect(events.map((event) => event.state)).toEqual(['closed', 'closed']);
    expect(events[0].id).not.toBe(events[1].id);
    expect(Date.parse(events[0].closedAt ?? '')).toBeLessThan(Date.parse(START) + 7 * HOUR);
  });

  test('many hulls on a placeholder number are one event that is told again as they grow in number', () => {
    const hulls = Array.from({ length: 9 }, (_, i) =>
      ship({ lon: 110 + i * 5, lat: 20 }, i).sail(10, 8, 180),
    );
    const events = told(hulls);
    expect(events.map((event) => event.type)).toEqual(['shared-mmsi']);
    expect(events[0].evidence['hullsHeard']).toBe(9);
    expect(events[0].changes).toEqual(['opened', 'revised', 'revised', 'closed']);
  });
});

describe('is not told of', () => {
  test('one noisy fix, however often it comes', () => {
    const rows = [3, 6, 9, 12].map((hour) => ({
      at: Date.parse(START) + hour * HOUR + 1000,
      mmsi: MMSI,
      lon: 100 + hour,
      lat: -20,
      sogKn: 9,
    }));
    expect(standing([ship(WEST).sail(20, 8, 90)], rows)).toEqual([]);
  });

  test('two fixes with one fault', () => {
    const rows = [0, 1].map((i) => ({
      at: Date.parse(START) + 5 * HOUR + i * 60_000,
      mmsi: MMSI,
      lon: 100,
      lat: 10,
    }));
    expect(standing([ship(WEST).sail(20, 8, 90)], rows)).toEqual([]);
  });

  test('a ship heard by two feeds', () => {
    const feeds = ['a', 'b'].map((name) => ({ name, synthetic: true }));
    const rows = ship(WEST)
      .sail(20, 8, 90)
      .rows.map((row) => ({ ...row, feed: 1, at: row.at + 7000 }));
    expect(told([ship(WEST).sail(20, 8, 90)], { rows, feeds }).map((event) => event.type)).toEqual([]);
  });
});
