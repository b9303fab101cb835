import { makeColumns, MISSING_16, MISSING_8, NO_COORDINATE, type RecordColumns } from '@offing/track';
import { describe, expect, it } from 'vitest';
import { findInSegment, packSegments, piecesAround, WantedIndex, type WantedFix } from '../../src/index.ts';

const AT = Date.UTC(2024, 2, 1, 12);
const RAW = Buffer.from('\\s:117*00\\!AIVDM,1,1,,A,133qNL00000>`W8MGi`=VmRF0PSh,0*2F');

type Row = {
  readonly at?: number;
  readonly mmsi?: number;
  readonly feed?: number;
  readonly sogDkn?: number;
} & {
  readonly utcSecond?: number;
  readonly isStatic?: boolean;
};

function columns(rows: readonly Row[]): RecordColumns {
  const records = makeColumns(rows.length);
  for (const [i, row] of rows.entries()) {
    records.at[i] = row.at ?? AT;
    records.receivedAt[i] = AT + 5000;
    records.mmsi[i] = row.mmsi ?? 413_900_100;
    records.lonE7[i] = row.isStatic === true ? NO_COORDINATE : 1_210_000_000;
    records.latE7[i] = 380_000_000;
    records.sogDkn[i] = row.sogDkn ?? 80;
    records.cogDdeg[i] = MISSING_16;
    records.headingDeg[i] = MISSING_16;
    records.navStatus[i] = MISSING_8;
    records.utcSecond[i] = row.utcSecond ?? 5;
    records.feed[i] = row.feed ?? 0;
  }
  records.length = rows.length;
  return records;
}

const FIX: WantedFix = {
  mmsi: 413_900_100,
  at: AT,
  lonE7: 1_210_000_000,
  latE7: 380_000_000,
  sogDkn: 80,
  cogDdeg: null,
  headingDeg: null,
  navStatus: null,
  utcSecond: 5,
};

async function found(rows: readonly Row[], fix: WantedFix = FIX) {
  const raws = rows.map((_, i) => Buffer.from(`${RAW.toString()} ${i}`));
  const segments = await packSegments(columns(rows), raws, ['coast', 'space']);
  const all = await Promise.all(segments.map(({ body }) => findInSegment(body, new WantedIndex([fix]))));
  return all.flat();
}

describe('raw segments', () => {
  it('give back what a position came in, byte for byte, with its feed, station and times', async () => {
    const [copy, ...more] = await found([{ mmsi: 413_900_101 }, { feed: 1 }, { mmsi: 413_900_102 }]);
    expect(more).toEqual([]);
    expect(copy).toMatchObject({ at: AT, receivedAt: AT + 5000, feed: 'space', station: '117', fix: FIX });
    expect(Buffer.from(copy.raw).toString()).toBe(`${RAW.toString()} 1`);
  });

  it('are cut by event time, and what is around a position lies in the pieces that are named', async () => {
    const rows = [0, 599_999, 600_000, -1].map((ms) => ({ at: AT + ms }));
    const segments = await packSegments(columns(rows), [RAW, RAW, RAW, RAW], ['coast']);
    expect(segments.map(({ piece }) => piece - AT / 600_000)).toEqual([0, 1, -1]);
    expect(piecesAround(AT + 300_000)).toEqual([AT / 600_000]);
    expect(piecesAround(AT)).toEqual([AT / 600_000 - 1, AT / 600_000]);
  });

  it('leave out static reports and what has no raw record', async () => {
    const records = columns([{ isStatic: true }, {}, {}]);
    expect(await packSegments(records, [RAW, null], ['coast'])).toEqual([]);
  });
});

describe('a copy of a transmission', () => {
  it.each<readonly [string, Row, number]>([
    ['the same report 30 s later, as another station stamped it', { at: AT + 30_000 }, 1],
    ['the same report 31 s later', { at: AT + 31_000 }, 0],
    ['a report that differs in its speed', { at: AT + 3000, sogDkn: 81 }, 0],
    ['a report of another second', { at: AT + 3000, utcSecond: 8 }, 0],
    ['another report at the very instant', { sogDkn: 81 }, 1],
    ['the report of another ship', { mmsi: 413_900_101 }, 0],
  ])('is %s: %#', async (_what, row, count) => {
    expect(await found([row])).toHaveLength(count);
  });

  it('is only what came at the very instant where reports have no second inside', async () => {
    const fix = { ...FIX, utcSecond: null };
    expect(
      await found([{ at: AT + 1000, utcSecond: MISSING_8 }, { utcSecond: MISSING_8 }], fix),
    ).toHaveLength(1);
  });
});
