/** A name or value of a query string that cannot be read. */
export type RawFault = { readonly field: string; readonly value: string; readonly expected: string };

/** A query string taken apart: each name with its values in order, and what could not be read. */
export type RawQuery = {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly faults: readonly RawFault[];
};

/**
 * Returns the names and values of the query of a request target, decoded as the URL standard's form encoding does
 * (`+` is a blank), but with a fault instead of a replacement character where the bytes are not UTF-8.
 */
export function readQuery(target: string): RawQuery {
  const values = new Map<string, string[]>();
  const faults: RawFault[] = [];
  const mark = target.indexOf('?');
  const text = mark < 0 ? '' : target.slice(mark + 1);
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const rawName = equals < 0 ? pair : pair.slice(0, equals);
    const rawValue = equals < 0 ? '' : pair.slice(equals + 1);
    const name = decoded(rawName);
    const value = decoded(rawValue);
    if (name === null || value === null) {
      faults.push({ field: name ?? rawName, value: rawValue, expected: 'percent-encoded UTF-8' });
    } else {
      values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  return { values, faults };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
