/**
 * Returns the records of a CSV text (RFC 4180: commas, double quotes doubled inside quotes; lines end in LF, CRLF or CR),
 * each keyed by the header. Missing cells read as '', cells beyond the header are left out, and blank lines and a byte
 * order mark are passed over. For small tables; feeds have their own reader.
 */
export function readTable(text: string): Readonly<Record<string, string>>[] {
  const [header, ...rows] = readRows(text);
  if (header === undefined) return [];
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

/**
 * Returns the cells of a CSV text line by line, blank lines left out. No text is refused: what stands behind a closing
 * quote belongs to the cell, and a quote that is never closed ends with the text.
 */
export function readRows(text: string): string[][] {
  // Without quotes a line is a row; the anchorage points are 30,000 of these and are read at every start.
  if (!text.includes('"')) return plainRows(text);
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = { at: text.startsWith('\uFEFF') ? 1 : 0, value: '' };
  while (cell.at < text.length) {
    const start = cell.at;
    readCell(text, cell);
    const end = text[cell.at];
    if (row.length > 0 || end === ',' || cell.at > start) row.push(cell.value);
    if (end === ',') {
      cell.at++;
      if (cell.at < text.length) continue;
      row.push('');
    }
    if (end === '\r' && text[cell.at + 1] === '\n') cell.at++;
    cell.at++;
    if (row.length > 0) rows.push(row);
    row = [];
  }
  return rows;
}

function plainRows(text: string): string[][] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  return lines.filter((line) => line !== '').map((line) => line.split(','));
}

/** Reads the cell that begins at `cell.at` into `cell.value` and moves `cell.at` to the character that ends it. */
function readCell(text: string, cell: { at: number; value: string }): void {
  cell.value = '';
  if (text[cell.at] === '"') {
    for (;;) {
      const close = text.indexOf('"', cell.at + 1);
      const end = close === -1 ? text.length : close;
      cell.value += text.slice(cell.at + 1, end);
      cell.at = Math.min(text.length, end + 1);
      if (text[cell.at] !== '"') break;
      cell.value += '"';
    }
  }
  const start = cell.at;
  while (cell.at < text.length && !isCellEnd(text.charCodeAt(cell.at))) cell.at++;
  cell.value += text.slice(start, cell.at);
}

function isCellEnd(code: number): boolean {
  return code === 0x2c || code === 0x0a || code === 0x0d;
}

/** Returns a CSV text with a header line, the cells quoted where they must be; lines end in LF. */
export function writeTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  // A single empty cell is quoted as well: a blank line would be passed over.
  const quote = (cell: string, _: number, row: readonly string[]): string =>
    /[",\r\n]|^\uFEFF/.test(cell) || (cell === '' && row.length === 1)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  return [header, ...rows].map((row) => row.map(quote).join(',') + '\n').join('');
}
