/** Even numbers that are the same for the same seed. */
export type Random = {
  /** From 0 to 1. */
  readonly next: () => number;
  /** From -most to most. */
  readonly spread: (most: number) => number;
};

/** Returns a generator (Mulberry32) with a text as its seed. */
export function randomOf(seed: string): Random {
  let state = [...seed].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, spread: (most) => (next() * 2 - 1) * most };
}
