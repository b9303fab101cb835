import type { Box } from './queries/event-filter.ts';

const BLOCK_DEG = 5;
const COLUMNS = 360 / BLOCK_DEG;
const ROWS = 180 / BLOCK_DEG;

/** Returns the number of the block of 5 by 5 degrees in which coverage of a place is kept. */
export function blockOf(lon: number, lat: number): number {
  return rowOf(lat) * COLUMNS + columnOf(lon);
}

/** Returns the numbers of the blocks that a box touches. */
export function blocksOf({ west, south, east, north }: Box): readonly number[] {
  const first = columnOf(west);
  const last = columnOf(east);
  // A box across the antimeridian, or around the globe within one column.
  const count = west <= east ? last - first : last - first + COLUMNS;
  const blocks: number[] = [];
  for (let row = rowOf(south); row <= rowOf(north); row++)
    for (let step = 0; step <= Math.min(count, COLUMNS - 1); step++)
      blocks.push(row * COLUMNS + ((first + step) % COLUMNS));
  return blocks;
}

function rowOf(lat: number): number {
  return Math.max(0, Math.min(ROWS - 1, Math.floor((lat + 90) / BLOCK_DEG)));
}

function columnOf(lon: number): number {
  return Math.max(0, Math.min(COLUMNS - 1, Math.floor((lon + 180) / BLOCK_DEG)));
}
