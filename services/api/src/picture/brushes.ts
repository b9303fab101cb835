import { loadFont, paintOf, type Canvas, type Font, type Paint } from '@offing/picture';
import type { Severity } from '@offing/rules';

/** The colours of pictures: those of the pages by day. */
export const PAINTS = {
  paper: paintOf('#fbfaf7'),
  ink: paintOf('#1c2126'),
  soft: paintOf('#525a63'),
  line: paintOf('#d5d2c9'),
  sea: paintOf('#dbe7ee'),
  land: paintOf('#f1ece0'),
  shore: paintOf('#a89f8b'),
  unknown: paintOf('#e6e6e4'),
  track: paintOf('#1d4f7a'),
  gap: paintOf('#b3261e'),
  reach: paintOf('#b3261e', 0.09),
  madePaper: paintOf('#efe7fb'),
  madeInk: paintOf('#4c2889'),
  white: paintOf('#ffffff'),
} as const satisfies Readonly<Record<string, Paint>>;

/** The colour of each severity. */
export const SEVERITY_PAINTS: Readonly<Record<Severity, Paint>> = {
  info: paintOf('#4b5563'),
  low: paintOf('#1d5f8a'),
  medium: paintOf('#7a5b00'),
  high: paintOf('#a83a00'),
  critical: paintOf('#a1122a'),
};

/** The fonts of pictures, read when they are first used. */
export type Fonts = { readonly regular: Font; readonly bold: Font };

let loaded: Fonts | null = null;

/** Returns the bundled fonts. */
export function fonts(): Fonts {
  return (loaded ??= { regular: loadFont('regular'), bold: loadFont('bold') });
}

/** How a text is written; `halo` is a colour around it that keeps it apart from what lies behind. */
export type TextStyle = {
  readonly font: Font;
  readonly size: number;
  readonly paint: Paint;
  readonly halo?: Paint;
};

const HALO = 2;
/** Around a letter in eight directions. */
const AROUND = [-1, 0, 1]
  .flatMap((x) => [-1, 0, 1].map((y) => [x, y]))
  .filter(([x, y]) => x !== 0 || y !== 0);

/** Writes a text that begins at x on the line y. */
export function write(canvas: Canvas, text: string, x: number, y: number, style: TextStyle): void {
  const { font, size, paint, halo } = style;
  if (halo !== undefined) {
    for (const [dx, dy] of AROUND)
      canvas.fill(font.outlines(text, size, x + HALO * dx * 0.8, y + HALO * dy * 0.8), halo);
  }
  canvas.fill(font.outlines(text, size, x, y), paint);
}
