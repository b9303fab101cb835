import { COLUMN_NAMES, makeColumns, type RecordColumns } from '@offing/track';

/** Rows of a block in a spill file; 360 KB, so that sixty runs are merged in 22 MB. */
export const BLOCK_ROWS = 8192;

/** Bytes of a row in a spill file: the columns hold no more and no less. */
export const ROW_BYTES = COLUMN_NAMES.reduce((sum, name) => sum + makeColumns(1)[name].BYTES_PER_ELEMENT, 0);

/** Memory for one block of a spill file: the columns one behind the other, widest first, so that all are aligned. */
export class Block {
  readonly #buffer: ArrayBuffer;
  readonly #whole: RecordColumns;

  constructor(rows = BLOCK_ROWS) {
    this.#buffer = new ArrayBuffer(rows * ROW_BYTES);
    this.#whole = layOut(this.#buffer, rows);
  }

  /** Returns columns over the block as it lies in the file when it holds `rows` rows. */
  columns(rows: number): RecordColumns {
    return rows === this.#whole.length ? this.#whole : layOut(this.#buffer, rows);
  }

  /** Returns the bytes of a block that holds `rows` rows. */
  bytes(rows: number): Uint8Array {
    return new Uint8Array(this.#buffer, 0, rows * ROW_BYTES);
  }
}

function layOut(buffer: ArrayBuffer, rows: number): RecordColumns {
  const columns = makeColumns(0);
  let at = 0;
  for (const name of COLUMN_NAMES) {
    const Column = columns[name].constructor as new (
      buffer: ArrayBuffer,
      at: number,
      length: number,
    ) => RecordColumns[typeof name];
    Object.assign(columns, { [name]: new Column(buffer, at, rows) });
    at += rows * columns[name].BYTES_PER_ELEMENT;
  }
  columns.length = rows;
  return columns;
}
