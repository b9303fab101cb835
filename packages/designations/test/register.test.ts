import { describe, expect, test } from 'vitest';
import {
  loadRegister,
  makeRegister,
  plainName,
  readCompiledHistory,
  startOfDay,
  type Designation,
} from '@offing/designations';

const register = loadRegister();
const JIN_TENG = 9163166;
const claims = { imoNumber: null, mmsi: null, callSign: null, shipName: null };

function listsOn(imoNumber: number, day: string, knownOn?: string): string[] {
  const knownAt = knownOn === undefined ? Infinity : startOfDay(knownOn);
  return register
    .statusOn(imoNumber, startOfDay(day) + 43_200_000, knownAt)
    .map((entry) => entry.list)
    .sort();
}

describe('the compiled history', () => {
  test('holds 189 listings, all of them valid', () => {
    expect(register.designations).toHaveLength(189);
  });

  test('tells Jin Teng before its removal from the UN list from after it, while OFAC goes on', () => {
    expect(listsOn(JIN_TENG, '2016-03-20')).toEqual(['OFAC-SDN', 'UN-1718']);
    expect(listsOn(JIN_TENG, '2016-03-25')).toEqual(['OFAC-SDN']);
  });

  test('counts the day of listing as the first and the day of removal as the last', () => {
    expect(listsOn(JIN_TENG, '2016-03-01')).toEqual([]);
    expect(listsOn(JIN_TENG, '2016-03-02')).toEqual(['UN-1718']);
    expect(listsOn(JIN_TENG, '2016-03-21')).toEqual(['OFAC-SDN', 'UN-1718']);
    expect(listsOn(JIN_TENG, '2016-03-22')).toEqual(['OFAC-SDN']);
  });

  test('does not know a removal before it was learnt', () => {
    expect(listsOn(JIN_TENG, '2016-04-01', '2016-03-20')).toEqual(['OFAC-SDN', 'UN-1718']);
    expect(listsOn(JIN_TENG, '2016-04-01', '2016-03-10')).toEqual(['UN-1718']);
  });

  test('follows IMO 8914934 from its removal as Ever Bright 88 to its listing as Fan Ke', () => {
    const names = (day: string) =>
      register
        .statusOn(8914934, startOfDay(day))
        .filter((e) => e.list === 'UN-1718')
        .map((e) => e.shipName);
    expect(names('2016-12-17')).toEqual(['EVER BRIGHT 88']);
    expect(names('2017-06-01')).toEqual([]);
    expect(names('2018-03-29')).toEqual([]);
    expect(names('2018-03-30')).toEqual(['FAN KE']);
  });

  test('says when the entries in force change next', () => {
    expect(register.changesAfter(JIN_TENG, startOfDay('2016-01-01'))).toBe(startOfDay('2016-03-02'));
    expect(register.changesAfter(JIN_TENG, startOfDay('2016-03-17'))).toBe(startOfDay('2016-03-22'));
    expect(register.changesAfter(JIN_TENG, startOfDay('2016-03-22'))).toBe(Infinity);
    expect(register.changesAfter(9074729, 0)).toBe(Infinity);
  });
});

describe('a match', () => {
  const at = startOfDay('2016-03-20');

  test('is confirmed by a valid IMO number only', () => {
    expect(register.match({ ...claims, imoNumber: JIN_TENG }, at)).toMatchObject({ level: 'confirmed' });
    expect(register.match({ ...claims, imoNumber: 9163167 }, at)).toBeNull();
    expect(register.match({ ...claims, imoNumber: 9074729 }, at)).toBeNull();
  });

  test('is probable for a number sent a hundredfold, and for no other multiple', () => {
    expect(register.match({ ...claims, imoNumber: JIN_TENG * 100 }, at)).toMatchObject({ level: 'probable' });
    expect(register.match({ ...claims, imoNumber: JIN_TENG * 10 }, at)).toBeNull();
  });

  test('is only possible for a name alone, over spelling, and none for a part of a name', () => {
    expect(register.match({ ...claims, shipName: 'Jin-Teng ' }, at)).toMatchObject({ level: 'possible' });
    expect(register.match({ ...claims, shipName: 'JIN TENG 2' }, at)).toBeNull();
  });

  test('is none on a day on which no list holds the ship', () => {
    expect(register.match({ ...claims, imoNumber: JIN_TENG }, startOfDay('2016-03-01'))).toBeNull();
  });

  test('is probable by a listed MMSI, or by call sign and name together', () => {
    const entry: Designation = {
      ...register.designations[0],
      imoNumber: null,
      mmsi: 667_009_036,
      callSign: 'HMZZ',
      shipName: 'SCN TEST',
    };
    const own = makeRegister([{ ...entry, designatedOn: '2016-01-01', delistedOn: null }]);
    expect(own.match({ ...claims, mmsi: 667_009_036 }, at)).toMatchObject({ level: 'probable' });
    expect(own.match({ ...claims, callSign: 'hmzz', shipName: 'scn test' }, at)).toMatchObject({
      level: 'probable',
    });
    expect(own.match({ ...claims, callSign: 'HMZZ' }, at)).toBeNull();
  });
});

describe('a list with faults', () => {
  const header = 'list,imo,name,flag,designated_on,delisted_on,program,source\n';

  test('names line, field, value and expectation, and keeps the good rows', () => {
    const { designations, faults } = readCompiledHistory(
      `${header}UN,9163166,A,,2016-03-02,,P,S\nUN,9163167,B,,2016-02-30,2016-01-01,P,S\n`,
    );
    expect(designations).toHaveLength(1);
    expect(faults.map(({ line, field, value }) => [line, field, value])).toEqual([
      [3, 'imo', '9163167'],
      [3, 'designated_on', '2016-02-30'],
      [3, 'delisted_on', '2016-01-01'],
    ]);
  });

  test('without the columns, or empty, gives nothing and says so', () => {
    for (const text of ['', 'a,b\n1,2\n', '"unclosed']) {
      const { designations, faults } = readCompiledHistory(text);
      expect(designations).toEqual([]);
      expect(faults).toHaveLength(1);
    }
  });
});

test('names are compared without case, punctuation and former names in brackets', () => {
  expect(plainName('Chol Ryong (Ryong Gun Bong)')).toBe('CHOL RYONG');
  expect(plainName('J.H.H.')).toBe('J H H');
});
