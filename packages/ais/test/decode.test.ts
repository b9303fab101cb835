import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendPayload, makePayloadBits } from '../src/bits.ts';
import { decodePayload } from '../src/decode.ts';
import { messageToJson } from '../src/message-json.ts';
import { isDecodeFault } from '../src/message.ts';
import type { AisMessage } from '../src/message.ts';
import { armour, bitText, classAFields, classBFields, voyageFields, withChecksum } from './build-sentence.ts';
import type { PayloadField } from './build-sentence.ts';
import { decodeSentences, messageIn } from './read-message.ts';

function decodeBits(text: string) {
  const { payload, fill } = armour(text);
  const bits = makePayloadBits();
  appendPayload(bits, new TextEncoder().encode(payload), 0, payload.length, fill);
  return decodePayload(bits);
}

function decodeFields(fields: readonly PayloadField[]): AisMessage {
  const result = decodeBits(bitText(fields));
  if (isDecodeFault(result)) throw new Error(result.why);
  return result;
}

describe('decodePayload: what is not available is null', () => {
  it('in a class A position', () => {
    const none = {
      rot: -128,
      sog: 1023,
      lon: 108_600_000,
      lat: 54_600_000,
      cog: 3600,
      heading: 511,
      second: 60,
    };
    expect(decodeFields(classAFields(none))).toMatchObject({
      rotDegPerMin: null,
      turning: null,
      sogKn: null,
      lon: null,
      lat: null,
      cogDeg: null,
      headingDeg: null,
      utcSecond: null,
      fixMode: null,
    });
  });

  it('just beside those codes is a value', () => {
    const near = {
      rot: -126,
      sog: 1022,
      lon: -108_000_000,
      lat: 54_000_000,
      cog: 3599,
      heading: 359,
      second: 59,
    };
    expect(decodeFields(classAFields(near))).toMatchObject({
      rotDegPerMin: -708.709,
      sogKn: 102.2,
      lon: -180,
      lat: 90,
      cogDeg: 359.9,
      headingDeg: 359,
      utcSecond: 59,
    });
  });

  it('a turn without an indicator has a side and no rate', () => {
    expect(decodeFields(classAFields({ rot: 127 }))).toMatchObject({
      rotDegPerMin: null,
      turning: 'starboard',
    });
    expect(decodeFields(classAFields({ rot: -127 }))).toMatchObject({ rotDegPerMin: null, turning: 'port' });
  });

  it('the codes behind the seconds say how the position was got', () => {
    expect(decodeFields(classAFields({ second: 61 }))).toMatchObject({ utcSecond: null, fixMode: 'manual' });
    expect(decodeFields(classBFields({ second: 62 }))).toMatchObject({ fixMode: 'estimated' });
    expect(decodeFields(classBFields({ second: 63 }))).toMatchObject({ fixMode: 'inoperative' });
  });

  it('in a static report', () => {
    const none = {
      imoNumber: 0,
      callSign: '@@@@@@@',
      shipName: '',
      shipType: 0,
      bow: 0,
      stern: 0,
      port: 0,
      starboard: 0,
      month: 0,
      day: 0,
      hour: 24,
      minute: 60,
      draught: 0,
      destination: '   ',
    };
    const message = decodeFields(voyageFields(none));
    for (const field of ['imoNumber', 'callSign', 'shipName', 'shipType', 'toBowM', 'toSternM', 'toPortM'])
      expect(message, field).toHaveProperty(field, null);
    for (const field of ['lengthM', 'beamM', 'eta', 'etaMonth', 'etaHour', 'draughtM', 'destination'])
      expect(message, field).toHaveProperty(field, null);
  });

  it('an offset of 0 stays 0 when the pair was given', () => {
    expect(decodeFields(voyageFields({ bow: 0, stern: 150, port: 0, starboard: 24 }))).toMatchObject({
      toBowM: 0,
      toSternM: 150,
      toPortM: 0,
      toStarboardM: 24,
      lengthM: 150,
      beamM: 24,
    });
  });

  it('an arrival with a date but no hour is no instant', () => {
    expect(decodeFields(voyageFields({ month: 2, day: 3, hour: 24, minute: 60 }))).toMatchObject({
      eta: null,
      etaMonth: 2,
      etaDay: 3,
      etaHour: null,
    });
    expect(decodeFields(voyageFields({ month: 2, day: 3, hour: 0, minute: 0 }))).toMatchObject({
      eta: '02-03T00:00Z',
    });
  });
});

