import { AIS_CLASS, MISSING_16, MISSING_8, NO_COORDINATE, RECEIVER_KIND } from '@offing/track';
import { describe, expect, it } from 'vitest';
import {
  classAFields,
  classBFields,
  partsOf,
  sentenceOf,
  tagBlock,
  voyageFields,
} from '../../ais/test/build-sentence.ts';
import type { PayloadField, PositionFields } from '../../ais/test/build-sentence.ts';
import { read, row, rows } from './nmea-reading.ts';

const AT = Date.UTC(2022, 10, 10, 2, 14, 57);
const TIMED = tagBlock('s:117,c:1668046497');
const timed = (sentence: string) => `${TIMED}${sentence}\r\n`;
const classA = (fields: PositionFields = {}) => timed(sentenceOf(classAFields(fields)));

const longRange = (f: { lon?: number; lat?: number; sog?: number; cog?: number } = {}): PayloadField[] => [
  [27, 6],
  [0, 2],
  [413_400_720, 30],
  [0, 2],
  [5, 4],
  [f.lon ?? 73_265, 18],
  [f.lat ?? 22_337, 17],
  [f.sog ?? 12, 6],
  [f.cog ?? 358, 9],
  [0, 2],
];

describe('nmeaReader: what a ship says', () => {
  it('reads a class A position', () => {
    const reading = read(classA({ navStatus: 5 }));
    expect(rows(reading)).toEqual([
      {
        at: AT,
        receivedAt: NaN,
        mmsi: 413_400_720,
        lonE7: 1_221_084_617,
        latE7: 372_289_150,
        sogDkn: 115,
        cogDdeg: 3581,
        headingDeg: 239,
        navStatus: 5,
        utcSecond: 54,
        messageType: 1,
        aisClass: AIS_CLASS.A,
        receiverKind: RECEIVER_KIND.unknown,
        feed: 7,
        statics: null,
      },
    ]);
    expect(reading.refused).toEqual([]);
    expect(reading.counted).toEqual({});
  });

  it('reads a class B position, which has no navigational status', () => {
    expect(row(read(timed(sentenceOf(classBFields()))))).toMatchObject({
      mmsi: 413_858_523,
      sogDkn: 52,
      cogDdeg: 2270,
      headingDeg: MISSING_16,
      navStatus: MISSING_8,
      utcSecond: 17,
      messageType: 18,
      aisClass: AIS_CLASS.B,
    });
  });

  it('reads a long-range position in its own units; the type alone proves no satellite', () => {
    expect(row(read(timed(sentenceOf(longRange()))))).toMatchObject({
      lonE7: 1_221_083_333,
      latE7: 372_283_333,
      sogDkn: 120,
      cogDdeg: 3580,
      headingDeg: MISSING_16,
      navStatus: 5,
      utcSecond: MISSING_8,
      messageType: 27,
      aisClass: AIS_CLASS.A,
      receiverKind: RECEIVER_KIND.unknown,
    });
    expect(row(read(timed(sentenceOf(longRange({ sog: 63, cog: 511 })))))).toMatchObject({
      sogDkn: MISSING_16,
      cogDdeg: MISSING_16,
    });
    expect(row(read(timed(sentenceOf(longRange({ sog: 62, cog: 0 })))))).toMatchObject({
      sogDkn: 620,
      cogDdeg: 0,
    });
  });

  it('marks as missing what is not available, and only that', () => {
    expect(row(read(classA({ sog: 1023, cog: 3600, heading: 511, second: 60 })))).toMatchObject({
      sogDkn: MISSING_16,
      cogDdeg: MISSING_16,
      headingDeg: MISSING_16,
      utcSecond: MISSING_8,
    });
    expect(row(read(classA({ sog: 1022, cog: 3599, heading: 359, second: 59 })))).toMatchObject({
      sogDkn: 1022,
      cogDdeg: 3599,
      headingDeg: 359,
      utcSecond: 59,
    });
    expect(row(read(classA({ sog: 0, cog: 0, heading: 0, second: 0 })))).toMatchObject({
      sogDkn: 0,
      cogDdeg: 0,
      headingDeg: 0,
      utcSecond: 0,
    });
  });

  it('reads the static report of a message in parts', () => {
    const [one, two] = partsOf(voyageFields(), 60);
    expect(row(read(`${TIMED}${one}\n${two}\n`))).toMatchObject({
      at: AT,
      mmsi: 413_400_720,
      lonE7: NO_COORDINATE,
      latE7: NO_COORDINATE,
      sogDkn: MISSING_16,
      cogDdeg: MISSING_16,
      headingDeg: MISSING_16,
      navStatus: MISSING_8,
      utcSecond: MISSING_8,
      messageType: 5,
      aisClass: AIS_CLASS.A,
      statics: {
        imoNumber: 9_611_008,
        callSign: 'BQAA',
        shipName: 'HAI YUN 7',
        shipType: 70,
        lengthM: 150,
        beamM: 24,
        draughtM: 6.5,
        destination: 'LONGKOU',
        eta: '11-05T21:30Z',
      },
    });
  });

  it('has null in a static report for what is not available', () => {
    const none = { imoNumber: 0, callSign: '', shipName: '@ABC', shipType: 0, bow: 0, stern: 0 };
    const more = {
      port: 0,
      starboard: 0,
      month: 0,
      day: 0,
      hour: 24,
      minute: 60,
      draught: 0,
      destination: ' ',
    };
    const reading = read(timed(sentenceOf(voyageFields({ ...none, ...more }))));
    const nothing = ['imoNumber', 'callSign', 'shipName', 'shipType', 'lengthM', 'beamM', 'draughtM'];
    expect(row(reading).statics).toEqual(
      Object.fromEntries([...nothing, 'destination', 'eta'].map((field) => [field, null])),
    );
  });

  it('keeps an IMO number as sent, right or wrong', () => {
    const reading = read(timed(sentenceOf(voyageFields({ imoNumber: 976_148_700 }))));
    expect(row(reading).statics).toMatchObject({ imoNumber: 976_148_700 });
  });

  it('reads parts A and B of type 24 with only the fields that each has', () => {
    const head = (part: number): PayloadField[] => [
      [24, 6],
      [0, 2],
      [413_858_523, 30],
      [part, 2],
    ];
    const a = sentenceOf([...head(0), ['LU RONG YU 5', 120]]);
    const b = sentenceOf([
      ...head(1),
      [30, 8],
      ['SRT', 18],
      [0, 24],
      ['BQAB', 42],
      [20, 9],
      [5, 9],
      [3, 6],
      [2, 6],
      [0, 6],
    ]);
    const [one, two] = rows(read(timed(a) + timed(b)));
    expect(one).toMatchObject({ messageType: 24, aisClass: AIS_CLASS.B, lonE7: NO_COORDINATE });
    expect(one.statics).toEqual({ shipName: 'LU RONG YU 5' });
    expect(two.statics).toEqual({ shipType: 30, callSign: 'BQAB', lengthM: 25, beamM: 5 });
  });

  const extended = (f: PositionFields = {}): PayloadField[] => [
    [19, 6],
    ...classBFields(f).slice(1, 11),
    [0, 4],
    ['MIN LIAN YU', 120],
    [30, 8],
    [20, 9],
    [5, 9],
    [3, 6],
    [2, 6],
    [1, 4],
    [0, 7],
  ];

  it('reads both position and statics of type 19', () => {
    expect(row(read(timed(sentenceOf(extended()))))).toMatchObject({
      sogDkn: 52,
      utcSecond: 17,
      messageType: 19,
      aisClass: AIS_CLASS.B,
      statics: { shipName: 'MIN LIAN YU', shipType: 30, lengthM: 25, beamM: 5 },
    });
  });

  it('keeps the statics of a type 19 without a position', () => {
    const reading = read(timed(sentenceOf(extended({ lon: 108_600_000, lat: 54_600_000 }))));
    expect(row(reading)).toMatchObject({ lonE7: NO_COORDINATE, statics: { shipName: 'MIN LIAN YU' } });
    expect(reading.counted).toEqual({ 'without-position': 1 });
  });

  it('interns equal statics once and tells those that differ in one bit apart', () => {
    const five = (draught: number) => timed(sentenceOf(voyageFields({ draught })));
    const reading = read(five(65) + five(66) + five(65));
    expect([...reading.records.staticId.subarray(0, 3)]).toEqual([0, 1, 0]);
  });

  it('reads own-ship sentences as well', () => {
    const sentence = '!AIVDO,1,1,,,1>kBm<AP00K5=7Lcj7707OvH05Jp,0*7B';
    expect(read(timed(sentence)).records.length + Object.keys(read(timed(sentence)).counted).length).toBe(1);
  });
});

