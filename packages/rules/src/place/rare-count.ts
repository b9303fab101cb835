/** What a count has been like: its mean and variance over so many samples. */
export type CountHistory = { readonly mean: number; readonly variance: number };

/**
 * Returns the probability of a count of `n` or more: by the Poisson distribution, or by the negative binomial of the same
 * mean and variance where the counts vary more than Poisson's would.
 */
export function chanceOfAtLeast(n: number, { mean, variance }: CountHistory): number {
  if (n <= 0) return 1;
  if (!(mean > 0)) return 0;
  // Sums of logarithms: the chance of none is below the smallest number already at a mean of 750.
  const size = variance > mean ? (mean * mean) / (variance - mean) : Infinity;
  const ratio = size === Infinity ? mean : mean / (size + mean);
  let logChance = size === Infinity ? -mean : size * Math.log1p(-ratio);
  let below = 0;
  for (let i = 0; i < n; i++) {
    below += Math.exp(logChance);
    const grows = size === Infinity ? ratio : ratio * (size + i);
    logChance += Math.log(grows / (i + 1));
  }
  return Math.min(1, Math.max(0, 1 - below));
}

/** Returns the smallest count, at least `least`, that comes up with less than the given chance; null when none up to `most` does. */
export function smallestRareCount(
  history: CountHistory,
  chance: number,
  least: number,
  most: number,
): number | null {
  for (let n = least; n <= most; n++) if (chanceOfAtLeast(n, history) < chance) return n;
  return null;
}
