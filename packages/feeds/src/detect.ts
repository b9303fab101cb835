import { delimiterOf, splitHeader } from './csv-header.ts';
import { fieldNamed, plainName, REQUIRED_FIELDS } from './csv-layouts.ts';
import type { FormatId } from './feed.ts';
import { formatOfJson } from './json-shape.ts';

/** How much of a file is looked at, in bytes. */
const MOST_BYTES = 16_384;

/** A sentence of AIS or of another NMEA 0183 device, or a tag block with its checksum, anywhere in a line. */
const NMEA_SIGNS = [
  /[!$][A-Z]{2}VD[MO],\d/,
  /\$PGHP,\d/,
  /\\[a-zA-Z0-9]{1,3}:[^\\\n]*\*[0-9A-Fa-fh]{2}\\/,
  /^[!$][A-Z]{4,5},/m,
];

/** Columns that only the files of one format have together, by plain name; the first that fits is taken. */
const SIGNATURES: readonly { readonly format: FormatId; readonly columns: readonly string[] }[] = [
  { format: 'dma', columns: ['timestamp', 'typeofmobile', 'mmsi', 'latitude', 'longitude'] },
  { format: 'marinecadastre', columns: ['mmsi', 'basedatetime', 'lat', 'lon'] },
  { format: 'marinecadastre', columns: ['mmsi', 'basedatetime', 'latitude', 'longitude'] },
  { format: 'gfw', columns: ['ssvid', 'timestamp', 'lat', 'lon'] },
];

/**
 * Returns the format of a recording by its first bytes, unpacked, or null for none that can be read. A file with a header of
 * which nothing is known is `csv` when its name says so: its reader then says which columns are missing.
 */
export function detectFormat(bytes: Uint8Array, name = ''): FormatId | null {
  const start = bytes.subarray(0, MOST_BYTES);
  const json = formatOfJson(new TextDecoder('latin1').decode(start));
  if (json !== null) return json;
  const header = headerOf(start);
  const format = header === null ? null : formatOfHeader(header);
  const known = header === null ? 0 : knownColumns(header);
  if (format !== null && known === REQUIRED_FIELDS.length) return format;
  if (hasSentences(start)) return 'nmea';
  if (header === null) return null;
  if (known >= 2 || /\.(csv|tsv)(\.[a-z0-9]+)?$/i.test(name)) return format;
  return null;
}

/** Returns the names in the first line that is not blank; null when there is none or it is not text. */
function headerOf(bytes: Uint8Array): readonly string[] | null {
  let from = 0;
  while (from < bytes.length && bytes[from] <= 32 && bytes[from] !== 0) from++;
  const lineBreak = bytes.indexOf(10, from);
  const to = lineBreak < 0 ? bytes.length : lineBreak;
  if (from >= to || bytes.subarray(from, to).includes(0)) return null;
  const names = splitHeader(bytes, from, to, delimiterOf(bytes, from, to));
  // JSON has commas too.
  return /^[[{]/.test(names[0]) ? null : names;
}

function formatOfHeader(header: readonly string[]): FormatId {
  const names = new Set(header.map(plainName));
  return SIGNATURES.find(({ columns }) => columns.every((column) => names.has(column)))?.format ?? 'csv';
}

function knownColumns(header: readonly string[]): number {
  const fields = new Set(header.map(fieldNamed));
  return REQUIRED_FIELDS.filter((field) => fields.has(field)).length;
}

function hasSentences(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes);
  return NMEA_SIGNS.some((sign) => sign.test(text));
}
