/** The median of some figures and how far they lie apart. */
export type Spread = { readonly median: number; readonly least: number; readonly most: number };

/** Returns the median and the range of figures; at least one. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], least: sorted[0], most: sorted[sorted.length - 1] };
}

/** Prints one measured speed: what, how fast, how far the runs lie apart. */
export function printSpeed(what: string, unit: string, speeds: readonly number[]): number {
  const { median, least, most } = spreadOf(speeds);
  const text = (value: number): string => Math.round(value).toLocaleString('en');
  console.log(`${what}: ${text(median)} ${unit} (${text(least)} to ${text(most)}, ${speeds.length} runs)`);
  return Math.round(median);
}
