import { loadGazetteer, readAnnouncements, windowEnd, type Announcement } from '@offing/gazetteer';
import { describe, expect, test } from 'vitest';

const HEADER =
  'id,port_id,country,barred,list,bars,from,until,utc_offset_h,window,announced_by,reported_by,denied_by,denied_on,note';
const GOOD = 'x,P,KR,dprk-call,,ships,2016-03-08,2016-12-01,9,180 days,a state,a paper,,,';

function read(row: string) {
  return readAnnouncements(`${HEADER}\n${row}\n`);
}

function rule(id: string): Announcement {
  const found = loadGazetteer().announcements.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no announcement ${id}`);
  return found;
}

describe('the table of announcements', () => {
  test('gives days of the place as instants, the last day among them', () => {
    expect(read(GOOD)).toMatchObject({
      refused: [],
      records: [
        {
          from: Date.parse('2016-03-07T15:00:00Z'),
          until: Date.parse('2016-12-01T15:00:00Z'),
          window: { length: 180, unit: 'days' },
          deniedBy: null,
        },
      ],
    });
  });

  test.each([
    ['no id', GOOD.replace('x,', ','), 'no-id'],
    ['a kind that is none', GOOD.replace('dprk-call', 'everyone'), 'unknown-kind'],
    ['a window of no unit', GOOD.replace('180 days', '180'), 'unknown-kind'],
    ['a window for a ban of a flag', GOOD.replace('dprk-call', 'dprk-flag'), 'unknown-kind'],
    ['a count of days without one', GOOD.replace('180 days', ''), 'unknown-kind'],
    ['a day that is none', GOOD.replace('2016-03-08', '2016-02-30'), 'bad-day'],
    ['an end before the beginning', GOOD.replace('2016-12-01', '2016-01-01'), 'bad-day'],
    ['a country that is none', GOOD.replace('KR', 'Korea'), 'bad-position'],
    ['a clock that is none', GOOD.replace(',9,', ',99,'), 'bad-position'],
  ])('refuses %s', (_, row, code) => {
    expect(read(row)).toEqual({ records: [], refused: [{ row: 1, code }] });
  });

  test('refuses an id that was there before', () => {
    expect(read(`${GOOD}\n${GOOD}`).refused).toEqual([{ row: 2, code: 'repeated-id' }]);
  });

  test('as shipped: every port is known, every row says who said so, and denials have their day', () => {
    const gazetteer = loadGazetteer();
    expect(gazetteer.announcements).toHaveLength(12);
    for (const { portId, announcedBy, reportedBy, deniedBy, deniedOn } of gazetteer.announcements) {
      if (portId !== null) expect(gazetteer.port(portId)).not.toBeNull();
      expect(announcedBy).not.toBe('');
      expect(reportedBy).not.toBe('');
      expect(deniedBy === null).toBe(deniedOn === null);
    }
  });
});

describe('the end of a window, in the calendar of Seoul', () => {
  test.each([
    ['180 days from a morning', 'kr-180d-2016', '2016-04-01T00:00:00Z', '2016-09-28T15:00:00Z'],
    [
      '180 days from just before midnight there',
      'kr-180d-2016',
      '2016-04-01T14:59:00Z',
      '2016-09-28T15:00:00Z',
    ],
    [
      '180 days from just after midnight there',
      'kr-180d-2016',
      '2016-04-01T15:00:00Z',
      '2016-09-29T15:00:00Z',
    ],
    ['a year', 'kr-1y-2016', '2016-12-10T03:00:00Z', '2017-12-10T15:00:00Z'],
    ['a year from 29 February', 'kr-1y-2016', '2020-02-29T03:00:00Z', '2021-02-28T15:00:00Z'],
  ])('%s', (_, id, calledAt, end) => {
    expect(new Date(windowEnd(rule(id), Date.parse(calledAt))).toISOString()).toBe(end.replace('Z', '.000Z'));
  });
});
