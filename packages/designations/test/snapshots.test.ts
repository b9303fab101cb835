import { describe, expect, test } from 'vitest';
import { startOfDay, type Designation } from '../src/designation.ts';
import type { ListEntry } from '../src/lists/list-entry.ts';
import { makeRegister } from '../src/register.ts';
import { damageOf, shrinkageOf } from '../src/snapshot-checks.ts';
import { rowsOfSnapshots, type ListSnapshot } from '../src/snapshots.ts';

/** Made-up ships; the numbers have valid check digits. */
const ONE = 9_100_011;
const TWO = 9_100_023;

function entry(more: Partial<ListEntry> = {}): ListEntry {
  return {
    list: 'L',
    entryId: '17',
    part: null,
    imoNumber: ONE,
    mmsi: null,
    callSign: null,
    shipName: 'MADE UP ONE',
    otherNames: [],
    flag: null,
    program: null,
    designatedOn: null,
    delistedOn: null,
    source: null,
    line: 1,
    ...more,
  };
}

function snapshot(day: string, entries: readonly ListEntry[], knownSince = startOfDay(day)): ListSnapshot {
  return { list: 'L', day, knownSince, source: `list of ${day}`, entries };
}

function days(rows: readonly Designation[]) {
  return rows.map(({ shipName, designatedOn, delistedOn }) => [shipName, designatedOn, delistedOn]);
}

describe('listings from one snapshot to the next', () => {
  test('begin with the first snapshot that has them, where the list prints no day', () => {
    const rows = rowsOfSnapshots([], [snapshot('2019-01-15', [entry()]), snapshot('2020-01-15', [entry()])]);
    expect(days(rows)).toEqual([['MADE UP ONE', '2019-01-15', null]]);
    expect(rows[0].knownSince).toBe(startOfDay('2019-01-15'));
  });

  test('end with the last snapshot that held them; the removal is known since the next', () => {
    const rows = rowsOfSnapshots(
      [],
      [snapshot('2019-01-15', [entry()]), snapshot('2019-02-15', [entry()]), snapshot('2019-03-15', [])],
    );
    expect(days(rows)).toEqual([['MADE UP ONE', '2019-01-15', '2019-02-15']]);
    expect(rows[0].delistingKnownSince).toBe(startOfDay('2019-03-15'));
    const register = makeRegister(rows);
    const at = startOfDay('2019-03-01');
    expect(register.statusOn(ONE, at, startOfDay('2019-03-10'))).toHaveLength(1);
    expect(register.statusOn(ONE, at, startOfDay('2019-03-20'))).toEqual([]);
  });

  test('a ship that comes back is a listing of its own', () => {
    const rows = rowsOfSnapshots(
      [],
      [
        snapshot('2019-01-15', [entry()]),
        snapshot('2019-02-15', []),
        snapshot('2020-01-15', [entry({ shipName: 'FAN KE' })]),
      ],
    );
    expect(days(rows)).toEqual([
      ['MADE UP ONE', '2019-01-15', '2019-01-15'],
      ['FAN KE', '2020-01-15', null],
    ]);
  });

  test('a renamed ship goes on; its new name is a row known since then', () => {
    const rows = rowsOfSnapshots(
      [],
      [snapshot('2019-01-15', [entry()]), snapshot('2020-01-15', [entry({ shipName: 'FAN KE' })])],
    );
    expect(days(rows)).toEqual([
      ['MADE UP ONE', '2019-01-15', null],
      ['FAN KE', '2019-01-15', null],
    ]);
    const register = makeRegister(rows);
    const claims = { imoNumber: null, mmsi: null, callSign: null, shipName: 'FAN KE' };
    expect(register.match(claims, startOfDay('2021-01-01'), startOfDay('2019-06-01'))).toBeNull();
    expect(register.match(claims, startOfDay('2021-01-01'))).toMatchObject({ level: 'possible' });
    expect(register.statusOn(ONE, startOfDay('2021-01-01'))).toHaveLength(1);
  });

  test('an id that is given to another ship ends one listing and begins another', () => {
    const other = entry({ imoNumber: TWO, shipName: 'MADE UP TWO' });
    const rows = rowsOfSnapshots([], [snapshot('2019-01-15', [entry()]), snapshot('2020-01-15', [other])]);
    expect(days(rows)).toEqual([
      ['MADE UP ONE', '2019-01-15', '2019-01-15'],
      ['MADE UP TWO', '2020-01-15', null],
    ]);
  });

  test('an id without a number is another ship when neither name nor MMSI agrees', () => {
    const nameless = entry({ imoNumber: null });
    const before = snapshot('2019-01-15', [nameless]);
    const rows = rowsOfSnapshots(
      [],
      [before, snapshot('2020-01-15', [{ ...nameless, shipName: 'SOMEBODY ELSE' }])],
    );
    expect(rows).toHaveLength(2);
    const learnt = rowsOfSnapshots([], [before, snapshot('2020-01-15', [entry()])]);
    expect(days(learnt)).toEqual([
      ['MADE UP ONE', '2019-01-15', null],
      ['MADE UP ONE', '2019-01-15', null],
    ]);
  });

  test('one ship under two heads of a list is two listings', () => {
    const rows = rowsOfSnapshots(
      [],
      [
        snapshot('2018-04-01', [
          entry({ part: 'XIV.A', designatedOn: '2018-03-30' }),
          entry({ part: 'XIV.B', designatedOn: '2017-10-03' }),
        ]),
        snapshot('2018-05-01', [entry({ part: 'XIV.B', designatedOn: '2017-10-03' })]),
      ],
    );
    expect(days(rows)).toEqual([
      ['MADE UP ONE', '2018-03-30', '2018-04-01'],
      ['MADE UP ONE', '2017-10-03', null],
    ]);
  });

  test('do not depend on the order in which snapshots or entries came', () => {
    const snapshots = [
      snapshot('2019-01-15', [entry(), entry({ entryId: '18', imoNumber: TWO })]),
      snapshot('2020-01-15', [entry({ mmsi: 445_900_001 })]),
      snapshot('2021-01-15', [entry({ entryId: '18', imoNumber: TWO }), entry()]),
    ];
    const rows = rowsOfSnapshots([], snapshots);
    const turned = snapshots.map((one) => ({ ...one, entries: [...one.entries].reverse() })).reverse();
    expect(rowsOfSnapshots([], turned)).toEqual(rows);
    expect(new Set(rows.map((row) => row.designationId)).size).toBe(rows.length);
  });
});

