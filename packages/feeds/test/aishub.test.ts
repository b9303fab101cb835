import { describe, expect, it } from 'vitest';
import { aishubAnswer } from '../src/aishub.ts';
import { momentAt, readJson } from './json-reading.ts';

const HUMAN = {
  MMSI: 413900100,
  TIME: '2021-07-09 08:06:58 GMT',
  LONGITUDE: 121.25382,
  LATITUDE: 38.02695,
  COG: 307.9,
  SOG: 10.7,
  HEADING: 308,
  ROT: 0,
  NAVSTAT: 0,
  IMO: 9543756,
  NAME: 'HAI YANG',
  CALLSIGN: 'V7WW7',
  TYPE: 70,
  A: 160,
  B: 33,
  C: 20,
  D: 12,
  DRAUGHT: 6.8,
  DEST: 'DALIAN',
  ETA: '11-06 03:00',
};
const RAW = {
  ...HUMAN,
  TIME: '1625818018',
  LONGITUDE: 72752292,
  LATITUDE: 22816170,
  COG: 3079,
  SOG: 107,
  DRAUGHT: 68,
  ETA: 733376,
};

function answer(rows: readonly unknown[], format = 'HUMAN'): string {
  return JSON.stringify([{ ERROR: false, USERNAME: 'U', FORMAT: format, RECORDS: rows.length }, rows]);
}

const READ = {
  mmsi: 413900100,
  at: '2021-07-09T08:06:58.000Z',
  receivedAt: '2021-07-09T08:07:30.000Z',
  lon: 121.25382,
  lat: 38.02695,
  sogKn: 10.7,
  cogDeg: 307.9,
  headingDeg: 308,
  navStatus: 0,
  statics: {
    imoNumber: 9543756,
    callSign: 'V7WW7',
    shipName: 'HAI YANG',
    shipType: 70,
    lengthM: 193,
    beamM: 32,
    draughtM: 6.8,
    destination: 'DALIAN',
    eta: '11-06T03:00Z',
  },
};

describe('aishubReader', () => {
  const live = momentAt('2021-07-09T08:07:30Z');

  it.each([
    ['format=1', answer([HUMAN])],
    ['format=0', answer([RAW], 'AIS')],
    ['format=0 with numbers', answer([{ ...RAW, TIME: 1625818018 }], 'AIS')],
  ])('reads %s', (_format, content) => {
    expect(readJson('aishub', '', { live, messages: [[content]] }).rows).toEqual([READ]);
  });

  it('refuses old rows, rows without a place, and an error with its words', () => {
    const rows = [
      { ...HUMAN, TIME: '2021-01-09 08:06:58 GMT' },
      { TIME: 1 },
      { ...HUMAN, LATITUDE: 91, LONGITUDE: 181, IMO: 0 },
      5,
    ];
    const { refused, rows: read } = readJson('aishub', '', {
      live,
      messages: [[answer(rows)], ['[{"ERROR":true,"USERNAME":"U","ERROR_MESSAGE":"Username not valid"}]']],
    });
    expect(refused.map(({ code }) => code)).toEqual(['stale', 'missing-field', 'malformed', 'malformed']);
    expect(refused[3].why).toBe('Username not valid');
    expect(read.map(({ lon }) => lon)).toEqual([undefined]);
  });
});

describe('aishubAnswer', () => {
  it.each([
    ['', 'throttled'],
    ['\r\n', 'throttled'],
    ['[{"ERROR":true,"USERNAME":"U","ERROR_MESSAGE":"Too frequent requests!"}]', 'throttled'],
    ['[{"ERROR":true,"USERNAME":"U","ERROR_MESSAGE":"Username not valid"}]', 'refused'],
    [answer([]), 'rows'],
    [answer([{ ...HUMAN, NAME: 'TOO FREQUENT' }]), 'rows'],
  ])('takes %j for %s', (body, kind) => {
    expect(aishubAnswer(Buffer.from(body)).kind).toBe(kind);
  });
});
