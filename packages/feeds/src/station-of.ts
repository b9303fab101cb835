import { findCell, makeCells, splitRow } from './csv-cells.ts';
import { readHeader } from './csv-header.ts';
import type { CsvFormatId } from './csv-layouts.ts';

/** Longest name of a station that is believed. */
const LONGEST_NAME = 64;
/** The source of a tag block (NMEA 0183 4.10, section 7), in front of the sentence. */
const TAG_SOURCE = /\\(?:[^\\*]*,)?s:([^,*\\]+)/;
/** The station behind a sentence of the US Coast Guard's kind: `,r003669946,`. */
const SUFFIX_STATION = /\*[0-9A-Fa-f]{2}[^!]*,r([0-9A-Za-z]+)(?:,|$)/m;
/** Under these names JSON says which station heard a message. */
const STATION_FIELDS = ['station_id', 'station', 'receiver', 'receiver_id', '$source'] as const;

const OPEN_OBJECT = 123;

const decoder = new TextDecoder('utf-8');

/** What is needed to know the columns of a row. */
export type TableHeader = {
  readonly format: CsvFormatId;
  readonly row: Uint8Array;
  readonly columns: Readonly<Record<string, string>>;
};

/**
 * Returns the name of the station that heard a record, as the record itself says it, or null. With `table` it is a row of a
 * table, else an object of JSON or a sentence.
 */
export function stationOf(raw: Uint8Array, table: TableHeader | null): string | null {
  if (table !== null) return named(cellOf(table, raw));
  return named(raw[0] === OPEN_OBJECT ? jsonStation(raw) : sentenceStation(decoder.decode(raw)));
}

function named(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || trimmed.length > LONGEST_NAME || /[\u0000-\u001f]/.test(trimmed) ? null : trimmed;
}

function sentenceStation(text: string): string | null {
  return TAG_SOURCE.exec(text)?.[1] ?? SUFFIX_STATION.exec(text)?.[1] ?? null;
}

function cellOf({ format, row, columns: mapping }: TableHeader, raw: Uint8Array): string | null {
  const { delimiter, columns } = readHeader(row, 0, row.length, format, mapping);
  if (columns.receiver < 0) return null;
  const cells = makeCells();
  splitRow(cells, raw, 0, raw.length, delimiter);
  return findCell(cells, columns.receiver) ? decoder.decode(raw.subarray(cells.from, cells.to)) : null;
}

function jsonStation(raw: Uint8Array): string | null {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(raw)) as unknown;
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object') return null;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const field of STATION_FIELDS) {
    const station = fields[field];
    if (typeof station === 'string' || typeof station === 'number') return String(station);
  }
  return null;
}
