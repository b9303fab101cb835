import { AIS_CLASS, MISSING_8, NO_COORDINATE, NO_STATIC, RECEIVER_KIND, reserve } from '@offing/track';
import { sourceHash } from '@offing/ais';
import { isShipMmsi, mmsiKind } from '@offing/units';
import { findCell, splitLine } from './csv-cells.ts';
import type { CsvCells } from './csv-cells.ts';
import { aisClassOf, codeIn, makeCodeMemory, otherMobile } from './csv-codes.ts';
import type { CodeMemory } from './csv-codes.ts';
import type { CsvHeader } from './csv-header.ts';
import type { CsvField } from './csv-layouts.ts';
import { cogDdegIn, csvMotion, headingDegIn, navStatusIn, sogDknIn } from './csv-motion.ts';
import type { CsvMotion } from './csv-motion.ts';
import { integerIn, NO_NUMBER, NO_VALUE, numberIn, scaledIn } from './csv-number.ts';
import { LONGEST_ROW } from './csv-rows.ts';
import { csvStatics, staticIdIn } from './csv-statics.ts';
import type { CsvStatics } from './csv-statics.ts';
import { shownCell } from './csv-text.ts';
import { makeTimeMemory, readTime, TIME_FORMS } from './csv-time.ts';
import type { TimeMemory } from './csv-time.ts';
import { futureText } from './future.ts';
import type { FeedOutput, FeedReaderOptions, RejectCode } from './feed.ts';
import type { LinePlace } from './nmea-lines.ts';
import { makeReceiverKinds, receiverKindOf } from './nmea-receiver.ts';
import type { ReceiverKinds } from './nmea-receiver.ts';

/**
 * What it takes to make records of the rows of a file whose header is known. The functions that read rows get it as their
 * first argument and are not made anew for each file: the engine compiles them for all files as well as for one.
 */
export type CsvRowReader = {
  readonly header: CsvHeader;
  readonly headerRow: Uint8Array;
  readonly cells: CsvCells;
  readonly out: FeedOutput;
  readonly feed: number;
  readonly latestAt: number;
  readonly decimalComma: boolean;
  readonly fewestCells: number;
  readonly times: TimeMemory;
  readonly statics: CsvStatics;
  readonly motion: CsvMotion;
  readonly receivers: ReceiverKinds;
  readonly classes: CodeMemory;
  readonly unusable: (field: CsvField) => void;
  /** Line of the row at hand. */
  line: number;
};

/** Returns what it takes to read rows under a header; `cells` is filled for each of them. */
export function csvRowReader(
  header: CsvHeader,
  headerRow: Uint8Array,
  cells: CsvCells,
  out: FeedOutput,
  options: FeedReaderOptions,
): CsvRowReader {
  const { columns, delimiter, layout } = header;
  const unusable = (field: CsvField): void => out.count(`unusable-${field}`);
  const times = makeTimeMemory(layout.dayFirst);
  return {
    header,
    headerRow,
    cells,
    out,
    feed: options.feed,
    latestAt: options.latestAt ?? Infinity,
    decimalComma: delimiter !== 44,
    fewestCells: 1 + Math.max(columns.mmsi, columns.timestamp, columns.lat, columns.lon),
    times,
    statics: csvStatics(header, out.statics, times, unusable),
    motion: csvMotion(header, unusable),
    receivers: makeReceiverKinds(),
    classes: makeCodeMemory(aisClassOf),
    unusable,
    line: 0,
  };
}

/** Reads rows without quoted cells from a place on, as many as end in the bytes, and moves the place behind them. */
export function readLines(reader: CsvRowReader, bytes: Uint8Array, place: LinePlace): void {
  const { cells, header } = reader;
  for (;;) {
    const from = place.at;
    const to = Math.min(bytes.length, from + LONGEST_ROW + 1);
    const next = splitLine(cells, bytes, from, to, header.delimiter);
    if (next < 0) return;
    place.at = next;
    place.lines++;
    if (!isBlank(bytes, from, cells.rowTo)) readRow(reader, place.lines, true);
  }
}

/** Returns whether a row is blank. */
export function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] > 32 || bytes[at] === 0) return false;
  return true;
}

/** Reads the row that the cells hold; `ended` says whether a line break followed it. */
export function readRow(reader: CsvRowReader, line: number, ended: boolean): void {
  reader.line = line;
  if (reader.cells.binary) refuse(reader, 'not-text', 'there is a NUL in the row');
  else if (hasColumns(reader, ended)) takeRow(reader);
}

