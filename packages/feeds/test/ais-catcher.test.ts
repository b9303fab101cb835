import { describe, expect, it } from 'vitest';
import { momentAt, readJson } from './json-reading.ts';

const LIVE = momentAt('2022-09-23T14:38:02Z');
const MESSAGE = {
  class: 'AIS',
  device: 'AIS-catcher',
  rxtime: '20220923143800',
  scaled: true,
  channel: 'B',
  nmea: ['!AIVDM,1,1,,B,33aEPB5P00PD=J4MWU`P0?v00Dg:,0*5D'],
  mmsi: 244670316,
  type: 3,
  status: 5,
  speed: 0.1,
  lon: 4.4,
  lat: 51.9,
  course: 210.1,
  heading: 511,
  second: 59,
};
const READ = {
  mmsi: 244670316,
  at: '2022-09-23T14:38:00.000Z',
  receivedAt: '2022-09-23T14:38:02.000Z',
  utcSecond: 59,
  lon: 4.4,
  lat: 51.9,
  sogKn: 0.1,
  cogDeg: 210.1,
  navStatus: 5,
  type: 3,
  class: 'A',
};

describe('aisCatcherReader', () => {
  it.each([
    ['a datagram', JSON.stringify(MESSAGE)],
    ['a datagram of two lines', `${JSON.stringify(MESSAGE)}\r\n`],
    ['the body of a post', JSON.stringify({ protocol: 'jsonaiscatcher', stationid: 's', msgs: [MESSAGE] })],
  ])('reads %s', (_what, message) => {
    expect(readJson('ais-catcher', '', { live: LIVE, messages: [[message]] }).rows).toEqual([READ]);
  });

  it('prefers the time with a fraction, and keeps long-range positions as sent', () => {
    const long = { ...MESSAGE, type: 27, rxuxtime: 1663943880.25, lon: 4.403, lat: 51.905 };
    expect(readJson('ais-catcher', `${JSON.stringify(long)}\n`).rows[0]).toMatchObject({
      at: '2022-09-23T14:38:00.250Z',
      lon: 4.403,
      lat: 51.905,
      type: 27,
    });
  });

  it('refuses what is broken in a body and takes the rest', () => {
    const body = JSON.stringify({
      msgs: [MESSAGE, 7, { ...MESSAGE, rxtime: '2022' }, { ...MESSAGE, lat: 99 }, MESSAGE],
    });
    const { rows, refused } = readJson('ais-catcher', '', { live: LIVE, messages: [[body]] });
    expect(rows).toHaveLength(2);
    expect(refused.map(({ code }) => code)).toEqual(['malformed', 'bad-time', 'position-range']);
  });
});
