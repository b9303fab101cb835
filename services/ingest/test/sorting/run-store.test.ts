import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { appendRow, type RecordColumns } from '@offing/track';
import { BLOCK_ROWS, ROW_BYTES } from '../../src/sorting/block.ts';
import { makeRowOrder } from '../../src/sorting/row-order.ts';
import { RunStore, type SortedRows } from '../../src/sorting/run-store.ts';
import { filesIn } from '../reading.ts';
import { workFolder } from '../work-folder.ts';
import { columnsOf, madeRow, madeRowsOf, plainlySorted, STATICS, type MadeRow } from './made-rows.ts';

const FEEDS = ['east', 'west'];
const order = makeRowOrder([0, 1], STATICS);

/** Rows that nothing but their number tells apart, shuffled by a fixed rule. */
function numbered(count: number, step = 7919): MadeRow[] {
  const [row] = fc.sample(madeRow, { seed: 1, numRuns: 1 });
  return Array.from({ length: count }, (_, i) => ({ ...row, at: 1e12 + ((i * step) % count) }));
}

async function filled(store: RunStore, rows: RecordColumns, atOnce: number): Promise<SortedRows> {
  for (let from = 0; from < rows.length; from += atOnce) {
    const to = Math.min(rows.length, from + atOnce);
    for (let row = from; row < to; row++) appendRow(store.records, rows, row);
    await store.settle();
  }
  return store.finish();
}

async function taken(sorted: SortedRows, batchRows: number): Promise<MadeRow[]> {
  const rows: MadeRow[] = [];
  for await (const batch of sorted.batches(batchRows)) {
    expect(batch.length).toBeLessThanOrEqual(batchRows);
    rows.push(...madeRowsOf(batch));
  }
  return rows;
}

describe('RunStore', () => {
  it('gives the same rows in the same order for any size of run and batch, like a plain sort', async () => {
    const folder = workFolder();
    const anySize = fc.constantFrom(1, 3, 10, 1000);
    const property = fc.asyncProperty(
      fc.array(madeRow, { maxLength: 120 }),
      anySize,
      anySize,
      async (rows, run, batch) => {
        const store = new RunStore(order, folder, run);
        try {
          const sorted = await filled(store, columnsOf(rows), 2);
          expect(sorted.rows).toBe(rows.length);
          const expected = plainlySorted(rows, FEEDS);
          expect(await taken(sorted, batch)).toEqual(expected);
          expect(await taken(sorted, 50)).toEqual(expected);
        } finally {
          await store.close();
        }
      },
    );
    await fc.assert(property, { numRuns: 60, seed: 5 });
    expect(filesIn(folder)).toEqual([]);
  });

  it('merges more runs than it opens at once', async () => {
    const store = new RunStore(order, workFolder(), 5);
    const sorted = await filled(store, columnsOf(numbered(1500)), 5);
    const at = (await taken(sorted, 97)).map((row) => row.at);
    expect(at).toEqual(Array.from({ length: 1500 }, (_, i) => 1e12 + i));
    await store.close();
  });

  it('merges runs of several blocks, full and not full', async () => {
    const count = 2 * (2 * BLOCK_ROWS + 5) + BLOCK_ROWS;
    const store = new RunStore(order, workFolder(), 2 * BLOCK_ROWS + 5);
    const sorted = await filled(store, columnsOf(numbered(count)), 2 * BLOCK_ROWS + 5);
    let next = 0;
    for await (const batch of sorted.batches(10_000)) {
      for (let row = 0; row < batch.length; row++) if (batch.at[row] === 1e12 + next) next++;
    }
    expect(next).toBe(count);
    await store.close();
  });

  it('lets two readers go through the same rows at once', async () => {
    const store = new RunStore(order, workFolder(), 50);
    const sorted = await filled(store, columnsOf(numbered(500)), 50);
    const [one, other] = await Promise.all([taken(sorted, 10), taken(sorted, 33)]);
    expect(one).toEqual(other);
    await store.close();
  });

  it('touches no disk when everything fits', async () => {
    const folder = join(workFolder(), 'never-made');
    const store = new RunStore(order, folder, 1000);
    expect((await taken(await filled(store, columnsOf(numbered(999)), 100), 64)).length).toBe(999);
    expect(filesIn(join(folder, '..'))).toEqual([]);
    await store.close();
  });

  it('gives rows that came in order as they lie', async () => {
    const store = new RunStore(order, workFolder(), 1000);
    const sorted = await filled(store, columnsOf(numbered(500, 1)), 100);
    for await (const batch of sorted.batches(100)) {
      expect(batch.at.buffer).toBe(store.records.at.buffer);
    }
    await store.close();
  });

  it('leaves nothing behind that a killed process could not clean up', async () => {
    const folder = workFolder();
    const store = new RunStore(order, folder, 10);
    await filled(store, columnsOf(numbered(100)), 10);
    expect(filesIn(folder)).toEqual([]);
    await store.close();
  });

  it('says when the folder for temporary files cannot be made', async () => {
    const file = join(workFolder(), 'file');
    writeFileSync(file, '');
    const store = new RunStore(order, join(file, 'tmp'), 10);
    await expect(filled(store, columnsOf(numbered(20)), 10)).rejects.toMatchObject({
      code: 'temp-folder',
      message: expect.stringContaining(join(file, 'tmp')) as string,
    });
    await store.close();
  });

  it('keeps rows in 45 bytes', () => {
    expect(ROW_BYTES).toBe(45);
  });

  it('says that the disk is full, where, and what to do (on a real file system of 256 KB)', async (context) => {
    const folder = join(workFolder(), 'tiny');
    mkdirSync(folder);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'pipe' });
    } catch (error) {
      context.skip(`NOT TESTED: mounting a small file system takes root (${String(error)})`);
    }
    onTestFinished(() => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    });
    const store = new RunStore(order, folder, 2000);
    await expect(filled(store, columnsOf(numbered(20_000)), 2000)).rejects.toMatchObject({
      code: 'disk-full',
      value: folder,
      message: expect.stringMatching(/no room left in .*tiny.*--data/) as string,
    });
    await store.close();
    expect(filesIn(folder)).toEqual([]);
  });
});