describe('beside the compiled history', () => {
  const [compiled] = rowsOfSnapshots([], [snapshot('2016-03-16', [entry()])]).map(
    ({ imported: _, ...row }): Designation => ({ ...row, designationId: 'd_compiled' }),
  );

  test('its day of listing stands, and the row that was known first stands for the listing', () => {
    const rows = rowsOfSnapshots([compiled], [snapshot('2019-01-15', [entry({ mmsi: 445_900_001 })])]);
    expect(days(rows)).toEqual([['MADE UP ONE', '2016-03-16', null]]);
    const register = makeRegister([compiled, ...rows]);
    expect(register.statusOn(ONE, startOfDay('2020-01-01')).map((row) => row.designationId)).toEqual([
      'd_compiled',
    ]);
    const byMmsi = { imoNumber: null, mmsi: 445_900_001, callSign: null, shipName: null };
    expect(register.match(byMmsi, startOfDay('2020-01-01'))).toMatchObject({ level: 'probable' });
    expect(register.match(byMmsi, startOfDay('2020-01-01'), startOfDay('2018-01-01'))).toBeNull();
  });

  test('a removal that snapshots show ends the compiled row too', () => {
    const rows = rowsOfSnapshots([compiled], [snapshot('2019-01-15', [entry()]), snapshot('2020-01-15', [])]);
    expect(rows.find((row) => row.designationId === 'd_compiled')).toMatchObject({
      delistedOn: '2019-01-15',
      delistingKnownSince: startOfDay('2020-01-15'),
      imported: true,
    });
  });

  test('a row that no snapshot ever held stays as it is', () => {
    expect(rowsOfSnapshots([compiled], [snapshot('2019-01-15', [entry({ imoNumber: TWO })])])).toHaveLength(
      1,
    );
  });
});

describe('a list that must not be believed', () => {
  test.each([
    [50, 100, null, false],
    [49, 100, null, true],
    [0, 1, null, true],
    [0, 0, null, false],
    [95, 100, false, false],
    [89, 100, false, true],
    [89, 100, true, false],
  ])('%i ships after %i (end marked: %s)', (ships, before, mark, isRefused) => {
    expect(shrinkageOf(ships, before, mark) !== null).toBe(isRefused);
  });

  test('is one that is damaged, or of which most records cannot be used', () => {
    const reading = {
      format: 'plain-csv' as const,
      list: null,
      entries: [entry()],
      faults: [],
      records: 1,
      ships: 1,
      publishedOn: null,
      hasEndMark: null,
      notes: [],
      damage: null,
    };
    expect(damageOf(reading)).toBeNull();
    expect(damageOf({ ...reading, damage: 'cut short' })).toMatchObject({ code: 'list-damaged' });
    const fault = { line: 2, field: 'name', value: '', expected: 'a name', isLeftOut: true };
    expect(damageOf({ ...reading, faults: [fault, { ...fault, line: 3 }] })).toMatchObject({
      code: 'list-refused',
    });
    expect(damageOf({ ...reading, faults: [{ ...fault, isLeftOut: false }] })).toBeNull();
  });
});
