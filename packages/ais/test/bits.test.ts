import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendPayload, intAt, makePayloadBits, textAt, uintAt } from '../src/bits.ts';
import { armour, bitText } from './build-sentence.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function bitsOf(payload: string, fill = 0) {
  const bits = makePayloadBits();
  const sound = appendPayload(bits, encode(payload), 0, payload.length, fill);
  return { bits, sound };
}

const anyBits = fc.array(fc.constantFrom('0', '1'), { minLength: 1, maxLength: 600 }).map((b) => b.join(''));

describe('payload bits', () => {
  it('reads any field of any payload as plain binary arithmetic does', () => {
    fc.assert(
      fc.property(anyBits, fc.nat(), fc.integer({ min: 1, max: 32 }), (text, place, width) => {
        const at = place % text.length;
        const field = text.slice(at, at + width);
        const { payload, fill } = armour(text);
        const { bits, sound } = bitsOf(payload, fill);
        expect(sound).toBe(true);
        expect(bits.length).toBe(text.length);
        expect(uintAt(bits.words, at, field.length)).toBe(parseInt(field, 2));
        expect(intAt(bits.words, at, field.length)).toBe(
          Number(BigInt.asIntN(field.length, BigInt(`0b${field}`))),
        );
      }),
    );
  });

  it('gives the same bits whether a payload comes whole or in parts', () => {
    fc.assert(
      fc.property(anyBits, fc.nat(), (text, cut) => {
        const { payload, fill } = armour(text);
        const whole = bitsOf(payload, fill).bits;
        const parts = makePayloadBits();
        const at = cut % payload.length;
        appendPayload(parts, encode(payload), 0, at, 0);
        appendPayload(parts, encode(payload), at, payload.length, fill);
        expect(parts.length).toBe(whole.length);
        for (let bit = 0; bit < text.length; bit++)
          expect(uintAt(parts.words, bit, 1)).toBe(uintAt(whole.words, bit, 1));
      }),
    );
  });

  it('drops the fill bits of a first part', () => {
    const bits = makePayloadBits();
    appendPayload(bits, encode('w'), 0, 1, 4);
    appendPayload(bits, encode('0'), 0, 1, 0);
    expect(bits.length).toBe(8);
    expect(uintAt(bits.words, 0, 8)).toBe(0b11000000);
  });

  it('leaves nothing of a longer payload behind a shorter one', () => {
    const bits = makePayloadBits();
    appendPayload(bits, encode('w'.repeat(80)), 0, 80, 0);
    bits.length = 0;
    appendPayload(bits, encode('0'.repeat(27)), 0, 27, 0);
    expect(uintAt(bits.words, 160, 32)).toBe(0);
  });

  it.each(['X', '_', 'x', ' ', '/', 'é'])('refuses %j, which is not a payload character', (character) => {
    expect(bitsOf(`00${character}00`).sound).toBe(false);
  });

  it('refuses more characters than nine parts can have', () => {
    expect(bitsOf('0'.repeat(9 * 1024)).sound).toBe(true);
    expect(bitsOf('0'.repeat(9 * 1024 + 1)).sound).toBe(false);
  });
});

describe('six-bit text', () => {
  const text = (value: string, width = value.length * 6) => {
    const { payload } = armour(bitText([[value, Math.ceil(width / 6) * 6]]));
    return textAt(bitsOf(payload).bits.words, 0, width);
  };

  it.each([
    ['RUTH THERESA@@@', 'RUTH THERESA'],
    ['ABC@DEF', 'ABC'],
    ['  A B  ', 'A B'],
    ['@@@@', null],
    ['    ', null],
    ['0123456789:;<=>?', '0123456789:;<=>?'],
    ['!"#$%&\'()*+,-./', '!"#$%&\'()*+,-./'],
    ['XYZ[\\]^_', 'XYZ[\\]^_'],
  ])('reads %j as %j', (sent, read) => {
    expect(text(sent)).toBe(read);
  });

  it('leaves out a last character that is not whole', () => {
    expect(text('ABCD', 22)).toBe('ABC');
  });
});
