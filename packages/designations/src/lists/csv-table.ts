import { CsvRecords } from './csv-records.ts';
import type { Findings } from './list-entry.ts';

/** One row of a CSV with a header: asks for a cell by its column's name; trimmed, empty where the column is not there. */
export type TableRow = { readonly line: number; cell(column: string): string };

/** What a CSV with a header must look like. */
export type TableShape = {
  /** Columns without which the file is another one. */
  readonly required: readonly string[];
  /** Called with the records before the header; returns whether the record was one of them. */
  readonly preamble?: (cells: readonly string[]) => boolean;
};

/**
 * Returns what cuts a CSV with a header into rows. Columns are found by name, without regard to case and outer blanks. A
 * header without a required column, and a last row that was cut short, damage the file; another row of the wrong width is
 * refused by its line.
 */
export function csvTable(findings: Findings, shape: TableShape, take: (row: TableRow) => void) {
  let header: ReadonlyMap<string, number> | null = null;
  let width = 0;
  let lastLine = 0;
  let isLastShort = false;
  const records = new CsvRecords((cells, line) => {
    if (findings.damage !== null) return;
    if (header === null) {
      if (shape.preamble?.(cells) === true) return;
      header = new Map(cells.map((name, place) => [columnKey(name), place]));
      width = cells.length;
      const missing = shape.required.filter((column) => header?.has(columnKey(column)) !== true);
      if (missing.length > 0)
        findings.damaged(`line ${line}: the header lacks ${missing.map((name) => `"${name}"`).join(', ')}`);
      return;
    }
    findings.records++;
    lastLine = line;
    isLastShort = cells.length < width;
    if (cells.length !== width) {
      findings.refuse(line, 'record', `${cells.length} cells`, `${width} cells, as the header has`);
      return;
    }
    const places = header;
    take({
      line,
      cell: (column) => {
        const place = places.get(columnKey(column));
        return place === undefined ? '' : cells[place].trim();
      },
    });
  });
  return {
    push: (text: string): void => {
      records.push(text);
    },
    /** Ends the table; call before the findings are read. */
    end: (): void => {
      const isOpen = records.end();
      if (records.damage !== null) findings.damaged(records.damage);
      else if (header === null) findings.damaged('it has no header');
      else if (isOpen && isLastShort)
        findings.damaged(`line ${lastLine} is cut short: the file ends inside it`);
    },
  };
}

function columnKey(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, ' ');
}
