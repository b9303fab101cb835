/** A stretch of event time, ms. */
export type Stretch = { readonly from: number; readonly to: number };

/** Returns how much of an interval the given stretches cover, ms; they are in order and apart from each other. */
export function overlapMs(stretches: readonly Stretch[], from: number, to: number): number {
  return stretches.reduce(
    (sum, part) => sum + Math.max(0, Math.min(to, part.to) - Math.max(from, part.from)),
    0,
  );
}

/** Returns stretches in order and apart from each other that cover what the given ones cover; those of no length fall out. */
export function unionOf(stretches: readonly Stretch[]): readonly Stretch[] {
  const ordered = stretches
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const union: Stretch[] = [];
  for (const { from, to } of ordered) {
    const last = union.at(-1);
    if (last === undefined || from > last.to) union.push({ from, to });
    else union[union.length - 1] = { from: last.from, to: Math.max(last.to, to) };
  }
  return union;
}
