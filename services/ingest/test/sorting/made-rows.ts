import fc from 'fast-check';
import { COLUMN_NAMES, makeColumns, makeStaticDictionary, type RecordColumns } from '@offing/track';

/** Static reports in an order in which their indices and their keys disagree. */
export const STATICS = makeStaticDictionary();
for (const shipName of ['ZEBRA', 'MANGO', 'APPLE']) STATICS.intern({ shipName });

/** A row with few different values, so that many rows tie in many columns. */
export type MadeRow = { readonly [column in (typeof COLUMN_NAMES)[number]]: number };

const AT = [
  0, -5, -0.25, 0.5, 1, 1_700_000_000_000, 1_700_000_000_000.125, 1_700_000_001_000, 4_000_000_000_000,
];

/** Makes rows for properties. */
export const madeRow: fc.Arbitrary<MadeRow> = fc.record({
  at: fc.constantFrom(...AT),
  receivedAt: fc.constantFrom(NaN, 5, 6),
  mmsi: fc.constantFrom(1, 2047, 2048, 412_000_001, 999_999_999),
  lonE7: fc.constantFrom(-2_147_483_648, -1, 1_800_000_000),
  latE7: fc.constantFrom(-900_000_000, 900_000_000),
  staticId: fc.constantFrom(-1, 0, 1, 2),
  sogDkn: fc.constantFrom(-32_768, 10),
  cogDdeg: fc.constantFrom(-32_768, 10),
  headingDeg: fc.constantFrom(-32_768, 10),
  feed: fc.constantFrom(0, 1),
  navStatus: fc.constantFrom(-128, 5),
  utcSecond: fc.constantFrom(-128, 5),
  messageType: fc.constantFrom(1, 27),
  aisClass: fc.constantFrom(0, 2),
  receiverKind: fc.constantFrom(0, 2),
});

/** Rows as columns. */
export function columnsOf(rows: readonly MadeRow[]): RecordColumns {
  const columns = makeColumns(rows.length);
  for (const [i, row] of rows.entries()) for (const name of COLUMN_NAMES) columns[name][i] = row[name];
  columns.length = rows.length;
  return columns;
}

/** Columns as rows. */
export function madeRowsOf(columns: RecordColumns): MadeRow[] {
  return Array.from(
    { length: columns.length },
    (_, i) => Object.fromEntries(COLUMN_NAMES.map((name) => [name, columns[name][i]])) as MadeRow,
  );
}

const ORDER = [
  'at',
  'mmsi',
  'lonE7',
  'latE7',
  'sogDkn',
  'cogDdeg',
  'headingDeg',
  'navStatus',
  'utcSecond',
  'messageType',
  'aisClass',
  'receiverKind',
] as const;

/** The order said once more, plainly: by ORDER, the feed's name, when it was received (unknown first), the static report. */
export function plainlySorted(rows: readonly MadeRow[], feedNames: readonly string[]): MadeRow[] {
  const key = (row: MadeRow): (number | string)[] => [
    ...ORDER.map((name) => row[name]),
    feedNames[row.feed],
    Number.isNaN(row.receivedAt) ? -Infinity : row.receivedAt,
    STATICS.key(row.staticId),
  ];
  const keyed = rows.map((row) => ({ row, key: key(row) }));
  keyed.sort((a, b) => {
    const at = a.key.findIndex((value, i) => value !== b.key[i]);
    if (at < 0) return 0;
    return a.key[at] < b.key[at] ? -1 : 1;
  });
  return keyed.map(({ row }) => row);
}
