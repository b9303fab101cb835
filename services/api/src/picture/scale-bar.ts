import { rectangle, type Canvas } from '@offing/picture';
import { fonts, PAINTS, write } from './brushes.ts';
import type { Projection } from './projection.ts';

const LENGTHS_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];
const LONGEST = 170;

/** Draws how long some round distance is, in the lower left corner. */
export function drawScaleBar(canvas: Canvas, { box, perKm }: Projection): void {
  const km = LENGTHS_KM.filter((length) => length * perKm <= LONGEST).at(-1) ?? LENGTHS_KM[0];
  const length = km * perKm;
  const [x, y] = [box.left + 14, box.bottom - 14];
  canvas.fill([rectangle(x - 1.5, y - 8.5, length + 3, 10)], PAINTS.white);
  canvas.fill(
    [rectangle(x, y - 2, length, 2), rectangle(x, y - 7, 2, 7), rectangle(x + length - 2, y - 7, 2, 7)],
    PAINTS.ink,
  );
  const style = { font: fonts().regular, size: 15, paint: PAINTS.ink, halo: PAINTS.white };
  write(canvas, `${km} km`, x + length + 8, y, style);
}
