import { describe, expect, it } from 'vitest';
import { momentAt, readJson } from './json-reading.ts';

const TIME = '2025-05-15 09:27:38.342017448 +0000 UTC';
const LIVE = momentAt('2025-05-15T09:27:39Z');

/** An envelope as aisstream.io sends it. */
function envelope(type: string, body: object, meta: object = {}): string {
  const metaData = {
    MMSI: 413900100,
    ShipName: 'HAI YANG            ',
    latitude: 38,
    longitude: 121,
    time_utc: TIME,
  };
  return JSON.stringify({ Message: { [type]: body }, MessageType: type, MetaData: { ...metaData, ...meta } });
}

const POSITION = {
  Cog: 308.2,
  Latitude: 38.02695,
  Longitude: 121.25382,
  MessageID: 3,
  NavigationalStatus: 1,
  Sog: 0.2,
  Timestamp: 31,
  TrueHeading: 235,
  UserID: 413900100,
  Valid: true,
};

const messages = (...all: string[]) =>
  readJson('aisstream', '', { live: LIVE, messages: all.map((one) => [one]) });

describe('aisstreamReader', () => {
  it('reads a position report with the three times apart', () => {
    expect(messages(envelope('PositionReport', POSITION)).rows).toEqual([
      {
        mmsi: 413900100,
        at: '2025-05-15T09:27:38.342Z',
        receivedAt: '2025-05-15T09:27:39.000Z',
        utcSecond: 31,
        lon: 121.25382,
        lat: 38.02695,
        sogKn: 0.2,
        cogDeg: 308.2,
        headingDeg: 235,
        navStatus: 1,
        type: 3,
        class: 'A',
      },
    ]);
  });

  it.each([
    ['2025-05-15 09:27:38 +0000 UTC', '2025-05-15T09:27:38.000Z'],
    ['2025-05-15 09:27:38.3 +0000 UTC', '2025-05-15T09:27:38.300Z'],
    ['2025-05-15 09:27:38.342017 +0000 UTC', '2025-05-15T09:27:38.342Z'],
    ['2025-05-15 09:27:38.999999999 +0000 UTC', '2025-05-15T09:27:38.999Z'],
  ])('reads the time %s', (time_utc, at) => {
    expect(messages(envelope('PositionReport', POSITION, { time_utc })).rows[0].at).toBe(at);
  });

  it.each([
    ['speed', { Sog: 102.3 }, 'sogKn'],
    ['course', { Cog: 360 }, 'cogDeg'],
    ['heading', { TrueHeading: 511 }, 'headingDeg'],
    ['second', { Timestamp: 60 }, 'utcSecond'],
    ['speed of type 27', { MessageID: 27, Sog: 63 }, 'sogKn'],
    ['course of type 27', { MessageID: 27, Cog: 511 }, 'cogDeg'],
  ])('takes %s that is not available for missing', (_what, fields, missing) => {
    const type = 'MessageID' in fields ? 'LongRangeAisBroadcastMessage' : 'PositionReport';
    const { rows } = messages(envelope(type, { ...POSITION, ...fields }));
    expect(rows).toHaveLength(1);
    expect(rows[0]).not.toHaveProperty(missing);
  });

  it('keeps a speed of 102.2 kn, which says that or more', () => {
    expect(messages(envelope('PositionReport', { ...POSITION, Sog: 102.2 })).rows[0].sogKn).toBe(102.2);
  });

  it('reads class B positions without a status, the extended one with what it says of the ship', () => {
    const extended = {
      ...POSITION,
      MessageID: 19,
      Name: 'MIN YU 1@@@',
      Type: 30,
      Dimension: { A: 10, B: 8, C: 2, D: 3 },
    };
    const { rows } = messages(
      envelope('StandardClassBPositionReport', { ...POSITION, MessageID: 18 }),
      envelope('ExtendedClassBPositionReport', extended),
    );
    expect(rows.map((row) => [row.type, row.class, row.navStatus])).toEqual([
      [18, 'B', undefined],
      [19, 'B', undefined],
    ]);
    expect(rows[1].statics).toEqual({ shipName: 'MIN YU 1', shipType: 30, lengthM: 18, beamM: 5 });
  });

  it('reads static data, never with the place of the metadata', () => {
    const body = {
      MessageID: 5,
      UserID: 413900100,
      Valid: true,
      ImoNumber: 9543756,
      CallSign: 'V7WW7 ',
      Name: 'HAI YANG            ',
      Type: 70,
      Dimension: { A: 160, B: 33, C: 20, D: 12 },
      Eta: { Month: 11, Day: 6, Hour: 3, Minute: 0 },
      MaximumStaticDraught: 6.8,
      Destination: 'DALIAN@@@@@@',
    };
    const [row] = messages(envelope('ShipStaticData', body)).rows;
    expect(row).not.toHaveProperty('lon');
    expect(row.statics).toEqual({
      imoNumber: 9543756,
      callSign: 'V7WW7',
      shipName: 'HAI YANG',
      shipType: 70,
      lengthM: 193,
      beamM: 32,
      eta: '11-06T03:00Z',
      draughtM: 6.8,
      destination: 'DALIAN',
    });
  });

  it('reads each part of type 24 as what it says, and refuses one that says nothing', () => {
    const none = { Valid: false, Name: '' };
    const part = (fields: object) =>
      envelope('StaticDataReport', {
        MessageID: 24,
        UserID: 413900100,
        Valid: true,
        ReportA: none,
        ReportB: none,
        ...fields,
      });
    const { rows, refused } = messages(
      part({ ReportA: { Valid: true, Name: 'A SHIP' } }),
      part({
        ReportB: { Valid: true, CallSign: 'BXYZ', ShipType: 30, Dimension: { A: 1, B: 2, C: 0, D: 0 } },
      }),
      part({}),
    );
    expect(rows.map((row) => row.statics)).toEqual([
      { shipName: 'A SHIP' },
      { callSign: 'BXYZ', shipType: 30, lengthM: 3, beamM: null },
    ]);
    expect(refused.map(({ code }) => code)).toEqual(['no-position']);
  });

  it.each([
    ['no JSON', '{"MessageType":"Posi', 'malformed'],
    ['no envelope', '{"error":"Api Key Is Not Valid"}', 'missing-field'],
    ['a number', '7', 'missing-field'],
    ['a message that is not valid', envelope('PositionReport', { ...POSITION, Valid: false }), 'malformed'],
    ['no message', envelope('PositionReport', {}), 'no-position'],
    ['no place', envelope('PositionReport', { ...POSITION, Latitude: 91, Longitude: 181 }), 'no-position'],
    ['a place off the earth', envelope('PositionReport', { ...POSITION, Latitude: 95 }), 'position-range'],
    ['null island', envelope('PositionReport', { ...POSITION, Latitude: 0, Longitude: 0 }), 'position-zero'],
    ['a broken time', envelope('PositionReport', POSITION, { time_utc: 'soon' }), 'bad-time'],
    [
      'a time to come',
      envelope('PositionReport', POSITION, { time_utc: '2025-05-15 11:00:00 +0000 UTC' }),
      'future-time',
    ],
    [
      'a time long ago',
      envelope('PositionReport', POSITION, { time_utc: '2025-03-15 09:00:00 +0000 UTC' }),
      'stale',
    ],
    ['no MMSI', envelope('PositionReport', { ...POSITION, UserID: 0 }), 'no-mmsi'],
  ])('refuses %s', (_what, message, code) => {
    const { rows, refused } = messages(message);
    expect(rows).toEqual([]);
    expect(refused.map((one) => [one.code, one.raw])).toEqual([[code, message]]);
  });

  it('counts other messages by their type and other senders by their kind', () => {
    const { rows, refused, counted } = messages(
      envelope('AidsToNavigationReport', { MessageID: 21, UserID: 994131001 }),
      envelope('SomethingNew', { MessageID: 'x' }),
      envelope('PositionReport', { ...POSITION, UserID: 111232512 }),
    );
    expect([rows, refused]).toEqual([[], []]);
    expect(counted).toEqual({ 'type-21': 1, 'other-message': 1, 'mmsi-sar-aircraft': 1 });
  });

  it('takes the time of receipt where the metadata has none', () => {
    expect(messages(envelope('PositionReport', POSITION, { time_utc: undefined })).rows[0].at).toBe(
      '2025-05-15T09:27:39.000Z',
    );
  });
});
