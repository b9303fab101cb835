import { NO_STATIC } from '@offing/track';
import type { StaticDictionary, StaticReport } from '@offing/track';
import { findCell } from './csv-cells.ts';
import type { CsvCells } from './csv-cells.ts';
import { refinedByCargo, shipTypeOf } from './csv-codes.ts';
import type { CsvHeader } from './csv-header.ts';
import type { CsvField } from './csv-layouts.ts';
import { entryOf, keepReport, lastId, makeLastReports, UNSEEN } from './csv-last-reports.ts';
import type { LastReports } from './csv-last-reports.ts';
import { integerIn, numberIn } from './csv-number.ts';
import { cellText } from './csv-text.ts';
import { readTime } from './csv-time.ts';
import type { TimeMemory } from './csv-time.ts';

/** Fields that say who a ship is and where she goes. */
const STATIC_COLUMNS = [
  'imo',
  'name',
  'call_sign',
  'ship_type',
  'cargo_type',
  'length',
  'width',
  'draught',
  'destination',
  'eta',
  'to_bow',
  'to_stern',
  'to_port',
  'to_starboard',
  'eta_month',
  'eta_day',
  'eta_hour',
  'eta_minute',
] as const satisfies readonly CsvField[];

const ETA_PARTS = ['eta_month', 'eta_day', 'eta_hour', 'eta_minute'] as const satisfies readonly CsvField[];

/** Largest values that AIS can carry (ITU-R M.1371-5, annex 8, 3.3). */
const MOST_LENGTH_M = 1022;
const MOST_BEAM_M = 126;
const MOST_DRAUGHT_M = 25.5;
/** Of the 30 bits of the field; a valid IMO number has seven digits, and what is sent is kept as sent. */
const MOST_IMO = 1_073_741_823;

/** What it takes to read the static cells of a file's rows, and what each ship's last row said of her. */
export type CsvStatics = {
  readonly runs: readonly Run[];
  readonly read: (cells: CsvCells) => StaticReport;
  readonly dictionary: StaticDictionary;
  readonly last: LastReports;
  readonly hash: { one: number; two: number };
};

/** Returns what it takes to read the static cells of rows. `onUnusable` hears of a value that cannot be, by field. */
export function csvStatics(
  header: CsvHeader,
  dictionary: StaticDictionary,
  times: TimeMemory,
  onUnusable: (field: CsvField) => void,
): CsvStatics {
  const read = reportReader(header, times, onUnusable);
  return { runs: runsOf(header), read, dictionary, last: makeLastReports(), hash: { one: 0, two: 0 } };
}

/**
 * Returns the index in the dictionary of what a row says of its ship, or NO_STATIC for nothing; the cells are read only when
 * their bytes differ from those of the ship's last row. A cell that is empty or says "no value" leaves its field out: a
 * file does not tell whether the ship sent "not available" or nothing.
 */
export function staticIdIn(statics: CsvStatics, mmsi: number, cells: CsvCells): number {
  const { runs, last, hash } = statics;
  if (runs.length === 0) return NO_STATIC;
  hashRuns(cells, runs, hash);
  const entry = entryOf(last, mmsi);
  const known = lastId(last, entry, mmsi, hash);
  if (known !== UNSEEN) return known;
  const id = newIdIn(statics, cells);
  keepReport(last, entry, mmsi, hash, id);
  return id;
}

/** Apart from what is done for every row: it calls functions that are made for one file, and code that knows those goes with them. */
function newIdIn({ read, dictionary }: CsvStatics, cells: CsvCells): number {
  const report = read(cells);
  return Object.keys(report).length === 0 ? NO_STATIC : dictionary.intern(report);
}

/** Columns that stand side by side: their bytes are compared at once, delimiters included. */
type Run = { readonly first: number; readonly last: number };

function runsOf({ columns }: CsvHeader): readonly Run[] {
  const sorted = STATIC_COLUMNS.map((field) => columns[field])
    .filter((column) => column >= 0)
    .sort((one, two) => one - two);
  const runs: Run[] = [];
  for (const column of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && column <= run.last + 1)
      runs[runs.length - 1] = { first: run.first, last: column };
    else runs.push({ first: column, last: column });
  }
  return runs;
}

function runFrom(cells: CsvCells, run: Run): number {
  if (run.first >= cells.count) return cells.rowTo;
  return run.first === 0 ? cells.rowFrom : cells.ends[run.first - 1] + 1;
}

function runTo(cells: CsvCells, run: Run): number {
  return run.last >= cells.count ? cells.rowTo : cells.ends[run.last];
}

