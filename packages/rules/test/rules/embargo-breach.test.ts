import { makeRegister, type Designation } from '@offing/designations';
import { readAnnouncements } from '@offing/gazetteer';
import { madeUpGazetteer, tellRule, track, type RuleTest, type TrackBuilder } from '@offing/testkit';
import { describe, expect, test } from 'vitest';

const IMO = 9_100_011;
const DPRK_MMSI = 445_900_001;
const BERTH = { lon: 120, lat: 37.995 };
const HEADER =
  'id,port_id,country,barred,list,bars,from,until,utc_offset_h,window,announced_by,reported_by,denied_by,denied_on,note';

function gazetteer(...rows: readonly string[]) {
  return madeUpGazetteer(readAnnouncements([HEADER, ...rows].join('\n')).records);
}

const FLAG =
  'flag,made-eastwick,CN,dprk-flag,,all DPRK-flagged vessels,2016-03-21,,8,,local port authority,a paper,,,';
const DENIED = FLAG.replace('a paper,,', 'a paper,a ministry,2016-03-23');
const LISTED =
  'list,,CN,listed,MADE-UP / UNSCR 2270,the listed ships,2016-03-03,2016-03-31,8,,a government,a paper,,,';
const CARGO = 'coal,,CN,cargo,,coal,2016-01-01,,8,,a ministry,a paper,,,';

function calls(at: string, more: Partial<RuleTest>, mmsi = DPRK_MMSI, ship = calling) {
  return tellRule('embargo-breach', { tracks: [ship(at, mmsi)], gazetteer: gazetteer(FLAG), ...more });
}

/** A ship that comes from the open sea and is at its berth after two hours. */
function calling(at: string, mmsi: number): TrackBuilder {
  const start = { mmsi, at, lon: 120, lat: 37.7, report: { imoNumber: IMO, shipName: 'MADE UP' } };
  return track(start).sail(1.77, 10, 0).jump(BERTH.lon, BERTH.lat).lie(20, 0).sail(3, 10, 180);
}

describe('a call of a ship that an announcement bars', () => {
  test('is told with the visit, and with who said so', () => {
    const [breach, ...more] = calls('2016-03-25T00:00:00Z', {});
    expect(more).toEqual([]);
    expect(breach).toMatchObject({
      port: 'Eastwick',
      changes: ['opened', 'closed'],
      last: { confidence: 0.9, severity: 'high', nexus: true },
      evidence: { alleged: false, announcements: [{ id: 'flag', announcedBy: 'local port authority' }] },
    });
    expect(breach.sentence).toContain('apparently bars it: all DPRK-flagged vessels since 2016-03-21');
  });

  test('is called alleged where the ban was denied, at lower confidence', () => {
    const [breach] = calls('2016-03-25T00:00:00Z', { gazetteer: gazetteer(DENIED) });
    expect(breach).toMatchObject({
      last: { confidence: 0.54, severity: 'medium' },
      evidence: { alleged: true },
    });
    expect(breach.sentence).toContain('allegedly bars it');
    expect(breach.sentence).toContain('denied by a ministry on 2016-03-23');
  });

  test.each([
    ['the evening before the day there', '2016-03-20T13:30:00Z', 0],
    ['in the first hour of the day there', '2016-03-20T15:00:00Z', 1],
  ])('that comes in %s', (_, at, count) => {
    expect(calls(at, {})).toHaveLength(count);
  });

  test('that was first heard at its berth is told at lower confidence', () => {
    const lying = (at: string, mmsi: number) => track({ mmsi, at, ...BERTH }).lie(20, 0);
    expect(calls('2016-03-25T00:00:00Z', {}, DPRK_MMSI, lying)).toMatchObject([
      { last: { confidence: 0.54 } },
    ]);
  });

  test('by a list counts the ships of that programme while they are on it', () => {
    const listed = (more: Partial<Designation>) => makeRegister([{ ...ENTRY, ...more }]);
    const told = (at: string, register: ReturnType<typeof makeRegister>) =>
      calls(at, { gazetteer: gazetteer(LISTED), register }, 413_000_777);
    expect(told('2016-03-10T00:00:00Z', listed({}))).toHaveLength(1);
    expect(told('2016-03-28T00:00:00Z', listed({ delistedOn: '2016-03-21' }))).toEqual([]);
    expect(told('2016-03-10T00:00:00Z', listed({ program: 'UNSCR 2321' }))).toEqual([]);
    expect(told('2016-04-10T00:00:00Z', listed({}))).toEqual([]);
  });
});

describe('must stay silent for', () => {
  test('a visit that began before the announcement', () => {
    const staying = (at: string, mmsi: number) => calling(at, mmsi).sail(0.1, 1, 0);
    expect(calls('2016-03-20T05:00:00Z', {}, DPRK_MMSI, staying)).toEqual([]);
  });

  test('a ship of another flag', () => {
    expect(calls('2016-03-25T00:00:00Z', {}, 413_000_777)).toEqual([]);
  });

  test('another port', () => {
    const other = FLAG.replace('made-eastwick', 'made-farwick');
    expect(calls('2016-03-25T00:00:00Z', { gazetteer: gazetteer(other) })).toEqual([]);
  });

  test('an announcement that bars cargo', () => {
    expect(calls('2016-03-25T00:00:00Z', { gazetteer: gazetteer(CARGO) })).toEqual([]);
  });

  test('a wait on the roads, and passing through', () => {
    const waiting = (at: string, mmsi: number) =>
      track({ mmsi, at, lon: 120, lat: 37.7, navStatus: 1 }).sail(1, 10, 0).jump(120, 37.9).lie(30);
    const passing = (at: string, mmsi: number) => track({ mmsi, at, lon: 119.5, lat: 37.99 }).sail(5, 10, 90);
    expect(calls('2016-03-25T00:00:00Z', {}, DPRK_MMSI, waiting)).toEqual([]);
    expect(calls('2016-03-25T00:00:00Z', {}, DPRK_MMSI, passing)).toEqual([]);
  });

  test('a call that is only possible, during a silence inside the port', () => {
    const silent = (at: string, mmsi: number) =>
      track({ mmsi, at, lon: 120, lat: 37.7 }).sail(1.7, 10, 0).silent(6).sail(3, 8, 180);
    expect(calls('2016-03-25T00:00:00Z', {}, DPRK_MMSI, silent)).toEqual([]);
  });
});

const ENTRY: Designation = {
  designationId: 'd_1',
  list: 'MADE-UP',
  entryId: null,
  imoNumber: IMO,
  mmsi: null,
  callSign: null,
  shipName: 'MADE UP',
  flag: null,
  program: 'UNSCR 2270 (2016) Annex III',
  designatedOn: '2016-03-02',
  delistedOn: null,
  knownSince: 0,
  delistingKnownSince: null,
  source: 'made up',
};
