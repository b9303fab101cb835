import { decodePayload, isDecodeFault } from '@offing/ais';
import type { AisMessage } from '@offing/ais';
import { MISSING_16, MISSING_8, NO_COORDINATE } from '@offing/track';
import { isShipMmsi } from '@offing/units';
import { describe, expect, it } from 'vitest';
import type { RejectCode } from '../src/feed.ts';
import { nmeaFrames } from '../src/nmea-frames.ts';
import { decode, read, rows, SAMPLES, sample } from './nmea-reading.ts';

const START = Date.UTC(2016, 10, 5);
const POSITION_TYPES = [1, 2, 3, 18, 19, 27];
const STATIC_TYPES = [5, 19, 24];

type Fields = Record<string, unknown>;

/** The columns that the full decoder's message says a record must have, or null when it must not become one. */
function expectedRow(message: AisMessage): Fields | null {
  const fields = message as unknown as Fields;
  if (!isShipMmsi(message.mmsi)) return null;
  const moves = POSITION_TYPES.includes(message.type);
  const says = STATIC_TYPES.includes(message.type);
  if (!moves && !says) return null;
  const located = moves && isUsable(fields.lon, fields.lat);
  if (!located && !says) return null;
  return {
    mmsi: message.mmsi,
    messageType: message.type,
    lonE7: located ? Math.round((fields.lon as number) * 1e7) : NO_COORDINATE,
    latE7: located ? Math.round((fields.lat as number) * 1e7) : NO_COORDINATE,
    sogDkn: scaled(fields.sogKn, 10, MISSING_16),
    cogDdeg: scaled(fields.cogDeg, 10, MISSING_16),
    headingDeg: scaled(fields.headingDeg, 1, MISSING_16),
    navStatus: scaled(fields.navStatus, 1, MISSING_8),
    utcSecond: scaled(fields.utcSecond, 1, MISSING_8),
    aisClass: message.type === 18 || message.type === 19 || message.type === 24 ? 2 : 1,
    statics: says ? staticsOf(message) : null,
  };
}

function isUsable(lon: unknown, lat: unknown): boolean {
  if (typeof lon !== 'number' || typeof lat !== 'number') return false;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && (lon !== 0 || lat !== 0);
}

function scaled(value: unknown, factor: number, missing: number): number {
  return typeof value === 'number' ? Math.round(value * factor) : missing;
}

function staticsOf(message: AisMessage): Fields {
  const keys = [
    'imoNumber',
    'shipName',
    'callSign',
    'shipType',
    'lengthM',
    'beamM',
    'draughtM',
    'destination',
    'eta',
  ];
  return Object.fromEntries(Object.entries(message).filter(([key]) => keys.includes(key)));
}

describe.each(SAMPLES)('%s', (name) => {
  const content = sample(name);

  it('gives the same records on the hot path as by the full decoder', () => {
    const { messages } = decode(content);
    const expected = messages.map((one) => expectedRow(one.message)).filter((one) => one !== null);
    // Recordings in which only some lines have a time get one for all, so that every message is compared.
    const timed = messages.some((one) => one.at !== null);
    const reading = read(content, timed ? null : START);
    const got = rows(reading).map((one) => {
      const { at: _at, receivedAt: _receivedAt, receiverKind: _kind, feed: _feed, ...fields } = one;
      return fields;
    });
    const untimed = messages.filter((one) => timed && one.at === null && expectedRow(one.message) !== null);
    expect(got).toHaveLength(expected.length - untimed.length);
    if (untimed.length === 0) expect(got).toEqual(expected);
    expect(rows(reading).length).toBeGreaterThan(name.includes('multi-part') ? 9 : 3);
  });

  it('accounts for every message once: a record, a count or a refusal', () => {
    const { messages, refused } = decode(content);
    const reading = read(content, START);
    const counted = Object.entries(reading.counted)
      .filter(([what]) => what.startsWith('type-') || what.startsWith('mmsi-'))
      .reduce((sum, [, count]) => sum + count, 0);
    expect(reading.records.length + counted + reading.refused.length).toBe(messages.length + refused.length);
  });

  it('has the same messages for any cutting into chunks', () => {
    const whole = read(content, START);
    for (const chunks of [[4096], [1, 97, 3], [65_537]]) {
      const cut = read(content, START, chunks);
      expect(cut.records.length).toBe(whole.records.length);
      expect(rows(cut)).toEqual(rows(whole));
      expect(cut.refused).toEqual(whole.refused);
      expect(cut.counted).toEqual(whole.counted);
    }
  });

  it('refuses a message whose payload was cut, and never makes a record of it', () => {
    const codes = new Set<RejectCode>();
    nmeaFrames({
      frame({ bits }) {
        const length = bits.length;
        const type = bits.words[0] >>> 26;
        if (!POSITION_TYPES.includes(type)) return;
        bits.length = length - 6;
        const result = decodePayload(bits);
        if (isDecodeFault(result)) codes.add(result.code);
        else throw new Error(`type ${type} of ${length - 6} bits decoded`);
      },
      reject: () => {},
      count: () => {},
    }).push(content);
    expect([...codes].every((code) => code === 'unsupported-length')).toBe(true);
  });
});

describe('what the recordings hold', () => {
  /** Lines, records with times of their own or from a start, refusals by code; counted with an independent script. */
  it.each([
    ['global-tagblock-2022-11-10-part1.nmea.gz', 5000, 4473, { 'no-position': 22 }],
    ['kystverket-2019-08-07.nm4', 1000, 870, { 'no-position': 5 }],
    ['gatehouse-pghp-2010-06-11.txt.gz', 8551, 3425, { 'no-position': 11, 'no-mmsi': 2 }],
    ['marinetraffic-udp-tagblocks.nmea', 23, 21, { truncated: 2 }],
    ['wadden-sea-nais400.nmea', 765, 571, { 'no-position': 17 }],
  ])('%s', (name, lines, records, refused) => {
    const reading = read(sample(name), START);
    expect(reading.lines).toBe(lines);
    expect(reading.records.length).toBe(records);
    const codes: Record<string, number> = {};
    for (const one of reading.refused) codes[one.code] = (codes[one.code] ?? 0) + 1;
    expect(codes).toEqual(refused);
  });

  it('puts the worldwide recording between its first and last second', () => {
    const { records } = read(sample('global-tagblock-2022-11-10-part1.nmea.gz'));
    const at = records.at.subarray(0, records.length);
    expect(Math.min(...at)).toBe(Date.UTC(2022, 10, 10, 2, 9, 52));
    expect(Math.max(...at)).toBe(Date.UTC(2022, 10, 10, 2, 15, 5));
  });

  it('puts the recording with $PGHP lines between its first and last second', () => {
    const { records } = read(sample('gatehouse-pghp-2010-06-11.txt.gz'));
    const at = records.at.subarray(0, records.length);
    expect(Math.min(...at)).toBe(Date.UTC(2010, 5, 11, 11, 46, 10));
    expect(Math.max(...at)).toBeLessThan(Date.UTC(2010, 5, 11, 11, 46, 39));
  });
});