function takeRow(reader: CsvRowReader): void {
  const { columns } = reader.header;
  const mobile = mobileClass(reader);
  if (mobile < 0) return;
  const type = messageType(reader);
  if (type < 0) return;
  const mmsi = shipMmsi(reader);
  if (mmsi === 0) return;
  const lat = coordinate(reader, columns.lat);
  const lon = coordinate(reader, columns.lon);
  const fault = isStaticType(type) ? 'no-position' : positionFault(lat, lon);
  if (fault !== null && fault !== 'no-position') return refuse(reader, fault, positionText(reader));
  const at = instant(reader);
  if (Number.isNaN(at)) return;
  if (at > reader.latestAt) return refuse(reader, 'future-time', futureText(at, reader.latestAt));
  const staticId = staticIdIn(reader.statics, mmsi, reader.cells);
  if (fault !== null && staticId === NO_STATIC) return refuse(reader, fault, positionText(reader));
  if (fault !== null && !isStaticType(type)) reader.out.count('without-position');
  append(reader, mmsi, at, type, aisClass(reader, mobile, type), staticId);
  const { out, cells } = reader;
  const row = out.records.length - 1;
  out.records.latE7[row] = fault === null ? lat : NO_COORDINATE;
  out.records.lonE7[row] = fault === null ? lon : NO_COORDINATE;
  out.took?.(row, cells.bytes.subarray(cells.rowFrom, cells.rowTo));
}

function append(
  reader: CsvRowReader,
  mmsi: number,
  at: number,
  type: number,
  kind: number,
  staticId: number,
): void {
  const { cells, motion } = reader;
  const { records } = reader.out;
  const row = records.length;
  if (row >= records.at.length) reserve(records, row + 1);
  records.at[row] = at;
  records.receivedAt[row] = receivedAt(reader);
  records.mmsi[row] = mmsi;
  records.sogDkn[row] = sogDknIn(motion, cells);
  records.cogDdeg[row] = cogDdegIn(motion, cells);
  records.headingDeg[row] = headingDegIn(motion, cells);
  // Class B sends none; what stands there is the exporter's.
  records.navStatus[row] =
    isStaticType(type) || kind === AIS_CLASS.B ? MISSING_8 : navStatusIn(motion, cells);
  records.utcSecond[row] = MISSING_8;
  records.messageType[row] = type;
  records.aisClass[row] = kind;
  records.receiverKind[row] = receiverKind(reader);
  records.feed[row] = reader.feed;
  records.staticId[row] = staticId;
  records.length = row + 1;
}

function refuse({ out, cells, line }: CsvRowReader, code: RejectCode, why: string): void {
  out.reject(code, line, cells.bytes.subarray(cells.rowFrom, cells.rowTo), why);
}

/** Returns whether the row has the columns of the header; at its end, cells that are not needed may be missing. */
function hasColumns(reader: CsvRowReader, ended: boolean): boolean {
  const { count } = reader.cells;
  const { header, fewestCells } = reader;
  if (count === header.count) return true;
  const why = `${count} columns, the header has ${header.count}`;
  if (count < header.count && !ended) refuse(reader, 'truncated', `the file ends in a row of ${why}`);
  else if (count > header.count || count < fewestCells) refuse(reader, 'column-count', why);
  else return true;
  return false;
}

/** Returns AIS_CLASS by the kind of sender; -1 for a sender that is no ship, which is counted. */
function mobileClass({ cells, header, classes, out }: CsvRowReader): number {
  if (!findCell(cells, header.columns.mobile_type)) return AIS_CLASS.unknown;
  const kind = codeIn(classes, cells);
  if (kind !== AIS_CLASS.unknown) return kind;
  out.count(otherMobile(shownCell(cells)));
  return -1;
}

/** Message types that a file may tell, treated as nmeaReader does. */
function isPositionType(type: number): boolean {
  return (type >= 1 && type <= 3) || type === 18 || type === 19 || type === 27;
}

function isStaticType(type: number): boolean {
  return type === 5 || type === 24;
}

function isClassBType(type: number): boolean {
  return type === 18 || type === 19 || type === 24;
}

/** Returns the message type; 0 when the file does not tell, -1 for one that is not used, which is counted. */
function messageType({ cells, header, out, unusable }: CsvRowReader): number {
  if (!findCell(cells, header.columns.message_type)) return 0;
  const { bytes } = cells;
  // `AIS.1`
  const from = cells.to - cells.from > 4 && bytes[cells.from + 3] === 46 ? cells.from + 4 : cells.from;
  const type = integerIn(bytes, from, cells.to);
  if (isPositionType(type) || isStaticType(type)) return type;
  if (type >= 1 && type <= 27) {
    out.count(`type-${type}`);
    return -1;
  }
  if (!Number.isNaN(type)) unusable('message_type');
  return 0;
}

