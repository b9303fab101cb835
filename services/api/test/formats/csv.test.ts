import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { csvCell, csvWriter } from '../../src/formats/csv.ts';
import { writeAll } from '../../src/formats/writer.ts';

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\n=x', '=HYPERLINK("http://x")'])(
  'puts an apostrophe before %j, which a spreadsheet would run',
  (text) => {
    expect(csvCell(text)).toMatch(/^"?'/);
  },
);

it('guards the joined cells of a list and leaves later signs alone', () => {
  expect(csvCell(['=a', '=b'])).toBe("'=a;=b");
  expect(csvCell('a=b-c@d')).toBe('a=b-c@d');
});

it('leaves numbers as they are', () => {
  expect([csvCell(-12.5), csvCell(0), csvCell(null), csvCell(true)]).toEqual(['-12.5', '0', '', 'true']);
});

it('is read back by an independent reader as it was written (papaparse)', () => {
  const rows = [
    { name: 'plain', note: 'a,b' },
    { name: 'quote "x"', note: 'line\r\nbreak' },
    { name: '龙口', note: '' },
  ];
  const text = writeAll(
    csvWriter<(typeof rows)[number]>([
      { name: 'name', of: (row) => row.name },
      { name: 'note', of: (row) => row.note },
    ]),
    rows,
  );
  expect(text.startsWith('name,note\r\n')).toBe(true);
  expect(Papa.parse(text, { header: true, skipEmptyLines: true }).data).toEqual(rows);
});
