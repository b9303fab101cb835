import { AIS_CLASS, MISSING_8, NO_COORDINATE, NO_STATIC, RECEIVER_KIND, reserve } from '@offing/track';
import { sourceHash } from '@offing/ais';
import { isShipMmsi, mmsiKind } from '@offing/units';
import { findCell, makeCells, splitRow } from './csv-cells.ts';
import { aisClassOf, otherMobile, rememberCodes } from './csv-codes.ts';
import { readHeader } from './csv-header.ts';
import type { CsvHeader } from './csv-header.ts';
import type { CsvField, CsvFormatId } from './csv-layouts.ts';
import { csvMotion } from './csv-motion.ts';
import { integerIn, NO_NUMBER, NO_VALUE, numberIn, scaledIn } from './csv-number.ts';
import { csvRows } from './csv-rows.ts';
import { csvStatics } from './csv-statics.ts';
import { shownCell } from './csv-text.ts';
import { TIME_FORMS, timeReader } from './csv-time.ts';
import { futureText } from './future.ts';
import type { FeedOutput, FeedReader, FeedReaderOptions, RejectCode } from './feed.ts';
import { makeReceiverKinds } from './nmea-receiver.ts';

/** Reads one row of a file whose header is known. */
type RowReader = (bytes: Uint8Array, from: number, to: number, line: number, ended: boolean) => void;

/**
 * Returns a reader of rows and columns that appends each row's position and what it says of its ship to the output's
 * records; all else is counted or refused with a code. The first row that is not blank is the header. A row whose position
 * is not available is a static report when it says something of its ship.
 */
export function csvReader(format: CsvFormatId, out: FeedOutput, options: FeedReaderOptions): FeedReader {
  const cells = makeCells();
  let header: CsvHeader | null = null;
  let readRow: RowReader | null = null;

  const rows = csvRows({
    row(bytes, from, to, line, ended) {
      if (isBlank(bytes, from, to)) return;
      if (header === null) startWith(bytes, from, to);
      else readRow?.(bytes, from, to, line, ended);
    },
    fits(bytes, from, to) {
      if (header === null) return true;
      splitRow(cells, bytes, from, to, header.delimiter);
      return cells.count === header.count && !cells.stray;
    },
    reject(code, line, raw, why) {
      if (header === null) header = unreadable(why);
      else if (header.fault === null) out.reject(code, line, raw, why);
    },
  });

  function unreadable(why: string): CsvHeader {
    const none = readHeader(new Uint8Array(0), 0, 0, format, {});
    return { ...none, fault: { code: 'bad-header', message: `the header cannot be read: ${why}` } };
  }

  function startWith(bytes: Uint8Array, from: number, to: number): void {
    header = readHeader(bytes, from, to, format, options.columns ?? {});
    rows.setDelimiter(header.delimiter);
    if (header.fault === null) readRow = rowReader(header, bytes.slice(from, to), cells, out, options);
  }

  return {
    push: (chunk) => {
      rows.push(chunk);
    },
    end() {
      rows.end();
    },
    get lines() {
      return rows.lines;
    },
    get fault() {
      return header?.fault ?? null;
    },
    get ignoredColumns() {
      return header?.ignoredColumns ?? [];
    },
  };
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] > 32 || bytes[at] === 0) return false;
  return true;
}

/** What to do with each message type where the file tells: as nmeaReader does. */
const POSITION_TYPES: ReadonlySet<number> = new Set([1, 2, 3, 18, 19, 27]);
const STATIC_TYPES: ReadonlySet<number> = new Set([5, 24]);
const CLASS_B_TYPES: ReadonlySet<number> = new Set([18, 19, 24]);

