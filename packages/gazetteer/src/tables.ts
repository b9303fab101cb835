/**
 * Returns the records of a CSV text (RFC 4180: commas, double quotes doubled inside quotes, LF or CRLF), each keyed by
 * the header. Missing cells read as ''. For the project's own small tables; feeds have their own reader.
 */
export function readTable(text: string): Readonly<Record<string, string>>[] {
  const [header, ...rows] = readRows(text);
  if (header === undefined) return [];
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

function readRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // A cell: quoted (with doubled quotes) or plain, then what ends it.
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) break;
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',' && cell.lastIndex < text.length) continue;
    if (match[3] === ',') row.push('');
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Returns a CSV text with a header line, the cells quoted where they must be; lines end in LF. */
export function writeTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [header, ...rows].map((row) => row.map(quote).join(',') + '\n').join('');
}
