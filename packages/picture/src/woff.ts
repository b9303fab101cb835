import { inflateSync } from 'node:zlib';

const WOFF = 0x774f4646;
/** More than any table of a font for some hundred letters needs. */
const MOST_TABLE_BYTES = 4_000_000;

/** Returns the tables of a font in a WOFF 1.0 file by their names, unpacked; throws when the bytes are not one. */
export function woffTables(bytes: Uint8Array): ReadonlyMap<string, DataView> {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.getUint32(0) !== WOFF) throw new RangeError('not a WOFF file');
  const tables = new Map<string, DataView>();
  for (let entry = 44, left = file.getUint16(12); left > 0; entry += 20, left--) {
    const name = String.fromCharCode(...bytes.subarray(entry, entry + 4));
    const start = file.getUint32(entry + 4);
    const packed = bytes.subarray(start, start + file.getUint32(entry + 8));
    const length = file.getUint32(entry + 12);
    if (length > MOST_TABLE_BYTES) throw new RangeError(`the table ${name} is too long`);
    const table = packed.length === length ? packed : inflateSync(packed, { maxOutputLength: length });
    tables.set(name, new DataView(table.buffer, table.byteOffset, table.byteLength));
  }
  return tables;
}
