import { describe, expect, it } from 'vitest';
import { jsonSample, momentAt, readJson } from './json-reading.ts';

const LIVE = momentAt('2024-03-01T12:00:00Z');
const POSITION = {
  class: 'AIS',
  device: 'tcp://127.0.0.1',
  type: 1,
  repeat: 0,
  mmsi: 413900100,
  scaled: true,
  status: 0,
  turn: 0,
  speed: 10.7,
  lon: 121.25382,
  lat: 38.02695,
  course: 326.6,
  heading: 325,
  second: 25,
};
const STATIC = {
  class: 'AIS',
  type: 5,
  mmsi: 413900100,
  scaled: true,
  imo: 9543756,
  callsign: 'V7WW7',
  shipname: 'HAI YANG',
  shiptype: 70,
  to_bow: 160,
  to_stern: 33,
  to_port: 20,
  to_starboard: 12,
  eta: '11-06T03:00Z',
  draught: 6.8,
  destination: 'DALIAN',
};

const lines = (...objects: object[]) => objects.map((one) => JSON.stringify(one)).join('\r\n');
const read = (...objects: object[]) =>
  readJson('gpsd', `${lines(...objects)}\r\n`, { live: LIVE, chunks: [5, 90] });

describe('gpsdReader', () => {
  const position = {
    mmsi: 413900100,
    at: '2024-03-01T12:00:00.000Z',
    receivedAt: '2024-03-01T12:00:00.000Z',
    utcSecond: 25,
    lon: 121.25382,
    lat: 38.02695,
    sogKn: 10.7,
    cogDeg: 326.6,
    headingDeg: 325,
    navStatus: 0,
    type: 1,
    class: 'A',
  };
  const unscaled = { ...POSITION, scaled: false, speed: 107, lon: 72752292, lat: 22816170, course: 3266 };

  it('reads scaled and unscaled positions alike, at the time of receipt', () => {
    const { rows, refused } = read(POSITION, unscaled);
    expect(refused).toEqual([]);
    expect(rows).toEqual([position, position]);
  });

  it('reads static reports, the draught in 1/10 m when unscaled', () => {
    const { rows } = read(STATIC, { ...STATIC, scaled: false, draught: 68 });
    expect(rows[0].statics).toEqual({
      imoNumber: 9543756,
      callSign: 'V7WW7',
      shipName: 'HAI YANG',
      shipType: 70,
      lengthM: 193,
      beamM: 32,
      draughtM: 6.8,
      destination: 'DALIAN',
      eta: '11-06T03:00Z',
    });
    expect(rows[1].statics).toEqual(rows[0].statics);
  });

  it('takes only what a part of type 24 says', () => {
    const { rows } = read(
      { class: 'AIS', type: 24, mmsi: 413900100, scaled: true, part: 'A', shipname: 'MIN YU' },
      {
        class: 'AIS',
        type: 24,
        mmsi: 413900100,
        scaled: true,
        part: 'B',
        shiptype: 30,
        callsign: 'BX',
        to_bow: 5,
        to_stern: 5,
      },
    );
    expect(rows.map(({ statics }) => statics)).toEqual([
      { shipName: 'MIN YU' },
      { callSign: 'BX', shipType: 30, lengthM: 10, beamM: null },
    ]);
  });

  it('leaves out long-range positions that are rounded to 0.1 degrees, and takes them unscaled', () => {
    const long = { class: 'AIS', type: 27, mmsi: 413900100, status: 0, speed: 63, course: 511 };
    const { rows, counted } = read(
      { ...long, scaled: true, lon: 121.3, lat: 38 },
      { ...long, scaled: false, lon: 72752, lat: 22816 },
    );
    expect(counted).toEqual({ 'rounded-position': 1 });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ lon: 121.2533333, lat: 38.0266667, type: 27 });
    expect(rows[0]).not.toHaveProperty('sogKn');
    expect(rows[0]).not.toHaveProperty('cogDeg');
  });

  it('goes on behind rubbish and counts what is no AIS', () => {
    const { rows, refused, counted } = readJson(
      'gpsd',
      `{"class":"VERSION","release":"3.25"}\nrubbish\n{"class":"AIS","type":99}\n{"class":"AIS","type":4,"mmsi":2570001}\n${lines(POSITION)}\n`,
      { live: LIVE },
    );
    expect(counted).toEqual({ 'other-class': 1, 'type-4': 1 });
    expect(refused.map(({ code, line }) => [line, code])).toEqual([
      [2, 'malformed'],
      [3, 'unknown-type'],
    ]);
    expect(rows).toHaveLength(1);
  });

  it('reads a recording with times of its own', () => {
    const { rows, refused } = readJson('gpsd', jsonSample('jiangsu-china-600011817-2014-08.jsonl.gz'));
    expect(rows.length + refused.length).toBe(187);
    expect(rows.length).toBeGreaterThan(150);
    expect(rows[0]).toMatchObject({
      mmsi: 600011817,
      at: '2014-08-11T19:28:29.000Z',
      lon: 119.5710678,
      lat: 32.0957146,
      sogKn: 2.2,
      cogDeg: 334.2,
      utcSecond: 24,
      type: 18,
      class: 'B',
    });
    expect(rows[0]).not.toHaveProperty('headingDeg');
    expect(rows.every(({ at }) => at >= '2014-08-11' && at < '2014-08-29')).toBe(true);
  });

  it('refuses a recording without a time', () => {
    expect(readJson('gpsd', lines(POSITION)).refused.map(({ code }) => code)).toEqual(['no-time']);
  });
});
