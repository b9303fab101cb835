/** Kinds of aid to navigation, by code (ITU-R M.1371-5, annex 8, 3.19). */
const AID_TYPES: readonly (string | null)[] = [
  null,
  'reference point',
  'RACON',
  'fixed structure off shore',
  'emergency wreck mark',
  'light without sectors',
  'light with sectors',
  'leading light, front',
  'leading light, rear',
  'beacon, cardinal north',
  'beacon, cardinal east',
  'beacon, cardinal south',
  'beacon, cardinal west',
  'beacon, port hand',
  'beacon, starboard hand',
  'beacon, preferred channel to port',
  'beacon, preferred channel to starboard',
  'beacon, isolated danger',
  'beacon, safe water',
  'beacon, special mark',
  'cardinal mark north',
  'cardinal mark east',
  'cardinal mark south',
  'cardinal mark west',
  'port hand mark',
  'starboard hand mark',
  'preferred channel to port',
  'preferred channel to starboard',
  'isolated danger',
  'safe water',
  'special mark',
  'light vessel, LANBY or rig',
];

/** Returns what kind of aid to navigation a code (1 to 31) means; null for 0, null and any other number. */
export function aidTypeText(code: number | null): string | null {
  return code === null ? null : (AID_TYPES[code] ?? null);
}
