/** Kinds of electronic position fixing device, by code (ITU-R M.1371-5, annex 8, 3.3). */
const EPFD: readonly (string | null)[] = [
  null,
  'GPS',
  'GLONASS',
  'GPS and GLONASS',
  'Loran-C',
  'Chayka',
  'integrated navigation system',
  'surveyed',
  'Galileo',
  null,
  null,
  null,
  null,
  null,
  null,
  'internal GNSS',
];

/** Returns what kind of position fixing device a code (0 to 15) means; null for 0, null and codes without a meaning. */
export function epfdText(code: number | null): string | null {
  return code === null ? null : (EPFD[code] ?? null);
}
