import { describe, expect, it } from 'vitest';
import { jsonSample, momentAt, readJson } from './json-reading.ts';

describe('barentswatchReader', () => {
  it('reads a recorded stream', () => {
    const { rows, refused, counted } = readJson(
      'barentswatch',
      jsonSample('barentswatch-combined-2023-04.ndjson'),
      { chunks: [11, 64] },
    );
    expect([refused, counted]).toEqual([[], {}]);
    expect(rows).toHaveLength(8);
    expect(rows[0]).toEqual({
      mmsi: 220632000,
      at: '2023-04-21T01:40:34.825Z',
      lon: 1.840345,
      lat: 58.417612,
      sogKn: 0.6,
      cogDeg: 188.4,
      headingDeg: 268,
      statics: { shipName: 'ESVAGT BERGEN', shipType: 51 },
    });
  });

  it('reads the same from an array', () => {
    const lines = jsonSample('barentswatch-combined-2023-04.ndjson').toString().trim().split('\n');
    const array = readJson('barentswatch', `[${lines.join(',')}]`);
    expect(array.rows).toEqual(readJson('barentswatch', lines.join('\n')).rows);
  });

  it('reads the full model: class, status, draught in 1/10 m, size and ETA', () => {
    const record = {
      type: 'Position',
      mmsi: 257000001,
      msgtime: '2023-04-21T01:40:34+02:00',
      latitude: 60,
      longitude: 5,
      navigationalStatus: 5,
      reportClass: 'A',
      imoNumber: 9543756,
      callSign: 'LAAA',
      draught: 68,
      shipLength: 100,
      shipWidth: 20,
      eta: '04210830',
      destination: 'BERGEN',
    };
    expect(readJson('barentswatch', JSON.stringify(record)).rows[0]).toMatchObject({
      at: '2023-04-20T23:40:34.000Z',
      class: 'A',
      navStatus: 5,
      statics: {
        imoNumber: 9543756,
        callSign: 'LAAA',
        draughtM: 6.8,
        lengthM: 100,
        beamM: 20,
        eta: '04-21T08:30Z',
        destination: 'BERGEN',
      },
    });
  });

  it('counts aids to navigation and refuses a record without a time or a place', () => {
    const live = momentAt('2023-04-21T02:00:00Z');
    const { rows, refused, counted } = readJson(
      'barentswatch',
      [
        '{"type":"Aton","mmsi":992570001,"msgtime":"2023-04-21T01:40:34Z"}',
        '{"mmsi":257000001,"latitude":60,"longitude":5}',
        '{"mmsi":257000001,"msgtime":"2023-04-21T01:40:34Z","latitude":null,"longitude":null}',
        '{"mmsi":257000001,"msgtime":"2023-04-21T01:40',
        '',
        '{"mmsi":257000001,"msgtime":"2023-04-21T01:40:34Z","latitude":60,"longitude":5}',
      ].join('\n'),
      { live },
    );
    expect(counted).toEqual({ 'aid-to-navigation': 1 });
    expect(refused.map(({ code, line }) => [line, code])).toEqual([
      [2, 'missing-field'],
      [3, 'no-position'],
      [4, 'malformed'],
    ]);
    expect(rows).toHaveLength(1);
  });
});
