import { parse } from 'csv-parse/sync';
import { isImoNumber, stableId } from '@offing/units';

/** One listing of a ship: on a list, from a day, to a day. Days are UTC, `YYYY-MM-DD`; the day of removal is the last listed day. */
export type Designation = {
  readonly designationId: string;
  readonly list: string;
  readonly entryId: string | null;
  readonly imoNumber: number | null;
  readonly mmsi: number | null;
  readonly callSign: string | null;
  /** As printed. */
  readonly shipName: string;
  /** As printed at listing; null when not printed. */
  readonly flag: string | null;
  readonly program: string | null;
  readonly designatedOn: string;
  readonly delistedOn: string | null;
  /** When the listing was learnt, ms; for the compiled history the listing day. */
  readonly knownSince: number;
  /** When the removal was learnt, ms; for the compiled history the day of removal; null while there is none. */
  readonly delistingKnownSince: number | null;
  readonly source: string;
};

/** A row that cannot be used: where it stands, and which field, with its value and what was expected. */
export type DesignationFault = {
  readonly line: number;
  readonly field: string;
  readonly value: string;
  readonly expected: string;
};

/** What reading a list gave: the rows that can be used, and the faults of those that cannot. */
export type DesignationList = {
  readonly designations: readonly Designation[];
  readonly faults: readonly DesignationFault[];
};

const COLUMNS = ['list', 'imo', 'name', 'flag', 'designated_on', 'delisted_on', 'program', 'source'] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/**
 * Reads the compiled history, a CSV with the columns list, imo, name, flag, designated_on, delisted_on, program, source.
 * A faulty row is named and left out; a file without these columns gives one fault and nothing else.
 */
export function readCompiledHistory(text: string): DesignationList {
  let records: { record: Row; info: { lines: number } }[];
  try {
    records = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true }) as never;
  } catch (error) {
    return { designations: [], faults: [fault(1, 'file', (error as Error).message, 'CSV with a header')] };
  }
  const missing = COLUMNS.filter((column) => records.length === 0 || !(column in records[0].record));
  if (missing.length > 0)
    return { designations: [], faults: [fault(1, 'header', missing.join(' '), 'these columns')] };
  const designations: Designation[] = [];
  const faults: DesignationFault[] = [];
  for (const { record, info } of records) {
    const found = faultsOf(record, info.lines);
    if (found.length === 0) designations.push(designationOf(record));
    faults.push(...found);
  }
  return { designations, faults };
}

function faultsOf(row: Row, line: number): DesignationFault[] {
  const faults: DesignationFault[] = [];
  if (row.list === '') faults.push(fault(line, 'list', row.list, 'the name of a list'));
  if (!/^\d{7}$/.test(row.imo) || !isImoNumber(Number(row.imo))) {
    faults.push(fault(line, 'imo', row.imo, 'seven digits whose check digit holds'));
  }
  if (row.name === '') faults.push(fault(line, 'name', row.name, 'the name of a ship'));
  if (!isDay(row.designated_on))
    faults.push(fault(line, 'designated_on', row.designated_on, 'a day, YYYY-MM-DD'));
  if (row.delisted_on !== '' && (!isDay(row.delisted_on) || row.delisted_on < row.designated_on)) {
    faults.push(fault(line, 'delisted_on', row.delisted_on, 'empty or a day from designated_on on'));
  }
  return faults;
}

function fault(line: number, field: string, value: string, expected: string): DesignationFault {
  return { line, field, value, expected };
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function designationOf(row: Row): Designation {
  return {
    designationId: stableId('d_', [row.list, row.imo, row.designated_on, row.name, row.program]),
    list: row.list,
    entryId: null,
    imoNumber: Number(row.imo),
    mmsi: null,
    callSign: null,
    shipName: row.name,
    flag: row.flag === '' ? null : row.flag,
    program: row.program === '' ? null : row.program,
    designatedOn: row.designated_on,
    delistedOn: row.delisted_on === '' ? null : row.delisted_on,
    knownSince: startOfDay(row.designated_on),
    delistingKnownSince: row.delisted_on === '' ? null : startOfDay(row.delisted_on),
    source: row.source,
  };
}

/** Returns the instant at which a UTC day begins, ms. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
