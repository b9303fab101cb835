import type { Outline } from './coverage.ts';

/** Straight pieces that a curve is drawn with. */
const PIECES = 4;
/** A letter with marks is made of parts; parts of parts of parts are not used by any font at hand. */
const DEEPEST = 4;

const ON_CURVE = 1;
const X_SHORT = 2;
const Y_SHORT = 4;
const REPEAT = 8;
const X_SAME = 16;
const Y_SAME = 32;

const ARGS_ARE_WORDS = 1;
const ARGS_ARE_OFFSETS = 2;
const MORE_PARTS = 32;
const HAS_SCALE = 8 | 64 | 128;

/** Where the outlines of a TrueType font stand. */
export type GlyphTables = { readonly glyf: DataView; readonly loca: DataView; readonly isLong: boolean };

/** Returns the outlines of a glyph in units of the font, y upwards; none for a space. Scaled parts are left out. */
export function glyphOutlines(tables: GlyphTables, glyph: number, depth = 0): readonly Outline[] {
  const { glyf, loca, isLong } = tables;
  const place = (index: number) => (isLong ? loca.getUint32(4 * index) : 2 * loca.getUint16(2 * index));
  const start = place(glyph);
  if (place(glyph + 1) <= start || depth > DEEPEST) return [];
  const contours = glyf.getInt16(start);
  return contours >= 0 ? simple(glyf, start, contours) : compound(tables, start, depth);
}

function compound(tables: GlyphTables, start: number, depth: number): readonly Outline[] {
  const { glyf } = tables;
  const outlines: Outline[] = [];
  for (let at = start + 10, more = true; more;) {
    const flags = glyf.getUint16(at);
    const part = glyf.getUint16(at + 2);
    const isWords = (flags & ARGS_ARE_WORDS) !== 0;
    const dx = isWords ? glyf.getInt16(at + 4) : glyf.getInt8(at + 4);
    const dy = isWords ? glyf.getInt16(at + 6) : glyf.getInt8(at + 5);
    at += isWords ? 8 : 6;
    if ((flags & HAS_SCALE) !== 0 || (flags & ARGS_ARE_OFFSETS) === 0) return outlines;
    for (const outline of glyphOutlines(tables, part, depth + 1))
      outlines.push(outline.map((value, i) => value + (i % 2 === 0 ? dx : dy)));
    more = (flags & MORE_PARTS) !== 0;
  }
  return outlines;
}

type Point = { readonly x: number; readonly y: number; readonly on: boolean };

function simple(glyf: DataView, start: number, contours: number): readonly Outline[] {
  const ends = Array.from({ length: contours }, (_, i) => glyf.getUint16(start + 10 + 2 * i));
  const count = contours === 0 ? 0 : ends[contours - 1] + 1;
  const afterEnds = start + 10 + 2 * contours;
  const points = readPoints(glyf, afterEnds + 2 + glyf.getUint16(afterEnds), count);
  return ends.map((end, i) => flattened(points.slice(i === 0 ? 0 : ends[i - 1] + 1, end + 1)));
}

function readPoints(glyf: DataView, start: number, count: number): readonly Point[] {
  let at = start;
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = glyf.getUint8(at++);
    const times = (flag & REPEAT) === 0 ? 1 : 1 + glyf.getUint8(at++);
    for (let i = 0; i < times; i++) flags.push(flag);
  }
  const axis = (short: number, same: number) => {
    let value = 0;
    return flags.map((flag) => {
      if ((flag & short) !== 0) value += glyf.getUint8(at++) * ((flag & same) !== 0 ? 1 : -1);
      else if ((flag & same) === 0) {
        value += glyf.getInt16(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = axis(X_SHORT, X_SAME);
  const ys = axis(Y_SHORT, Y_SAME);
  return xs.map((x, i) => ({ x, y: ys[i], on: (flags[i] & ON_CURVE) !== 0 }));
}

/** Between two points off the curve lies one on it, in the middle. */
function flattened(points: readonly Point[]): Outline {
  if (points.length === 0) return [];
  const all = points.flatMap((point, i): Point[] => {
    const next = points[(i + 1) % points.length];
    return point.on || next.on ? [point] : [point, middle(point, next)];
  });
  const first = all.findIndex((point) => point.on);
  const outline: number[] = [];
  for (let i = 0; i < all.length; i++) {
    const point = all[(first + i) % all.length];
    if (point.on) outline.push(point.x, point.y);
    else
      pushCurve(
        outline,
        all[(first + i - 1 + all.length) % all.length],
        point,
        all[(first + i + 1) % all.length],
      );
  }
  return outline;
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true };
}

/** The inner points of a curve from a to b, drawn towards the control point. */
function pushCurve(outline: number[], a: Point, control: Point, b: Point): void {
  for (let i = 1; i < PIECES; i++) {
    const t = i / PIECES;
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    outline.push(p * a.x + q * control.x + r * b.x, p * a.y + q * control.y + r * b.y);
  }
}
