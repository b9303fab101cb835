import { describe, expect, it } from 'vitest';
import { jsonSample, momentAt, readJson } from './json-reading.ts';

const EXAMPLES = JSON.parse(jsonSample('digitraffic-mqtt-examples.json').toString()) as Record<
  string,
  object
>;
const LOCATION = EXAMPLES['vessels-v2/<mmsi>/location'];
const METADATA = EXAMPLES['vessels-v2/<mmsi>/metadata'];
const LIVE = momentAt('2022-11-10T10:10:30Z');

const mqtt = (body: object, topic: string) =>
  readJson('digitraffic', '', { live: LIVE, messages: [[JSON.stringify(body), topic]] });

describe('digitrafficReader', () => {
  it('takes the MMSI of an MQTT message from its topic and the time in seconds', () => {
    expect(mqtt(LOCATION, 'vessels-v2/538004567/location').rows).toEqual([
      {
        mmsi: 538004567,
        at: '2022-11-10T10:10:25.000Z',
        receivedAt: '2022-11-10T10:10:30.000Z',
        lon: 20.345818,
        lat: 60.03802,
        sogKn: 10.7,
        cogDeg: 326.6,
        headingDeg: 325,
        navStatus: 0,
      },
    ]);
  });

  it('reads metadata: time in ms, draught in 1/10 m, the ETA packed', () => {
    const [row] = mqtt(METADATA, 'vessels-v2/538004567/metadata').rows;
    expect(row).toMatchObject({ mmsi: 538004567, at: '2022-11-10T10:10:26.035Z' });
    expect(row).not.toHaveProperty('lon');
    expect(row.statics).toEqual({
      imoNumber: 9543756,
      callSign: 'V7WW7',
      shipName: 'ARUNA CIHAN',
      shipType: 70,
      lengthM: 193,
      beamM: 32,
      eta: '11-06T03:00Z',
      draughtM: 6.8,
      destination: 'UST LUGA',
    });
  });

  it.each([
    ['vessels-v2/status', 'status'],
    ['vessels-v2/538004567/else', 'other-topic'],
    ['vessels-v2/abc/location', 'other-topic'],
  ])('counts a message under %s', (topic, what) => {
    const { rows, refused, counted } = mqtt(LOCATION, topic);
    expect([rows, refused]).toEqual([[], []]);
    expect(counted).toEqual({ [what]: 1 });
  });

  it('reads lines with topic and payload as the messages they were', () => {
    const line = JSON.stringify({ topic: 'vessels-v2/538004567/location', payload: LOCATION });
    const { rows, refused } = readJson('digitraffic', `${line}\n{"topic":1}\n${line}`, {
      chunks: [7, 1, 30],
    });
    expect(rows.map(({ mmsi }) => mmsi)).toEqual([538004567, 538004567]);
    expect(refused.map(({ code, line: at }) => [code, at])).toEqual([['missing-field', 2]]);
  });

  it('reads a recorded answer with years-old positions at the times that the source gives', () => {
    const { rows, refused, counted } = readJson(
      'digitraffic',
      jsonSample('digitraffic-locations-2025-03-03.json.gz'),
    );
    const others = Object.values(counted).reduce((sum, n) => sum + n, 0);
    expect(rows.length + refused.length + others).toBe(1138);
    expect(refused.map(({ code }) => code)).toEqual([]);
    const times = rows.map(({ at }) => at).sort();
    expect([times[0].slice(0, 10), times[times.length - 1].slice(0, 10)]).toEqual([
      '2018-10-17',
      '2025-03-03',
    ]);
    expect(rows[0]).toEqual({
      mmsi: 354298000,
      at: '2024-05-13T11:02:11.198Z',
      lon: 22.119075,
      lat: 60.454183,
      sogKn: 0,
      headingDeg: 219,
      navStatus: 8,
      utcSecond: 10,
    });
  });

  it('refuses what is years old on a live feed, and takes the rest', () => {
    const sample = jsonSample('digitraffic-locations-2025-03-03.json.gz').toString();
    const live = momentAt('2025-03-03T23:59:00Z');
    const { rows, refused } = readJson('digitraffic', '', {
      live,
      messages: [[`{"type":"FeatureCollection","features":${sample}}`]],
    });
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['stale']));
    expect(refused.length).toBeGreaterThan(300);
    expect(rows.length).toBeGreaterThan(300);
    expect(rows.every(({ at }) => at > '2025-02-01')).toBe(true);
    expect(refused.every(({ raw }) => raw.length < 600)).toBe(true);
  });

  it('reads ships of the REST answer', () => {
    const ship = {
      mmsi: 230000001,
      timestamp: 1668075026035,
      name: 'NORDIC',
      callSign: 'OJXX',
      imo: 0,
      shipType: 70,
      draught: 0,
      eta: 0,
      destination: '',
      referencePointA: 10,
      referencePointB: 20,
      referencePointC: 3,
      referencePointD: 4,
    };
    const [row] = readJson('digitraffic', JSON.stringify([ship])).rows;
    expect(row.statics).toEqual({
      imoNumber: null,
      callSign: 'OJXX',
      shipName: 'NORDIC',
      shipType: 70,
      lengthM: 30,
      beamM: 7,
      eta: null,
      draughtM: null,
      destination: null,
    });
  });
});
