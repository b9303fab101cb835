import type { PaperBox, PaperPlace } from './projection.ts';

const GAP = 12;
const PAD = 3;

/** The room for labels on a map: no two lie over each other, none over the edge. */
export class LabelRoom {
  readonly #box: PaperBox;
  readonly #taken: PaperBox[] = [];

  constructor(box: PaperBox) {
    this.#box = box;
    // The scale and the credit stand along the bottom.
    this.#taken.push({ ...box, top: box.bottom - 34 });
  }

  /** Keeps labels off a box. */
  take(box: PaperBox): void {
    this.#taken.push(box);
  }

  /** Takes room for a text beside a place: right, left, above or below it; returns where it begins, or null for no room. */
  place({ x, y }: PaperPlace, width: number, size: number): PaperPlace | null {
    const middle = y + 0.35 * size;
    const starts = [
      { x: x + GAP, y: middle },
      { x: x - GAP - width, y: middle },
      { x: x - width / 2, y: y - GAP },
      { x: x - width / 2, y: y + GAP + size * 0.75 },
    ];
    for (const start of starts) {
      const box = {
        left: start.x - PAD,
        top: start.y - size * 0.8 - PAD,
        right: start.x + width + PAD,
        bottom: start.y + size * 0.25 + PAD,
      };
      if (!this.#isFree(box)) continue;
      this.#taken.push(box);
      return start;
    }
    return null;
  }

  #isFree(box: PaperBox): boolean {
    const { left, top, right, bottom } = this.#box;
    if (box.left < left + 4 || box.right > right - 4 || box.top < top + 4 || box.bottom > bottom - 4)
      return false;
    return !this.#taken.some(
      (other) =>
        box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
    );
  }
}
