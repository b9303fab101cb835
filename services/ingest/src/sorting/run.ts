import { COLUMN_NAMES, type RecordColumns } from '@offing/track';
import { Block, BLOCK_ROWS, ROW_BYTES } from './block.ts';
import { copyRows, gatherRows } from './copy-rows.ts';
import { SpillFile } from './spill-file.ts';

/** Rows in order in a spill file, in blocks of BLOCK_ROWS; only the last one may have fewer. */
export class Run {
  readonly rows: number;
  readonly #file: SpillFile;

  constructor(file: SpillFile, rows: number) {
    this.#file = file;
    this.rows = rows;
  }

  /** Reads block `index` into memory and returns its columns, or null when there is none. */
  async read(index: number, block: Block): Promise<RecordColumns | null> {
    const rows = Math.min(BLOCK_ROWS, this.rows - index * BLOCK_ROWS);
    if (rows <= 0) return null;
    await this.#file.read(block.bytes(rows), index * BLOCK_ROWS * ROW_BYTES);
    return block.columns(rows);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Memory for writing runs, used again for each: one block is filled while the other is written. */
export class RunBuffers {
  readonly blocks: readonly [Block, Block] = [new Block(), new Block()];
}

/** Writes rows that come in order into a run. */
export class RunWriter {
  readonly #file: SpillFile;
  readonly #buffers: RunBuffers;
  #turn = 0;
  #inBlock = 0;
  #rows = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: SpillFile, buffers: RunBuffers) {
    this.#file = file;
    this.#buffers = buffers;
  }

  /** Begins a run in a new file of the folder. */
  static async begin(folder: string, buffers: RunBuffers): Promise<RunWriter> {
    return new RunWriter(await SpillFile.create(folder), buffers);
  }

  /** Appends all rows, in the order of `order`, or as they lie when it is null. */
  async append(rows: RecordColumns, order: Uint32Array | null): Promise<void> {
    for (let from = 0; from < rows.length;) {
      const count = Math.min(BLOCK_ROWS - this.#inBlock, rows.length - from);
      const to = this.#buffers.blocks[this.#turn].columns(BLOCK_ROWS);
      if (order === null) copyRows(to, this.#inBlock, rows, from, count);
      else gatherRows(to, this.#inBlock, rows, order, from, count);
      this.#inBlock += count;
      this.#rows += count;
      from += count;
      if (this.#inBlock === BLOCK_ROWS) await this.#flush();
    }
  }

  /** Writes what is left and returns the run. */
  async finish(): Promise<Run> {
    if (this.#inBlock > 0) await this.#flush();
    await this.#writing;
    return new Run(this.#file, this.#rows);
  }

  /** Gives the run up. */
  async abandon(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    const block = this.#buffers.blocks[this.#turn];
    const rows = this.#inBlock;
    if (rows < BLOCK_ROWS) pack(block, rows);
    await this.#writing;
    this.#writing = this.#file.write(block.bytes(rows), (this.#rows - rows) * ROW_BYTES);
    // Met where it is awaited; a rejection before that is not an unhandled one.
    this.#writing.catch(() => undefined);
    this.#inBlock = 0;
    this.#turn ^= 1;
  }
}

/** Moves the columns of a block that is not full together, as a block of so many rows lies in the file. */
function pack(block: Block, rows: number): void {
  const from = block.columns(BLOCK_ROWS);
  const to = block.columns(rows);
  for (const name of COLUMN_NAMES) to[name].set(from[name].subarray(0, rows));
}