/** Mixes the bytes of the runs into two words (multiply and rotate, as in MurmurHash by Appleby); they are compared as one of 64 bits. */
function hashRuns(cells: CsvCells, runs: readonly Run[], hash: { one: number; two: number }): void {
  const { bytes } = cells;
  let one = 0x811c9dc5 | 0;
  let two = 0x2545f491;
  for (let index = 0; index < runs.length; index++) {
    let at = runFrom(cells, runs[index]);
    const to = runTo(cells, runs[index]);
    for (; at + 4 <= to; at += 4) {
      const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
      one = Math.imul((one << 13) | (one >>> 19), 5) + Math.imul(word, 0xcc9e2d51);
      two = Math.imul((two << 15) | (two >>> 17), 9) ^ Math.imul(word, 0x1b873593);
    }
    // What is left of the run, its length with it so that no byte can move from one run to the next.
    let rest = to - at;
    for (; at < to; at++) rest = (rest << 8) | bytes[at];
    one = Math.imul(one ^ rest, 0x85ebca6b);
    two = Math.imul(two + rest, 0xc2b2ae35);
    one ^= one >>> 15;
    two ^= two >>> 13;
  }
  hash.one = one | 0;
  hash.two = two | 0;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function reportReader(
  { columns, layout, delimiter }: CsvHeader,
  times: TimeMemory,
  onUnusable: (field: CsvField) => void,
): (cells: CsvCells) => StaticReport {
  const text = (cells: CsvCells, field: CsvField): string | null =>
    findCell(cells, columns[field]) ? cellText(cells) : null;

  const number = (cells: CsvCells, field: CsvField): number | null => {
    if (!findCell(cells, columns[field])) return null;
    const value = numberIn(cells.bytes, cells.from, cells.to, delimiter !== 44);
    if (Number.isFinite(value)) return value;
    if (!Number.isNaN(value)) onUnusable(field);
    return null;
  };

  /** 0 says "not available" in all of these fields. */
  const measure = (cells: CsvCells, field: CsvField, most: number): number | null => {
    const value = number(cells, field);
    if (value === null || value === 0) return null;
    if (value > 0 && value <= most) return value;
    onUnusable(field);
    return null;
  };

  const sum = (cells: CsvCells, one: CsvField, two: CsvField, most: number): number | null => {
    const first = number(cells, one);
    const second = number(cells, two);
    if (first === null || second === null || first < 0 || second < 0) return null;
    return first + second > 0 && first + second <= most ? first + second : null;
  };

  const shipType = (cells: CsvCells): number | null => {
    if (!findCell(cells, columns.ship_type)) return null;
    if (integerIn(cells.bytes, cells.from, cells.to) !== Infinity) return measure(cells, 'ship_type', 99);
    const named = shipTypeOf(cellText(cells) ?? '');
    if (named === null) onUnusable('ship_type');
    return named === null ? null : refinedByCargo(named, text(cells, 'cargo_type'));
  };

  /** `IMO9627980`, `IMO 9627980`, `9627980`, `9627980.0` */
  const imoNumber = (cells: CsvCells): number | null => {
    if (!findCell(cells, columns.imo)) return null;
    const { bytes, to } = cells;
    let { from } = cells;
    const named =
      (bytes[from] | 32) === 105 && (bytes[from + 1] | 32) === 109 && (bytes[from + 2] | 32) === 111;
    if (named && from + 3 < to) from += 3;
    while (from < to && (bytes[from] === 32 || bytes[from] === 58)) from++;
    const value = integerIn(bytes, from, to);
    if (value >= 0 && value <= MOST_IMO) return value === 0 ? null : value;
    if (!Number.isNaN(value)) onUnusable('imo');
    return null;
  };

  const eta = (cells: CsvCells): string | null => {
    if (columns.eta_month >= 0) {
      const parts = ETA_PARTS.map((field) => number(cells, field));
      return parts.every((part) => part !== null) ? etaOf(parts) : null;
    }
    if (!findCell(cells, columns.eta)) return null;
    const at = readTime(times, cells.bytes, cells.from, cells.to);
    if (!Number.isNaN(at)) return `${new Date(at).toISOString().slice(5, 16)}Z`;
    const word = cellText(cells);
    const match = /^(\d\d?)[-/](\d\d?)[T ]+(\d\d):(\d\d)(?::00)?Z?$/.exec(word ?? '');
    if (match !== null) return etaOf(match.slice(1).map(Number));
    if (word !== null) onUnusable('eta');
    return null;
  };

  return (cells) => {
    const report: Mutable<StaticReport> = {};
    const imo = imoNumber(cells);
    if (imo !== null) report.imoNumber = imo;
    const name = text(cells, 'name');
    if (name !== null) report.shipName = name;
    const callSign = text(cells, 'call_sign');
    if (callSign !== null) report.callSign = callSign;
    const type = shipType(cells);
    if (type !== null) report.shipType = type;
    const lengthM =
      measure(cells, 'length', MOST_LENGTH_M) ?? sum(cells, 'to_bow', 'to_stern', MOST_LENGTH_M);
    if (lengthM !== null) report.lengthM = lengthM;
    const beamM = measure(cells, 'width', MOST_BEAM_M) ?? sum(cells, 'to_port', 'to_starboard', MOST_BEAM_M);
    if (beamM !== null) report.beamM = beamM;
    const draught = measure(cells, 'draught', MOST_DRAUGHT_M * layout.draughtPerM);
    if (draught !== null) report.draughtM = draught / layout.draughtPerM;
    const destination = text(cells, 'destination');
    if (destination !== null) report.destination = destination;
    const etaText = eta(cells);
    if (etaText !== null) report.eta = etaText;
    return report;
  };
}

/** Returns month, day, hour and minute as `MM-DDTHH:mmZ`, or null when one is "not available" or cannot be. */
function etaOf(parts: readonly number[]): string | null {
  const [month, day, hour, minute] = parts;
  const sound =
    parts.every(Number.isInteger) &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59;
  if (!sound) return null;
  const [mm, dd, hh, min] = parts.map((part) => String(part).padStart(2, '0'));
  return `${mm}-${dd}T${hh}:${min}Z`;
}
