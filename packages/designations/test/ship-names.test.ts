import { describe, expect, test } from 'vitest';
import type { Designation } from '../src/designation.ts';
import { makeRegister } from '../src/register.ts';

const LISTED: Designation = {
  designationId: 'd',
  list: 'L',
  entryId: '1',
  imoNumber: 9_100_011,
  mmsi: 445_900_001,
  callSign: 'HMAA1',
  shipName: 'JANG JA SAN CHONG NYON HO (Paek Ma Kang)',
  otherNames: ['PETREL 8', 'Чайка-7', '7-28'],
  flag: null,
  program: null,
  designatedOn: '2016-03-02',
  delistedOn: '2017-03-02',
  knownSince: Date.parse('2016-03-02'),
  delistingKnownSince: Date.parse('2017-03-02'),
  source: 'made up',
};
const register = makeRegister([LISTED]);
const AT = Date.parse('2016-06-01');
const nobody = { imoNumber: null, mmsi: null, callSign: null, shipName: null };

describe('names', () => {
  test.each([
    ['as printed', 'JANG JA SAN CHONG NYON HO', true],
    ['cut at 20 characters', 'JANG JA SAN CHONG NY', true],
    ['padded, in small letters', ' jang  ja san chong nyon ho ', true],
    ['without blanks', 'JANGJASAN CHONGNYONHO', true],
    ['romanised another way', 'CHANG CHA SAN JONG NYON HO', true],
    ['a former name', 'PETREL 8', true],
    ['a former name with M/V and a hyphen', 'M/V PETREL-8', true],
    ['a Cyrillic name in Latin letters', 'CHAYKA 7', true],
    ['digits as a name', '7 28', true],
    ['the sister ship', 'PETREL 6', false],
    ['a name without its number', 'PETREL', false],
    ['digits run together', '728', false],
    ['a short name that sounds alike', 'BEDREL 8', true],
    ['signs', '---', false],
    ['nothing', '', false],
  ])('%s', (_, shipName, isFound) => {
    const match = register.match({ ...nobody, shipName }, AT);
    expect(match?.level ?? null).toBe(isFound ? 'possible' : null);
  });
});

describe('the level of a match is the lowest that is honest', () => {
  const OTHER = 9_100_023;

  test.each([
    ['a number that was sent before', { imoNumber: OTHER, earlierImoNumbers: [9_100_011] }, 'confirmed'],
    ['the number times 100', { imoNumber: 910_001_100 }, 'probable'],
    ['the MMSI alone', { mmsi: 445_900_001 }, 'probable'],
    ['the MMSI with a number that fails its check', { mmsi: 445_900_001, imoNumber: 9_100_012 }, 'probable'],
    ["the MMSI with another ship's number", { mmsi: 445_900_001, imoNumber: OTHER }, 'possible'],
    ['call sign and former name', { callSign: 'hmaa-1', shipName: 'PETREL 8' }, 'probable'],
    [
      "call sign and name with another ship's number",
      { callSign: 'HMAA1', shipName: 'PETREL 8', imoNumber: OTHER },
      'possible',
    ],
    ["the name with another ship's number", { shipName: 'PETREL 8', imoNumber: OTHER }, null],
    ['the call sign alone', { callSign: 'HMAA1' }, null],
    ["another ship's number", { imoNumber: OTHER }, null],
  ])('%s', (_, claims, level) => {
    expect(register.match({ ...nobody, ...claims }, AT)?.level ?? null).toBe(level);
  });

  test('changes are foreseen by whatever a ship can be matched with', () => {
    const end = Date.parse('2017-03-03');
    expect(register.changesFor({ ...nobody, mmsi: 445_900_001 }, AT)).toBe(end);
    expect(register.changesFor({ ...nobody, callSign: 'HMAA1', shipName: 'PETREL 8' }, AT)).toBe(end);
    expect(register.changesFor({ ...nobody, imoNumber: 910_001_100 }, AT)).toBe(end);
    expect(register.changesFor({ ...nobody, imoNumber: OTHER }, AT)).toBe(Infinity);
  });
});
