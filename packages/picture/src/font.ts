import { readFileSync } from 'node:fs';
import type { Outline } from './coverage.ts';
import { glyphOutlines, type GlyphTables } from './glyphs.ts';
import { woffTables } from './woff.ts';

/** A font: how wide each letter is and how it looks. */
export type Font = {
  /** Returns whether the font has a letter. */
  has(letter: string): boolean;
  /** Returns the width of a text in pixels at a size in pixels. */
  width(text: string, size: number): number;
  /** Returns the outlines of a text that begins at x on the line y. */
  outlines(text: string, size: number, x: number, y: number): readonly Outline[];
};

/** The question mark, which stands for a letter that the font does not have. */
const UNKNOWN = 0x3f;

const BUNDLED = new URL('../data/', import.meta.url);

/** Returns a bundled font: Noto Sans for Latin scripts (OFL 1.1). */
export function loadFont(weight: 'regular' | 'bold'): Font {
  return makeFont(readFileSync(new URL(`noto-sans-latin-${weight}.woff`, BUNDLED)));
}

/** Returns the font of a WOFF file with TrueType outlines; throws when it lacks a table that is needed. */
export function makeFont(bytes: Uint8Array): Font {
  const tables = woffTables(bytes);
  const table = (name: string): DataView => {
    const found = tables.get(name);
    if (found === undefined) throw new RangeError(`the font has no table ${name}`);
    return found;
  };
  const head = table('head');
  const scale = 1 / head.getUint16(18);
  const glyphs: GlyphTables = {
    glyf: table('glyf'),
    loca: table('loca'),
    isLong: head.getInt16(50) === 1,
  };
  const numbers = glyphNumbers(table('cmap'));
  const hmtx = table('hmtx');
  const widths = table('hhea').getUint16(34);
  const advance = (glyph: number) => hmtx.getUint16(4 * Math.min(glyph, widths - 1));
  const glyphsOf = (text: string) =>
    Array.from(text, (letter) => numbers.get(letter.codePointAt(0) ?? 0) ?? numbers.get(UNKNOWN) ?? 0);
  const known = new Map<number, readonly Outline[]>();
  const shapeOf = (glyph: number) => {
    const shape = known.get(glyph) ?? glyphOutlines(glyphs, glyph);
    known.set(glyph, shape);
    return shape;
  };
  return {
    has: (letter) => numbers.has(letter.codePointAt(0) ?? 0),
    width: (text, size) => glyphsOf(text).reduce((sum, glyph) => sum + advance(glyph), 0) * scale * size,
    outlines(text, size, x, y) {
      const placed: Outline[] = [];
      let pen = x;
      for (const glyph of glyphsOf(text)) {
        for (const outline of shapeOf(glyph))
          placed.push(
            outline.map((value, i) => (i % 2 === 0 ? pen + value * scale * size : y - value * scale * size)),
          );
        pen += advance(glyph) * scale * size;
      }
      return placed;
    },
  };
}

/** The glyph of each character of the basic plane, from the table of format 4. */
function glyphNumbers(cmap: DataView): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  for (let i = 0; i < cmap.getUint16(2); i++) {
    const at = cmap.getUint32(8 + 8 * i);
    if (cmap.getUint16(at) !== 4) continue;
    const size = cmap.getUint16(at + 6);
    for (let segment = 0; segment < size; segment += 2) {
      const end = cmap.getUint16(at + 14 + segment);
      const start = cmap.getUint16(at + 16 + size + segment);
      const delta = cmap.getUint16(at + 16 + 2 * size + segment);
      const offsetAt = at + 16 + 3 * size + segment;
      const offset = cmap.getUint16(offsetAt);
      for (let code = start; code <= end && code < 0xffff; code++) {
        const glyph = offset === 0 ? code : cmap.getUint16(offsetAt + offset + 2 * (code - start));
        if (glyph !== 0) numbers.set(code, (glyph + delta) & 0xffff);
      }
    }
  }
  return numbers;
}