/** Returns a ship's MMSI, or 0 for a row that was counted or refused. */
function shipMmsi(reader: CsvRowReader): number {
  const { cells, header, headerRow, out } = reader;
  const found = findCell(cells, header.columns.mmsi);
  const mmsi = found ? integerIn(cells.bytes, cells.from, cells.to) : NaN;
  if (isShipMmsi(mmsi)) return mmsi;
  if (mmsi > 0 && mmsi <= 999_999_999) out.count(`mmsi-${mmsiKind(mmsi)}`);
  else if (sameBytes(cells.bytes, cells.rowFrom, cells.rowTo, headerRow)) out.count('repeated-header');
  else refuse(reader, 'no-mmsi', `MMSI is ${found ? shownCell(cells) : 'empty'}, expected nine digits`);
  return 0;
}

/** Returns the instant of the row, or NaN for a row that was refused. */
function instant(reader: CsvRowReader): number {
  const { cells, header } = reader;
  if (!findCell(cells, header.columns.timestamp)) {
    refuse(reader, 'no-time', 'the time is empty');
    return NaN;
  }
  const at = readTime(reader.times, cells.bytes, cells.from, cells.to);
  if (!Number.isNaN(at)) return at + (header.columns.millisecond < 0 ? 0 : millisecond(reader, at));
  const missing = Number.isNaN(numberIn(cells.bytes, cells.from, cells.to, false));
  const slashes = !header.layout.dayFirst && cells.bytes[cells.from + 2] === 47;
  const hint = slashes ? '; with slashes, day and month cannot be told apart' : '';
  const why = `time is ${shownCell(cells)}, expected ${TIME_FORMS}${hint}`;
  refuse(reader, missing ? 'no-time' : 'bad-time', why);
  return NaN;
}

/** The column of milliseconds completes a time in whole seconds. */
function millisecond({ cells, header }: CsvRowReader, at: number): number {
  if (at % 1000 !== 0 || !findCell(cells, header.columns.millisecond)) return 0;
  const ms = integerIn(cells.bytes, cells.from, cells.to);
  return ms >= 0 && ms <= 999 ? ms : 0;
}

/** Returns degrees times ten million, NO_VALUE or NO_NUMBER. */
function coordinate({ cells, decimalComma }: CsvRowReader, column: number): number {
  return findCell(cells, column) ? scaledIn(cells.bytes, cells.from, cells.to, 7, decimalComma) : NO_VALUE;
}

function receiverKind({ cells, header, receivers }: CsvRowReader): number {
  if (!findCell(cells, header.columns.receiver)) return RECEIVER_KIND.unknown;
  const { bytes, from, to } = cells;
  return receiverKindOf(receivers, sourceHash(bytes, from, to), bytes, from, to);
}

function receivedAt({ cells, header, times, unusable }: CsvRowReader): number {
  if (!findCell(cells, header.columns.received_at)) return NaN;
  const at = readTime(times, cells.bytes, cells.from, cells.to);
  if (Number.isNaN(at)) unusable('received_at');
  return at;
}

function aisClass({ cells, header, classes }: CsvRowReader, mobile: number, type: number): number {
  if (mobile > 0) return mobile;
  if (type > 0) return isClassBType(type) ? AIS_CLASS.B : AIS_CLASS.A;
  return findCell(cells, header.columns.ais_class) ? codeIn(classes, cells) : AIS_CLASS.unknown;
}

function positionText({ cells, header }: CsvRowReader): string {
  const lat = findCell(cells, header.columns.lat) ? shownCell(cells) : 'empty';
  const lon = findCell(cells, header.columns.lon) ? shownCell(cells) : 'empty';
  return `longitude ${lon}, latitude ${lat}`;
}

/** Returns the code for a position in ten-millionths of a degree that cannot be used, or null. */
function positionFault(lat: number, lon: number): RejectCode | null {
  if (lat === NO_NUMBER || lon === NO_NUMBER) return 'bad-number';
  if (lat === NO_VALUE || lon === NO_VALUE || lon === 1_810_000_000 || lat === 910_000_000)
    return 'no-position';
  if (lon > 1_800_000_000 || lon < -1_800_000_000 || lat > 900_000_000 || lat < -900_000_000)
    return 'position-range';
  return lon === 0 && lat === 0 ? 'position-zero' : null;
}

function sameBytes(bytes: Uint8Array, from: number, to: number, other: Uint8Array): boolean {
  if (to - from !== other.length) return false;
  for (let at = 0; at < other.length; at++) if (bytes[from + at] !== other[at]) return false;
  return true;
}
