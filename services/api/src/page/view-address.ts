/** Parameters that tell of a place in a list, not of what it is about. */
const PLACES: ReadonlySet<string> = new Set(['cursor', 'selected']);

/** Returns the address of the alerts page with other filters; null takes one away. It begins at the newest alert. */
export function viewAddress(
  filters: ReadonlyMap<string, string>,
  changes: Readonly<Record<string, string | null>> = {},
): string {
  const kept = [...filters].filter(([name]) => !PLACES.has(name) && !(name in changes));
  const added = Object.entries(changes).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  const query = new URLSearchParams([...kept, ...added]).toString();
  return query === '' ? '/' : `/?${query}`;
}
