/** Meanings of the navigational status, by code (ITU-R M.1371-5, annex 8, 3.1). */
const NAV_STATUS: readonly string[] = [
  'under way using engine',
  'at anchor',
  'not under command',
  'restricted manoeuvrability',
  'constrained by her draught',
  'moored',
  'aground',
  'engaged in fishing',
  'under way sailing',
  'reserved (dangerous goods, high-speed craft)',
  'reserved (dangerous goods, wing in ground)',
  'power-driven vessel towing astern',
  'power-driven vessel pushing ahead or towing alongside',
  'reserved',
  'AIS-SART, MOB or EPIRB active',
  'not defined',
];

/** Returns what a navigational status (0 to 15) means, or null for any other number. */
export function navStatusText(code: number): string | null {
  return NAV_STATUS[code] ?? null;
}
