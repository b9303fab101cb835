import { findCell, makeCells, splitRow } from './csv-cells.ts';
import { CSV_FIELDS, fieldNamed, layoutOf, plainName, REQUIRED_FIELDS } from './csv-layouts.ts';
import type { CsvField, CsvFormatId, CsvLayout } from './csv-layouts.ts';
import type { FeedFault } from './feed.ts';

/** The column of each field, counted from 0; -1 for a field without one. */
export type CsvColumns = Readonly<Record<CsvField, number>>;

/** What a file's first row says of all others. */
export type CsvHeader = {
  readonly layout: CsvLayout;
  readonly delimiter: number;
  /** How many columns a row has. */
  readonly count: number;
  readonly columns: CsvColumns;
  /** Names of columns that are not read. */
  readonly ignoredColumns: readonly string[];
  /** Everything that is wrong with the header or the mapping, in one message; null when rows can be read. */
  readonly fault: FeedFault | null;
};

const DELIMITERS = [44, 59, 9];
const MOST_NAMED = 40;

/** Returns the byte between the cells of a header: the most frequent of comma, semicolon and tab outside quotes; else comma. */
export function delimiterOf(bytes: Uint8Array, from: number, to: number): number {
  const counts = DELIMITERS.map((delimiter) => splitHeader(bytes, from, to, delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

/** Returns the names in a header row, without blanks, quotes and a byte order mark. */
export function splitHeader(bytes: Uint8Array, from: number, to: number, delimiter: number): string[] {
  const cells = makeCells();
  const marked = bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;
  splitRow(cells, bytes, marked ? from + 3 : from, to, delimiter);
  const decoder = new TextDecoder('utf-8');
  return Array.from({ length: cells.count }, (_, column) => {
    findCell(cells, column);
    const name = decoder.decode(bytes.subarray(cells.from, cells.to));
    return cells.quoted ? name.replaceAll('""', '"') : name;
  });
}

/** Returns what a header row means in a format; `mapping` is from our field names to the texts of columns. */
export function readHeader(
  bytes: Uint8Array,
  from: number,
  to: number,
  format: CsvFormatId,
  mapping: Readonly<Record<string, string>>,
): CsvHeader {
  const delimiter = delimiterOf(bytes, from, to);
  const names = splitHeader(bytes, from, to, delimiter);
  const layout = layoutOf(format, names);
  const mapped = applyMapping(names, mapping);
  const columns = Object.fromEntries(
    CSV_FIELDS.map((field) => [field, mapped.columns.get(field) ?? recognised(names, layout, field, mapped)]),
  ) as Record<CsvField, number>;
  const used = new Set(Object.values(columns));
  return {
    layout,
    delimiter,
    count: names.length,
    columns,
    ignoredColumns: names.filter((name, column) => !used.has(column) && name !== ''),
    fault: faultOf(bytes.subarray(from, to), names, columns, mapped.faults, format),
  };
}

type Mapped = { readonly columns: ReadonlyMap<CsvField, number>; readonly faults: readonly FeedFault[] };

function applyMapping(names: readonly string[], mapping: Readonly<Record<string, string>>): Mapped {
  const columns = new Map<CsvField, number>();
  const faults: FeedFault[] = [];
  for (const [name, header] of Object.entries(mapping)) {
    const field = fieldNamed(name);
    const column = columnNamed(names, header);
    if (field === null)
      faults.push({
        code: 'unknown-field',
        message: `there is no field ${shown(name)}; fields are ${CSV_FIELDS.join(', ')}`,
      });
    else if (column < 0)
      faults.push({
        code: 'missing-column',
        message: `${name} is mapped to ${shown(header)}, which is no column`,
      });
    else columns.set(field, column);
  }
  return { columns, faults };
}

function columnNamed(names: readonly string[], header: string): number {
  const exact = names.indexOf(header.trim());
  if (exact >= 0 || plainName(header) === '') return exact;
  return names.findIndex((name) => plainName(name) === plainName(header));
}

/** A column that is mapped to one field is not taken for another. */
function recognised(names: readonly string[], layout: CsvLayout, field: CsvField, mapped: Mapped): number {
  const taken = new Set(mapped.columns.values());
  for (const spelling of layout.columns[field] ?? []) {
    const column = names.findIndex((name, at) => plainName(name) === plainName(spelling) && !taken.has(at));
    if (column >= 0) return column;
  }
  return -1;
}

function faultOf(
  bytes: Uint8Array,
  names: readonly string[],
  columns: CsvColumns,
  mapping: readonly FeedFault[],
  format: CsvFormatId,
): FeedFault | null {
  if (bytes.includes(0))
    return {
      code: 'bad-header',
      message: 'the first row is not UTF-8 text (a NUL is in it); a file in UTF-16 has to be converted',
    };
  const missing = REQUIRED_FIELDS.filter((field) => columns[field] < 0);
  const faults = [...mapping];
  if (missing.length > 0)
    faults.unshift({
      code: 'missing-column',
      message: `no column for ${missing.join(', ')} in format ${format}`,
    });
  if (faults.length === 0) return null;
  const hint = missing.map((field) => `--map ${field}=COLUMN`).join(' ');
  const how = hint === '' ? '' : `; name ${missing.length === 1 ? 'it' : 'them'} with ${hint}`;
  const said = faults.map((fault) => fault.message).join('; ');
  return { code: faults[0].code, message: `${said}. Columns are ${listed(names)}${how}` };
}

function listed(names: readonly string[]): string {
  const first = names.slice(0, MOST_NAMED).map(shown).join(', ');
  return names.length > MOST_NAMED ? `${first} and ${names.length - MOST_NAMED} more` : first;
}

/** A name from outside in quotes, at most 60 characters, without what would hide or reorder a message. */
function shown(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '?');
  return `"${clean.length > 60 ? `${clean.slice(0, 60)}…` : clean}"`;
}