describe('decodePayload: lengths', () => {
  const lengthOf = (fields: readonly PayloadField[], length: number) => {
    const text = bitText(fields).padEnd(length, '0').slice(0, length);
    return decodeBits(text);
  };

  it.each([1, 2, 3])('takes type %i of 168 bits and no other', (type) => {
    expect(lengthOf(classAFields({ type }), 168)).toHaveProperty('type', type);
    for (const length of [60, 96, 120, 137, 160, 162, 166, 167, 169, 174, 424])
      expect(lengthOf(classAFields({ type }), length)).toMatchObject({ code: 'unsupported-length' });
  });

  it('takes type 5 of 420 to 426 bits and no other', () => {
    for (const length of [420, 422, 424, 426])
      expect(lengthOf(voyageFields(), length)).toMatchObject({ destination: 'LONGKOU', draughtM: 6.5 });
    for (const length of [168, 300, 419, 427, 432])
      expect(lengthOf(voyageFields(), length)).toMatchObject({ code: 'unsupported-length' });
  });

  it('never makes a character out of the end of a short type 5', () => {
    const message = lengthOf(voyageFields({ destination: 'ABCDEFGHIJKLMNOPQRST' }), 420);
    expect(message).toMatchObject({ destination: 'ABCDEFGHIJKLMNOPQRS', dteReady: null });
  });

  it('takes type 27 of 96 and 168 bits and no other', () => {
    const fields: PayloadField[] = [
      [27, 6],
      [0, 2],
      [413_400_720, 30],
      [0b10, 2],
      [5, 4],
      [73_265, 18],
      [17_737, 17],
      [12, 6],
      [358, 9],
      [0, 2],
    ];
    for (const length of [96, 168])
      expect(lengthOf(fields, length)).toMatchObject({
        lon: 122.1083333,
        lat: 29.5616667,
        sogKn: 12,
        cogDeg: 358,
      });
    for (const length of [90, 95, 97, 120, 167])
      expect(lengthOf(fields, length)).toMatchObject({ code: 'unsupported-length' });
  });

  it('refuses what has no type, or none that is defined', () => {
    expect(decodeBits('0001')).toMatchObject({ code: 'unsupported-length' });
    expect(decodeBits('0'.repeat(168))).toMatchObject({ code: 'unknown-type' });
    for (const type of [28, 33, 63])
      expect(decodeBits(type.toString(2).padStart(6, '0').padEnd(168, '0'))).toMatchObject({
        code: 'unknown-type',
      });
  });

  it('refuses part C of type 24, and a part B too short for its dimensions', () => {
    const part = (number: number, length: number) =>
      decodeBits(
        bitText([
          [24, 6],
          [0, 2],
          [413_400_720, 30],
          [number, 2],
        ]).padEnd(length, '0'),
      );
    expect(part(0, 160)).toMatchObject({ part: 'A' });
    expect(part(1, 168)).toMatchObject({ part: 'B' });
    expect(part(1, 160)).toMatchObject({ code: 'unsupported-length' });
    expect(part(2, 168)).toMatchObject({ code: 'unknown-type' });
    expect(part(0, 156)).toMatchObject({ code: 'unsupported-length' });
  });

  it('refuses a binary message shorter than its flags need', () => {
    const flags = (type: number, length: number) =>
      decodeBits(
        bitText([
          [type, 6],
          [0, 2],
          [413_400_720, 30],
          [3, 2],
        ]).padEnd(length, '0'),
      );
    expect(flags(25, 87)).toMatchObject({ code: 'unsupported-length' });
    expect(flags(25, 88)).toMatchObject({ destinationMmsi: 0, dac: 0, dataBits: 0 });
    expect(flags(26, 107)).toMatchObject({ code: 'unsupported-length' });
    expect(flags(26, 108)).toMatchObject({ dataBits: 0 });
  });
});

