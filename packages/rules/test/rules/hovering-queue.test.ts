import { describe, expect, test } from 'vitest';
import { madeUpGazetteer, tellRule, track, type TrackBuilder } from '@offing/testkit';
import { readAnnouncements } from '@offing/gazetteer';

const START = Date.parse('2016-10-04T00:00:00Z');
const DAY = 86_400_000;
const ROADS = { lon: 120, lat: 37.9 };
/** 25 km off the coast and 14 km from the nearest anchorage point of Eastwick. */
const OUTSIDE = { lon: 119.85, lat: 37.8 };
const NORTH = 0;
const SOUTH = 180;

function arriving(
  mmsi: number,
  day: number,
  place: { readonly lon: number; readonly lat: number },
): TrackBuilder {
  const at = new Date(START + day * DAY).toISOString();
  return track({ mmsi, at, lon: place.lon, lat: place.lat - 0.9, everyMin: 30 }).sail(4.5, 12, NORTH);
}

/** Ships that each wait so many days and then berth, one a day. */
function queue(count: number, waitD: number, place = ROADS): TrackBuilder[] {
  return Array.from({ length: count }, (_, i) => {
    const hours = (37.994 - place.lat) * 111.195;
    return arriving(413_000_100 + i, i, place)
      .lie(waitD * 24)
      .sail(hours / 18.52, 10, NORTH)
      .jump(120, 37.994)
      .status(5)
      .lie(20, 0)
      .status(0)
      .sail(10, 10, SOUTH);
  });
}

const told = (tracks: readonly TrackBuilder[], mmsi: number) =>
  tellRule('hovering', { tracks }).filter((event) => event.mmsi === mmsi);

describe('a wait against the port’s own history', () => {
  const late = (days: number) => arriving(413_000_999, 40, ROADS).lie(days * 24);

  test.each([
    ['11 days where ships wait 2', 2, 11, 1],
    ['9 days where ships wait 2', 2, 9, 0],
    ['11 days where ships wait 8', 8, 11, 0],
    ['13 days where ships wait 8', 8, 13, 1],
  ])('%s', (_, waitD, days, count) => {
    expect(told([...queue(36, waitD), late(days)], 413_000_999)).toHaveLength(count);
  });

  test('prints the comparison in numbers', () => {
    const [stay] = told([...queue(36, 2), late(11)], 413_000_999);
    expect(stay.evidence).toMatchObject({
      reasons: ['longer-than-queue'],
      queue: { limitD: 10, completedWaits: 36, waitsOf: 'ships of any size', leftWithoutVisit: 0 },
    });
    const { percentile95H, spanD } = stay.evidence['queue'] as { percentile95H: number; spanD: number };
    expect(Math.abs(percentile95H - 48)).toBeLessThan(2);
    expect(spanD).toBe(35);
  });

  test('is not told by a history that is too short', () => {
    expect(told([...queue(20, 2), late(11)], 413_000_999)).toEqual([]);
  });

  test('is the same for any cut of the records, with restarts', () => {
    const tracks = [...queue(33, 1), late(11)];
    const whole = tellRule('hovering', { tracks });
    expect(whole).toHaveLength(1);
    expect(tellRule('hovering', { tracks, cuts: [500, 1000, 1500, 2000, 3000], restart: true })).toEqual(
      whole,
    );
  });

  test('counts those that left without a visit', () => {
    const leaving = arriving(413_000_900, 2, ROADS).lie(48).sail(30, 10, SOUTH);
    const [stay] = told([...queue(36, 2), leaving, late(11)], 413_000_999);
    expect(stay.evidence['queue']).toMatchObject({ leftWithoutVisit: 1 });
  });
});

describe('a place outside the anchorage points', () => {
  test('is no longer outside where ships waited that berthed afterwards', () => {
    const last = arriving(413_000_999, 40, OUTSIDE).lie(30);
    expect(told([last], 413_000_999)).toMatchObject([{ evidence: { reasons: ['outside-anchorages'] } }]);
    expect(told([...queue(36, 0.8, OUTSIDE), last], 413_000_999)).toEqual([]);
  });
});

describe('a ship that an announcement bars', () => {
  const text = [
    'id,port_id,country,barred,list,bars,from,until,utc_offset_h,window,announced_by,reported_by,denied_by,denied_on,note',
    'x,made-eastwick,CN,dprk-flag,,all DPRK ships,2016-10-01,,8,,a port,a paper,,,',
  ].join('\n');

  test('is told off that port with the announcement', () => {
    const gazetteer = madeUpGazetteer(readAnnouncements(text).records);
    const tracks = [arriving(445_900_001, 0, ROADS).lie(30)];
    expect(tellRule('hovering', { tracks, gazetteer })).toMatchObject([
      { evidence: { reasons: ['nexus', 'barred'], barredBy: ['x'] } },
    ]);
  });
});
