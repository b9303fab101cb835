/** What is wrong in a table of the user's: the line counts from 1, the header is the first. */
export type UserFault = {
  readonly line: number;
  readonly field: string;
  readonly value: string;
  readonly expected: string;
};

/** The entries of a table of the user's and what is wrong in it; with a fault nothing of it should be used. */
export type UserTable<Item> = { readonly records: readonly Item[]; readonly faults: readonly UserFault[] };

/** The cells of a row by the plain names of their columns: letters and digits only, in small letters. */
export type UserRow = {
  readonly line: number;
  /** The cell of the first of these columns that is there and not empty, its spaces trimmed; '' where none is. */
  readonly cell: (...names: readonly string[]) => string;
};

/** Takes note of a fault of a row, and returns null for the row. */
export type NoteFault = (field: string, value: string, expected: string) => null;

/**
 * Reads the rows of a table of the user's. `read` returns the entry of a row, or null where it noted a fault; two rows with
 * one id are a fault, and so is a table without any row or without one of the columns that it needs.
 */
export function readUserTable<Item extends { readonly id: string }>(
  table: readonly Readonly<Record<string, string>>[],
  needed: readonly (readonly string[])[],
  read: (row: UserRow, fault: NoteFault) => Item | null,
): UserTable<Item> {
  const faults: UserFault[] = [];
  const records = new Map<string, Item>();
  if (table.length === 0) {
    const expected = 'a CSV table: a line of column names and a line for each entry';
    return { records: [], faults: [{ line: 1, field: 'file', value: '', expected }] };
  }
  const names = new Set(Object.keys(table[0]).map(plainName));
  for (const spellings of needed) {
    if (spellings.some((name) => names.has(name))) continue;
    const expected = `a column ${spellings.join(' or ')}; there are ${[...names].join(', ')}`;
    faults.push({ line: 1, field: spellings[0], value: '', expected });
  }
  if (faults.length > 0) return { records: [], faults };
  for (const [i, cells] of table.entries()) {
    const line = i + 2;
    const fault: NoteFault = (field, value, expected) => {
      faults.push({ line, field, value, expected });
      return null;
    };
    const byName = new Map(Object.entries(cells).map(([name, value]) => [plainName(name), value.trim()]));
    const cell = (...wanted: readonly string[]): string =>
      wanted.map((name) => byName.get(name) ?? '').find((value) => value !== '') ?? '';
    const item = read({ line, cell }, fault);
    if (item === null) continue;
    if (records.has(item.id)) fault('id', item.id, 'an id that no other line has');
    else records.set(item.id, item);
  }
  return { records: [...records.values()], faults };
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
