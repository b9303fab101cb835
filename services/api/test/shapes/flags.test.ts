import { expect, it } from 'vitest';
import { midsOfFlag } from '@offing/units';
import { flagOf } from '../../src/shapes/flags.ts';

it.each([
  [445_000_001, 'KP'],
  [412_000_001, 'CN'],
  [257_000_001, 'NO'],
  [334_000_001, 'HN'],
  [999_000_001, null],
  [0, null],
])('reads the flag of %i', (mmsi, flag) => {
  expect(flagOf(mmsi)).toBe(flag);
});

it('knows all numbers of a country, in either case, and none of a country that has none', () => {
  expect(midsOfFlag('CN')).toEqual([412, 413, 414]);
  expect(midsOfFlag('kp')).toEqual([445]);
  expect(midsOfFlag('XX')).toEqual([]);
});

it('gives every number to one country', () => {
  const mids = Array.from({ length: 575 }, (_, index) => 201 + index);
  const known = mids.filter((mid) => flagOf(mid * 1_000_000) !== null);
  expect(known).toHaveLength(292);
  for (const mid of known) expect(midsOfFlag(flagOf(mid * 1_000_000) ?? '')).toContain(mid);
});
