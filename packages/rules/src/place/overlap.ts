/** Returns how much of an interval the given intervals cover, ms; they are in order and apart from each other. */
export function overlapMs(
  intervals: readonly { readonly from: number; readonly to: number }[],
  from: number,
  to: number,
): number {
  return intervals.reduce(
    (sum, part) => sum + Math.max(0, Math.min(to, part.to) - Math.max(from, part.from)),
    0,
  );
}
