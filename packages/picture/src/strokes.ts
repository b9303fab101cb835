import type { Outline } from './coverage.ts';

/** Least sides of the polygon that stands for a circle, and how many more there are for each pixel of its radius. */
const LEAST_SIDES = 16;
const SIDES_PER_PIXEL = 0.75;

/** Returns the outline of a circle. */
export function circle(x: number, y: number, radius: number): Outline {
  const outline: number[] = [];
  const sides = Math.min(360, LEAST_SIDES + Math.round(SIDES_PER_PIXEL * radius));
  for (let i = 0; i < sides; i++) {
    const turn = (2 * Math.PI * i) / sides;
    outline.push(x + radius * Math.cos(turn), y + radius * Math.sin(turn));
  }
  return outline;
}

/** Returns the outline of a rectangle. */
export function rectangle(left: number, top: number, width: number, height: number): Outline {
  return [left, top, left + width, top, left + width, top + height, left, top + height];
}

/** Returns outlines that together are a line of that width with round corners and ends. */
export function stroke(line: Outline, width: number): readonly Outline[] {
  const outlines: Outline[] = [];
  const half = width / 2;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const piece = ribbon(line[i], line[i + 1], line[i + 2], line[i + 3], half);
    if (piece !== null) outlines.push(piece);
  }
  for (let i = 0; i + 1 < line.length; i += 2) outlines.push(circle(line[i], line[i + 1], half));
  return outlines;
}

/** All pieces turn the same way around, as the circles do: where they overlap they stay one shape. */
function ribbon(x0: number, y0: number, x1: number, y1: number, half: number): Outline | null {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length === 0) return null;
  const dx = ((x1 - x0) / length) * half;
  const dy = ((y1 - y0) / length) * half;
  return [x0 + dy, y0 - dx, x1 + dy, y1 - dx, x1 - dy, y1 + dx, x0 - dy, y0 + dx];
}

/** Returns the pieces of a line that are drawn where it is dashed: `on` pixels drawn, `off` left out, at most `most` pieces. */
export function dashes(line: Outline, on: number, off: number, most = 2_000): readonly Outline[] {
  const pieces: Outline[] = [];
  let piece: number[] = line.slice(0, 2);
  let left = on;
  let isDrawn = true;
  for (let i = 0; i + 3 < line.length && pieces.length < most; i += 2) {
    const [x0, y0, x1, y1] = line.slice(i, i + 4);
    const length = Math.hypot(x1 - x0, y1 - y0);
    let done = 0;
    while (length - done > left && pieces.length < most) {
      done += left;
      const at = [x0 + ((x1 - x0) * done) / length, y0 + ((y1 - y0) * done) / length];
      if (isDrawn) pieces.push([...piece, ...at]);
      piece = at;
      isDrawn = !isDrawn;
      left = isDrawn ? on : off;
    }
    left -= length - done;
    piece.push(x1, y1);
  }
  if (isDrawn && piece.length >= 4) pieces.push(piece);
  return pieces;
}
