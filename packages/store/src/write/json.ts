/**
 * Returns a value as JSON text that PostgreSQL's jsonb takes. It knows no NUL character and no half of a surrogate pair;
 * both come only from broken text, and are left out or replaced.
 */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part,
  );
}
