/** First digits of ship types that are refined by a second digit (ITU-R M.1371-5, annex 8, table 53). */
const FAMILIES: Readonly<Record<number, string>> = {
  2: 'wing in ground',
  4: 'high-speed craft',
  6: 'passenger',
  7: 'cargo',
  8: 'tanker',
  9: 'other',
};

/** Second digits of those families. */
const REFINEMENTS: Readonly<Record<number, string>> = {
  1: 'hazard category X',
  2: 'hazard category Y',
  3: 'hazard category Z',
  4: 'hazard category OS',
};

/** Ship types with a meaning of their own (the same table). */
const SINGLE: Readonly<Record<number, string>> = {
  30: 'fishing',
  31: 'towing',
  32: 'towing, long or broad tow',
  33: 'dredging or underwater operations',
  34: 'diving operations',
  35: 'military operations',
  36: 'sailing',
  37: 'pleasure craft',
  50: 'pilot vessel',
  51: 'search and rescue',
  52: 'tug',
  53: 'port tender',
  54: 'anti-pollution',
  55: 'law enforcement',
  56: 'local use',
  57: 'local use',
  58: 'medical transport',
  59: 'ship of a state not party to an armed conflict',
};

/** Returns what a ship and cargo type means, such as `tanker, hazard category X`; null for 0, null and reserved codes. */
export function shipTypeText(code: number | null): string | null {
  if (code === null) return null;
  const single = SINGLE[code];
  if (single !== undefined) return single;
  const family = FAMILIES[Math.floor(code / 10)];
  if (family === undefined) return null;
  const refinement = REFINEMENTS[code % 10];
  return refinement === undefined ? family : `${family}, ${refinement}`;
}
