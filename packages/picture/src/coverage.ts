/** A closed or open line through points, x0, y0, x1, y1, …, in pixels; filling closes it. */
export type Outline = readonly number[];

/** A rectangle of pixels: from the left and top edge up to, not including, the right and bottom edge. */
export type PixelBox = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** How much of each pixel of a box is covered, 0 to 1, row by row. */
export type Coverage = { readonly box: PixelBox; readonly shares: Float32Array };

/** `winding`: what any outline goes around; `odd`: what an odd number of outlines goes around. */
export type FillRule = 'winding' | 'odd';

/**
 * Returns what outlines cover of each pixel, by exact areas, or null where that is nothing of `within`. Each edge adds the
 * change that it makes from left to right; the sum along a row is the coverage.
 */
export function coverageOf(outlines: readonly Outline[], within: PixelBox, rule: FillRule): Coverage | null {
  const box = touched(outlines, within);
  if (box === null) return null;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const stride = width + 2;
  const changes = new Float32Array(stride * height);
  const sheet: Sheet = { changes, width, height, stride };
  for (const outline of outlines) {
    const last = outline.length - 2;
    if (last < 2) continue;
    let x = outline[last] - box.left;
    let y = outline[last + 1] - box.top;
    for (let i = 0; i <= last; i += 2) {
      const nextX = outline[i] - box.left;
      const nextY = outline[i + 1] - box.top;
      addEdge(sheet, x, y, nextX, nextY);
      x = nextX;
      y = nextY;
    }
  }
  return { box, shares: summed(sheet, rule) };
}

type Sheet = {
  readonly changes: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
};

function touched(outlines: readonly Outline[], within: PixelBox): PixelBox | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const outline of outlines) {
    for (let i = 0; i + 1 < outline.length; i += 2) {
      if (outline[i] < left) left = outline[i];
      if (outline[i] > right) right = outline[i];
      if (outline[i + 1] < top) top = outline[i + 1];
      if (outline[i + 1] > bottom) bottom = outline[i + 1];
    }
  }
  const box = {
    left: Math.max(within.left, Math.floor(left)),
    top: Math.max(within.top, Math.floor(top)),
    right: Math.min(within.right, Math.ceil(right)),
    bottom: Math.min(within.bottom, Math.ceil(bottom)),
  };
  return box.left < box.right && box.top < box.bottom ? box : null;
}

/** What lies left of the box still covers all to its right; what lies right of it covers nothing of it. */
function addEdge(sheet: Sheet, xA: number, yA: number, xB: number, yB: number): void {
  if (yA === yB) return;
  const down = yA < yB ? 1 : -1;
  let [x0, y0, x1, y1] = down === 1 ? [xA, yA, xB, yB] : [xB, yB, xA, yA];
  const slope = (x1 - x0) / (y1 - y0);
  if (y1 <= 0 || y0 >= sheet.height) return;
  if (y0 < 0) [x0, y0] = [x0 - y0 * slope, 0];
  if (y1 > sheet.height) [x1, y1] = [x1 - (y1 - sheet.height) * slope, sheet.height];
  const cuts = [y0, y1];
  for (const side of [0, sheet.width]) {
    if (x0 < side !== x1 < side) cuts.push(Math.min(y1, Math.max(y0, y0 + (side - x0) / slope)));
  }
  if (cuts.length > 2) cuts.sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const from = clamp(x0 + (cuts[i] - y0) * slope, sheet.width);
    const to = clamp(x0 + (cuts[i + 1] - y0) * slope, sheet.width);
    addInside(sheet, down, from, cuts[i], to, cuts[i + 1]);
  }
}

function clamp(x: number, width: number): number {
  return x < 0 ? 0 : x > width ? width : x;
}

function addInside(sheet: Sheet, down: number, x0: number, y0: number, x1: number, y1: number): void {
  if (!(y1 > y0)) return;
  const slope = (x1 - x0) / (y1 - y0);
  let x = x0;
  for (let row = Math.floor(y0); row < Math.min(sheet.height, Math.ceil(y1)); row++) {
    const part = Math.min(row + 1, y1) - Math.max(row, y0);
    const next = clamp(x + slope * part, sheet.width);
    addInRow(sheet, row * sheet.stride, down * part, Math.min(x, next), Math.max(x, next));
    x = next;
  }
}

/** An edge that runs through a row from x = left to right and covers `amount` of its height. */
function addInRow({ changes }: Sheet, row: number, amount: number, left: number, right: number): void {
  const first = Math.floor(left);
  const end = Math.ceil(right);
  if (end <= first + 1) {
    const middle = (left + right) / 2 - first;
    changes[row + first] += amount * (1 - middle);
    changes[row + first + 1] += amount * middle;
    return;
  }
  const each = amount / (right - left);
  let before = 0;
  for (let pixel = first; pixel < end; pixel++) {
    // The mean over the pixel of how much of the edge lies left of a place.
    const from = Math.max(pixel, left);
    const to = Math.min(pixel + 1, right);
    const rising = each * (to - from);
    const covered = each * (from - left) + rising * (1 - (to + from) / 2 + pixel) - before;
    changes[row + pixel] += covered;
    before += covered;
  }
  changes[row + end] += amount - before;
}

function summed({ changes, width, height, stride }: Sheet, rule: FillRule): Float32Array {
  const shares = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < width; x++) {
      sum += changes[y * stride + x];
      const around = Math.abs(sum);
      shares[y * width + x] = rule === 'winding' ? Math.min(1, around) : oddness(around);
    }
  }
  return shares;
}

/** 0 is outside, 1 inside, 2 outside again, and so on; between them the edge of a shape. */
function oddness(around: number): number {
  const rest = around % 2;
  return rest <= 1 ? rest : 2 - rest;
}