describe('nmeaReader: what is not a ship, or no position', () => {
  it.each([
    [2_442_002, 'mmsi-coast-station'],
    [41_340_072, 'mmsi-group'],
    [111_232_506, 'mmsi-sar-aircraft'],
    [970_010_001, 'mmsi-sart'],
    [972_010_001, 'mmsi-mob'],
    [974_010_001, 'mmsi-epirb'],
    [984_130_001, 'mmsi-auxiliary-craft'],
    [994_136_354, 'mmsi-aid-to-navigation'],
    [800_000_001, 'mmsi-handheld'],
    [200_000_000, 'mmsi-invalid'],
    [776_000_000, 'mmsi-invalid'],
    [1, 'mmsi-invalid'],
  ])('counts a position of %i as %s', (mmsi, what) => {
    const reading = read(classA({ mmsi }));
    expect(reading.counted).toEqual({ [what]: 1 });
    expect(reading.records.length).toBe(0);
    expect(reading.refused).toEqual([]);
  });

  it('takes the first and last MMSI of ships', () => {
    expect(read(classA({ mmsi: 201_000_000 }) + classA({ mmsi: 775_999_999 })).records.length).toBe(2);
  });

  it.each([0, 1_000_000_000, 1_073_741_823])('refuses %i, which is no MMSI', (mmsi) => {
    expect(read(classA({ mmsi })).refused).toMatchObject([{ code: 'no-mmsi' }]);
  });

  it.each([
    [{ lon: 108_600_000 }, 'no-position'],
    [{ lat: 54_600_000 }, 'no-position'],
    [{ lon: 0, lat: 0 }, 'position-zero'],
    [{ lon: 108_000_001 }, 'position-range'],
    [{ lon: -108_000_001 }, 'position-range'],
    [{ lat: 54_000_001 }, 'position-range'],
    [{ lat: -54_000_001 }, 'position-range'],
  ])('refuses a ship at %j as %s and counts that it spoke', (fields, code) => {
    const reading = read(classA(fields));
    expect(reading.refused).toMatchObject([{ code, line: 1 }]);
    expect(reading.refused[0].why).toMatch(/longitude .*latitude /);
    expect(reading.records.length).toBe(0);
    expect(reading.counted).toEqual({ 'without-position': 1 });
  });

  it.each([
    [{ lon: 0, lat: 1 }, 0, 17],
    [{ lon: -108_000_000, lat: -54_000_000 }, -1_800_000_000, -900_000_000],
    [{ lon: 108_000_000, lat: 54_000_000 }, 1_800_000_000, 900_000_000],
  ])('takes a ship at %j', (fields, lonE7, latE7) => {
    expect(row(read(classA(fields)))).toMatchObject({ lonE7, latE7 });
  });

  it('refuses long-range positions by their own codes', () => {
    const codes = [{ lon: 108_600 }, { lat: 54_600 }, { lon: 0, lat: 0 }, { lon: 120_139 }].map(
      (f) => read(timed(sentenceOf(longRange(f)))).refused[0].code,
    );
    expect(codes).toEqual(['no-position', 'no-position', 'position-zero', 'position-range']);
  });

  it('counts types that are not used by their number', () => {
    const reading = read(timed('!AIVDM,1,1,,A,402M??AvAPP000h0MJR07Ug02H0I,0*10'));
    expect(reading.counted).toEqual({ 'type-4': 1 });
    expect(reading.refused).toEqual([]);
  });

  it.each([
    [classAFields().slice(0, 8), 89],
    [voyageFields().slice(0, 10), 258],
    [[...classAFields(), [0, 6]] as PayloadField[], 174],
  ])('never makes a record of a payload of another length (%#)', (fields, length) => {
    const reading = read(timed(sentenceOf(fields)));
    expect(reading.refused).toMatchObject([{ code: 'unsupported-length' }]);
    expect(reading.refused[0].why).toContain(`${length} bits`);
    expect(reading.records.length).toBe(0);
  });

  it.each([0, 28, 63])('refuses type %i', (type) => {
    expect(read(classA({ type })).refused).toMatchObject([{ code: 'unknown-type' }]);
  });
});