function rowReader(
  header: CsvHeader,
  headerRow: Uint8Array,
  cells: ReturnType<typeof makeCells>,
  out: FeedOutput,
  options: FeedReaderOptions,
): RowReader {
  const { columns, delimiter, layout } = header;
  const { records } = out;
  const { latestAt = Infinity } = options;
  const decimalComma = delimiter !== 44;
  const unusable = (field: CsvField): void => out.count(`unusable-${field}`);
  const readTime = timeReader(layout.dayFirst);
  const statics = csvStatics(header, out.statics, readTime, unusable);
  const motion = csvMotion(header, unusable);
  const receiverKinds = makeReceiverKinds();
  const classOf = rememberCodes(aisClassOf);
  const fewestCells = 1 + Math.max(columns.mmsi, columns.timestamp, columns.lat, columns.lon);
  let line = 0;

  const refuse = (code: RejectCode, why: string): void => {
    out.reject(code, line, cells.bytes.subarray(cells.rowFrom, cells.rowTo), why);
  };

  /** Returns whether the row has the columns of the header; at its end, cells that are not needed may be missing. */
  function hasColumns(ended: boolean): boolean {
    const { count } = cells;
    if (count === header.count) return true;
    const why = `${count} columns, the header has ${header.count}`;
    if (count < header.count && !ended) refuse('truncated', `the file ends in a row of ${why}`);
    else if (count > header.count || count < fewestCells) refuse('column-count', why);
    else return true;
    return false;
  }

  /** Returns AIS_CLASS by the kind of sender; -1 for a sender that is no ship, which is counted. */
  function mobileClass(): number {
    if (!findCell(cells, columns.mobile_type)) return AIS_CLASS.unknown;
    const kind = classOf(cells);
    if (kind !== AIS_CLASS.unknown) return kind;
    out.count(otherMobile(shownCell(cells)));
    return -1;
  }

  /** Returns the message type; 0 when the file does not tell, -1 for one that is not used, which is counted. */
  function messageType(): number {
    if (!findCell(cells, columns.message_type)) return 0;
    const { bytes } = cells;
    // `AIS.1`
    const from = cells.to - cells.from > 4 && bytes[cells.from + 3] === 46 ? cells.from + 4 : cells.from;
    const type = integerIn(bytes, from, cells.to);
    if (POSITION_TYPES.has(type) || STATIC_TYPES.has(type)) return type;
    if (type >= 1 && type <= 27) {
      out.count(`type-${type}`);
      return -1;
    }
    if (!Number.isNaN(type)) unusable('message_type');
    return 0;
  }

  /** Returns a ship's MMSI, or 0 for a row that was counted or refused. */
  function shipMmsi(): number {
    const found = findCell(cells, columns.mmsi);
    const mmsi = found ? integerIn(cells.bytes, cells.from, cells.to) : NaN;
    if (isShipMmsi(mmsi)) return mmsi;
    if (mmsi > 0 && mmsi <= 999_999_999) out.count(`mmsi-${mmsiKind(mmsi)}`);
    else if (sameBytes(cells.bytes, cells.rowFrom, cells.rowTo, headerRow)) out.count('repeated-header');
    else refuse('no-mmsi', `MMSI is ${found ? shownCell(cells) : 'empty'}, expected nine digits`);
    return 0;
  }

  /** Returns the instant of the row, or NaN for a row that was refused. */
  function instant(): number {
    if (!findCell(cells, columns.timestamp)) {
      refuse('no-time', 'the time is empty');
      return NaN;
    }
    const at = readTime(cells.bytes, cells.from, cells.to);
    if (!Number.isNaN(at)) return at + (columns.millisecond < 0 ? 0 : millisecond(at));
    const missing = Number.isNaN(numberIn(cells.bytes, cells.from, cells.to, false));
    const slashes = !layout.dayFirst && cells.bytes[cells.from + 2] === 47;
    const hint = slashes ? '; with slashes, day and month cannot be told apart' : '';
    refuse(missing ? 'no-time' : 'bad-time', `time is ${shownCell(cells)}, expected ${TIME_FORMS}${hint}`);
    return NaN;
  }

  /** The column of milliseconds completes a time in whole seconds. */
  function millisecond(at: number): number {
    if (at % 1000 !== 0 || !findCell(cells, columns.millisecond)) return 0;
    const ms = integerIn(cells.bytes, cells.from, cells.to);
    return ms >= 0 && ms <= 999 ? ms : 0;
  }

  /** Returns degrees times ten million, NO_VALUE or NO_NUMBER. */
  function coordinate(column: number): number {
    return findCell(cells, column) ? scaledIn(cells.bytes, cells.from, cells.to, 7, decimalComma) : NO_VALUE;
  }

  function receiverKind(): number {
    if (!findCell(cells, columns.receiver)) return RECEIVER_KIND.unknown;
    const { bytes, from, to } = cells;
    return receiverKinds(sourceHash(bytes, from, to), bytes, from, to);
  }

  function receivedAt(): number {
    if (!findCell(cells, columns.received_at)) return NaN;
    const at = readTime(cells.bytes, cells.from, cells.to);
    if (Number.isNaN(at)) unusable('received_at');
    return at;
  }

  function aisClass(mobile: number, type: number): number {
    if (mobile > 0) return mobile;
    if (type > 0) return CLASS_B_TYPES.has(type) ? AIS_CLASS.B : AIS_CLASS.A;
    return findCell(cells, columns.ais_class) ? classOf(cells) : AIS_CLASS.unknown;
  }

  function takeRow(): void {
    const mobile = mobileClass();
    if (mobile < 0) return;
    const type = messageType();
    if (type < 0) return;
    const mmsi = shipMmsi();
    if (mmsi === 0) return;
    const lat = coordinate(columns.lat);
    const lon = coordinate(columns.lon);
    const fault = STATIC_TYPES.has(type) ? 'no-position' : positionFault(lat, lon);
    if (fault !== null && fault !== 'no-position') return refuse(fault, positionText());
    const at = instant();
    if (Number.isNaN(at)) return;
    if (at > latestAt) return refuse('future-time', futureText(at, latestAt));
    const staticId = statics.idOf(mmsi, cells);
    if (fault !== null && staticId === NO_STATIC) return refuse(fault, positionText());
    if (fault !== null && !STATIC_TYPES.has(type)) out.count('without-position');
    append(mmsi, at, type, aisClass(mobile, type), staticId);
    const row = records.length - 1;
    records.latE7[row] = fault === null ? lat : NO_COORDINATE;
    records.lonE7[row] = fault === null ? lon : NO_COORDINATE;
    out.took?.(row, cells.bytes.subarray(cells.rowFrom, cells.rowTo));
  }

  function positionText(): string {
    const lat = findCell(cells, columns.lat) ? shownCell(cells) : 'empty';
    const lon = findCell(cells, columns.lon) ? shownCell(cells) : 'empty';
    return `longitude ${lon}, latitude ${lat}`;
  }

  function append(mmsi: number, at: number, type: number, kind: number, staticId: number): void {
    const row = records.length;
    if (row >= records.at.length) reserve(records, row + 1);
    const moves = !STATIC_TYPES.has(type);
    records.at[row] = at;
    records.receivedAt[row] = receivedAt();
    records.mmsi[row] = mmsi;
    records.sogDkn[row] = motion.sogDkn(cells);
    records.cogDdeg[row] = motion.cogDdeg(cells);
    records.headingDeg[row] = motion.headingDeg(cells);
    // Class B sends none; what stands there is the exporter's.
    records.navStatus[row] = moves && kind !== AIS_CLASS.B ? motion.navStatus(cells) : MISSING_8;
    records.utcSecond[row] = MISSING_8;
    records.messageType[row] = type;
    records.aisClass[row] = kind;
    records.receiverKind[row] = receiverKind();
    records.feed[row] = options.feed;
    records.staticId[row] = staticId;
    records.length = row + 1;
  }

  return (bytes, from, to, lineOfRow, ended) => {
    line = lineOfRow;
    splitRow(cells, bytes, from, to, delimiter);
    if (cells.binary) refuse('not-text', 'there is a NUL in the row');
    else if (hasColumns(ended)) takeRow();
  };
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
