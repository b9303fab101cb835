import { describe, expect, it } from 'vitest';
import { readJson } from './json-reading.ts';

const CONTEXT = 'vessels.urn:mrn:imo:mmsi:244670316';

function delta(values: Readonly<Record<string, unknown>>, context = CONTEXT): string {
  const entries = Object.entries(values).map(([path, value]) => ({ path, value }));
  return JSON.stringify({
    context,
    updates: [{ $source: 'ais', timestamp: '2024-01-07T07:18:44.500Z', values: entries }],
  });
}

const messages = (...all: string[]) => readJson('signalk', '', { messages: all.map((one) => [one]) });

describe('signalkReader', () => {
  it('turns m/s and radians into knots and degrees', () => {
    const { rows } = messages(
      delta({
        'navigation.position': { longitude: 4.4, latitude: 51.9 },
        'navigation.speedOverGround': 5.144444,
        'navigation.courseOverGroundTrue': Math.PI / 2,
        'navigation.headingTrue': 2 * Math.PI,
      }),
    );
    expect(rows).toEqual([
      {
        mmsi: 244670316,
        at: '2024-01-07T07:18:44.500Z',
        lon: 4.4,
        lat: 51.9,
        sogKn: 10,
        cogDeg: 90,
        headingDeg: 0,
      },
    ]);
  });

  it('reads what is said of the ship', () => {
    const { rows } = messages(
      delta({
        '': { name: 'HAI YANG', mmsi: '244670316' },
        'communication.callsignVhf': 'V7WW7',
        'registrations.imo': 'IMO 9543756',
        'design.aisShipType': { id: 70, name: 'Cargo' },
        'design.length': { overall: 193 },
        'design.beam': 32,
        'design.draft': { current: 6.8 },
        'navigation.destination.commonName': 'DALIAN',
      }),
    );
    expect(rows[0].statics).toEqual({
      imoNumber: 9543756,
      callSign: 'V7WW7',
      shipName: 'HAI YANG',
      shipType: 70,
      lengthM: 193,
      beamM: 32,
      draughtM: 6.8,
      destination: 'DALIAN',
    });
  });

  it('counts a hello, the own ship, and paths that are not used', () => {
    const { rows, refused, counted } = messages(
      '{"name":"signalk-server","version":"2.0"}',
      delta({ 'navigation.position': { longitude: 4.4, latitude: 51.9 } }, 'vessels.self'),
      delta({ 'environment.depth.belowKeel': 3 }),
    );
    expect([rows, refused]).toEqual([[], []]);
    expect(counted).toEqual({ 'other-message': 1, 'other-context': 1, 'other-path': 1 });
  });

  it.each([
    ['no JSON', '{"context":', 'malformed'],
    ['an update that is no object', JSON.stringify({ context: CONTEXT, updates: [5] }), 'malformed'],
    ['a position of null', delta({ 'navigation.position': null }), 'no-position'],
    [
      'a position off the earth',
      delta({ 'navigation.position': { longitude: 400, latitude: 1 } }),
      'position-range',
    ],
  ])('refuses %s', (_what, message, code) => {
    const { rows, refused } = messages(message);
    expect([rows, refused.map((one) => one.code)]).toEqual([[], [code]]);
  });
});
