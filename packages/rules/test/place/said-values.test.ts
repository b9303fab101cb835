import { describe, expect, test } from 'vitest';
import { isSameValue, type SaidField } from '../../src/place/said-values.ts';

const CASES: readonly (readonly [string, SaidField, string | number, string | number, boolean])[] = [
  ['padding and case', 'shipName', 'MADE UP ONE', ' Made  Up One ', true],
  ['punctuation', 'shipName', 'J.H.H. 5', 'JHH-5', true],
  ['a leading M/V', 'shipName', 'M/V MADE UP', 'MADE UP', true],
  ['a letter mistyped in a long name', 'shipName', 'CHON MA SAN', 'CHON NA SAN', true],
  ['another romanisation', 'shipName', 'PAEK MA GANG', 'BAEK MA KANG', true],
  [
    'a name cut at the end of the field',
    'shipName',
    'JANG JA SAN CHONG NY',
    'JANG JA SAN CHONG NYON HO',
    true,
  ],
  ['a name of signs alone', 'shipName', 'MADE UP', '---', true],
  ['another number of a sister ship', 'shipName', 'PETREL 8', 'PETREL 6', false],
  ['another name', 'shipName', 'EVER BRIGHT 88', 'FAN KE', false],
  ['short names with one other letter', 'shipName', 'ANNA', 'ALMA', false],
  ['O typed for 0', 'callSign', 'HMA0', 'HMAO', true],
  ['another call sign', 'callSign', 'HMAA', '9LYC', false],
  ['another number by one digit', 'imoNumber', 9_100_011, 9_100_023, false],
  ['antenna distances typed again', 'lengthM', 100, 94, true],
  ['ten metres less of a hundred', 'lengthM', 100, 90, false],
  ['a tenth of a long ship', 'lengthM', 300, 275, true],
  ['a breadth that is a metre off', 'beamM', 16, 17, true],
  ['another breadth', 'beamM', 16, 22, false],
];

describe('values that tell one ship', () => {
  test.each(CASES)('%s', (_, field, a, b, isSame) => {
    expect(isSameValue(field, a, b)).toBe(isSame);
    expect(isSameValue(field, b, a)).toBe(isSame);
  });
});
