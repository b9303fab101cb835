/** Returns an instant in milliseconds since 1970 as ISO 8601 UTC text with a trailing Z, without milliseconds when they are zero. */
export function isoOf(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z');
}

/** Returns an instant as journalists read it, `2016-11-05 15:40 UTC`. */
export function plainUtc(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Returns a duration as text in days, hours and minutes: `27 h 5 min`, `14 d 2 h`. */
export function plainDuration(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  const hours = Math.floor(minutes / 60);
  if (hours >= 72) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