describe('decodePayload: particular messages', () => {
  it('gives an auxiliary craft its mother ship in place of a size', () => {
    const fields = (mmsi: number): PayloadField[] => [
      [24, 6],
      [0, 2],
      [mmsi, 30],
      [1, 2],
      [36, 8],
      ['SRT', 18],
      [3, 4],
      [9087, 20],
      ['BQAB', 42],
      [413_400_720, 30],
      [1, 4],
      [0, 2],
    ];
    expect(decodeFields(fields(984_130_001))).toMatchObject({ motherShipMmsi: 413_400_720, lengthM: null });
    expect(decodeFields(fields(413_858_523))).toMatchObject({
      motherShipMmsi: null,
      vendorId: 'SRT',
      unitModel: 3,
      serialNumber: 9087,
    });
    expect(decodeFields(fields(413_858_523))).not.toMatchObject({ lengthM: null });
  });

  it('goes on with the name of an aid where the name field is full', () => {
    const aid = (name: string, extension: string): PayloadField[] => [
      [21, 6],
      [0, 2],
      [994_136_354, 30],
      [1, 5],
      [name, 120],
      [0, 1],
      [108_600_000, 28],
      [54_600_000, 27],
      [0, 30],
      [1, 4],
      [60, 6],
      [1, 1],
      [0, 8],
      [0, 4],
      [extension, extension.length * 6],
    ];
    expect(decodeFields(aid('ABCDEFGHIJKLMNOPQRST', 'UVWX'))).toMatchObject({
      aidName: 'ABCDEFGHIJKLMNOPQRSTUVWX',
      offPosition: null,
    });
    expect(decodeFields(aid('ABCDEFGHIJKLMNOPQR S', 'T'))).toMatchObject({
      aidName: 'ABCDEFGHIJKLMNOPQR ST',
    });
    expect(decodeFields(aid('ABC', 'UVWX'))).toMatchObject({ aidName: 'ABC' });
  });

  it('prints type and mmsi first, codes with their meaning, and no undefined field', () => {
    const json = messageToJson(messageIn('!AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ6,0*30'));
    expect(Object.keys(json).slice(0, 2)).toEqual(['type', 'mmsi']);
    expect(json).toMatchObject({ mmsi: 367_033_650, navStatus: 0, navStatusText: 'under way using engine' });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  it('words ship types by family and hazard', () => {
    const typeText = (shipType: number) =>
      messageToJson(decodeFields(voyageFields({ shipType }))).shipTypeText;
    expect([0, 30, 52, 60, 81, 90, 99, 38, 15, 200].map(typeText)).toEqual([
      null,
      'fishing',
      'tug',
      'passenger',
      'tanker, hazard category X',
      'other',
      'other',
      null,
      null,
      null,
    ]);
  });
});

describe('decodePayload: whatever comes', () => {
  it('gives a message or a coded fault for any bits, never throws, and prints no undefined or infinite value', () => {
    const anyBits = fc
      .tuple(fc.integer({ min: 0, max: 63 }), fc.array(fc.boolean(), { maxLength: 1100 }))
      .map(([type, rest]) => type.toString(2).padStart(6, '0') + rest.map(Number).join(''));
    fc.assert(
      fc.property(anyBits, (text) => {
        const result = decodeBits(text);
        if (isDecodeFault(result)) expect(result.why).not.toBe('');
        else expect(JSON.parse(JSON.stringify(messageToJson(result)))).toEqual(messageToJson(result));
      }),
      { numRuns: 2000 },
    );
  });

  it('never makes a position out of any truncated position report', () => {
    for (const fields of [classAFields(), classAFields({ type: 3 }), classBFields()]) {
      const whole = bitText(fields);
      for (let length = 0; length < whole.length; length++)
        expect(isDecodeFault(decodeBits(whole.slice(0, length))), `${length} bits`).toBe(true);
    }
  });

  it('refuses a real sentence cut short under a right checksum', () => {
    const sentence = withChecksum('AIVDM,1,1,,A,15N1u<PP1FJuvSRHOE6QIwwh0HQ,2');
    expect(decodeSentences(sentence)).toMatchObject({ code: 'unsupported-length' });
  });
});
