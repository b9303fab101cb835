import { coverageOf, type FillRule, type Outline, type PixelBox } from './coverage.ts';

/** Red, green and blue, 0 to 255, and how opaque, 0 to 1. */
export type Paint = readonly [red: number, green: number, blue: number, opacity: number];

/** Returns a paint of a colour as CSS writes it, `#rrggbb`; opaque unless said. */
export function paintOf(hex: string, opacity = 1): Paint {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, opacity];
}

/** A picture in the making: three bytes a pixel, row by row. One unit of what is drawn is `scale` pixels. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  readonly #scale: number;
  #clip: PixelBox;

  /** A canvas of that many pixels. */
  constructor(width: number, height: number, ground: Paint, scale = 1) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(3 * width * height);
    this.#scale = scale;
    this.#clip = { left: 0, top: 0, right: width, bottom: height };
    for (let at = 0; at < this.pixels.length; at++) this.pixels[at] = ground[at % 3];
  }

  /** Draws by `work` inside a box alone. */
  within(box: PixelBox, work: () => void): void {
    const before = this.#clip;
    this.#clip = {
      left: Math.max(before.left, Math.round(box.left * this.#scale)),
      top: Math.max(before.top, Math.round(box.top * this.#scale)),
      right: Math.min(before.right, Math.round(box.right * this.#scale)),
      bottom: Math.min(before.bottom, Math.round(box.bottom * this.#scale)),
    };
    work();
    this.#clip = before;
  }

  /** Fills what outlines go around, with smooth edges. */
  fill(outlines: readonly Outline[], paint: Paint, rule: FillRule = 'winding'): void {
    const scale = this.#scale;
    const scaled = scale === 1 ? outlines : outlines.map((outline) => outline.map((value) => value * scale));
    const coverage = coverageOf(scaled, this.#clip, rule);
    if (coverage === null) return;
    const { box, shares } = coverage;
    const width = box.right - box.left;
    for (let y = box.top; y < box.bottom; y++) {
      for (let x = box.left; x < box.right; x++) {
        const share = shares[(y - box.top) * width + x - box.left] * paint[3];
        // Less than half a step of a colour; what rounding left over must not spot the picture.
        if (share > 0.002) this.#mix(3 * (y * this.width + x), paint, share);
      }
    }
  }

  #mix(at: number, paint: Paint, share: number): void {
    for (let channel = 0; channel < 3; channel++) {
      const before = this.pixels[at + channel];
      this.pixels[at + channel] = Math.round(before + (paint[channel] - before) * share);
    }
  }
}
