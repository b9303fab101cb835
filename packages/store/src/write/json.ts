/**
 * Returns a value as JSON text that PostgreSQL's jsonb takes. It knows no NUL character and no half of a surrogate pair;
 * both come only from broken text, and are left out or replaced.
 */
export function jsonOf(value: unknown): string {
  const text = JSON.stringify(value);
  if (!MAY_BE_BROKEN.test(text)) return text;
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part,
  );
}

/** How `JSON.stringify` writes either; also what is no more than text about them. */
const MAY_BE_BROKEN = /\\u(?:0000|d[89a-f])/i;
