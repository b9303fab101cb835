import { CsvRecords } from './csv-records.ts';
import type { ListFormat } from './list-entry.ts';

/** Characters from the head of a file that suffice to tell its format. */
export const DETECT_CHARACTERS = 4096;

const ROOTS: Readonly<Record<string, ListFormat>> = {
  sdnList: 'sdn-xml',
  Sanctions: 'sdn-advanced-xml',
  CONSOLIDATED_LIST: 'un-consolidated-xml',
  Designations: 'uk-xml',
};

/** Columns that only one format has; the first whose columns are all there counts. */
const HEADERS: readonly (readonly [ListFormat, readonly string[]])[] = [
  ['eu-journal-csv', ['celex', 'programkey', 'annex']],
  ['plain-csv', ['list', 'imo', 'name', 'designated_on']],
  ['un-1718-csv', ['vessel_name', 'imo_number', 'date_of_designation']],
  ['opensanctions-simple-csv', ['id', 'schema', 'aliases', 'identifiers']],
  ['maritime-csv', ['type', 'caption', 'imo', 'risk']],
  ['uk-csv', ['unique id', 'designation type']],
];

/** Returns the format of a list file by its first characters, or null when it is none that can be read; names of files tell nothing. */
export function detectList(head: string): ListFormat | null {
  const text = head.replace(/^\ufeff/, '').trimStart();
  if (text.startsWith('<')) return formatOfXml(text);
  if (text.startsWith('{')) return /^\{[^\n]*"schema"\s*:/.test(text) ? 'ftm-json' : null;
  return formatOfCsv(text);
}

function formatOfXml(text: string): ListFormat | null {
  const bare = text.replace(/<\?[^]*?\?>|<!--[^]*?-->/g, '');
  const root = /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/.exec(bare)?.[1] ?? '';
  return ROOTS[root] ?? null;
}

function formatOfCsv(text: string): ListFormat | null {
  const first: (readonly string[])[] = [];
  const records = new CsvRecords((cells) => {
    if (first.length < 2) first.push(cells);
  });
  records.push(text.slice(0, DETECT_CHARACTERS));
  if (first.length < 2) records.end();
  if (first.length === 0) return null;
  const [cells, next = []] = first;
  if (/^\s*report date:/i.test(cells[0])) return next.length > 10 ? 'uk-csv' : null;
  const names = new Set(cells.map((cell) => cell.trim().toLowerCase()));
  const header = HEADERS.find(([, columns]) => columns.every((column) => names.has(column)));
  return header?.[0] ?? formatOfOfac(cells);
}

/** OFAC's files have no header: the number of cells and what stands in the third tell them apart. */
function formatOfOfac(cells: readonly string[]): ListFormat | null {
  if (!/^\d{1,9}$/.test(cells[0].trim())) return null;
  if (cells.length === 12) return 'ofac-sdn-csv';
  if (cells.length === 5) return /^[afn]ka$/.test(cells[2].trim()) ? 'ofac-alt-csv' : null;
  if (cells.length === 6) return 'ofac-add-csv';
  return cells.length === 2 ? 'ofac-comments-csv' : null;
}
