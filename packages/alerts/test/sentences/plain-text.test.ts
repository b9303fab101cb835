import { plainText } from '@offing/alerts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

describe('text from outside', () => {
  test('stays as it is where it is plain, in any script', () => {
    for (const text of ["DA HONG 8'", 'M/V A&B "X"', '\u5927\u8fde', '\uc7a5\ubbf8', 'SEÑOR'])
      expect(plainText(text)).toBe(text);
  });

  test('loses control and direction characters, line ends, and doubled blanks', () => {
    expect(plainText(' SEA\u202e \u0000 \r\n\tSTAR\u00a0 ')).toBe('SEA STAR');
  });

  test('is on one line, no markup, of bounded length, and the same when cleaned twice, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(/[<>\r\n]|\p{C}/u);
        expect(Array.from(plain).length).toBeLessThanOrEqual(80);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });
});
