import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCell, makeCells, splitLine, splitRow } from '../src/csv-cells.ts';
import type { CsvCells } from '../src/csv-cells.ts';
import { csvSample, readCsv, rows, SAMPLES } from './csv-reading.ts';

/** What is seen of cut cells. */
function seen(cells: CsvCells): object {
  const { rowFrom, rowTo, count, binary, stray } = cells;
  const texts = Array.from({ length: count }, (_, column) => {
    const found = findCell(cells, column);
    return [found, cells.quoted, Buffer.from(cells.bytes.subarray(cells.from, cells.to)).toString('latin1')];
  });
  return { rowFrom, rowTo, count, binary, stray, texts };
}

function quickly(content: string, delimiter: string, from = 0) {
  const cells = makeCells();
  const bytes = Buffer.from(content, 'latin1');
  const next = splitLine(cells, bytes, from, bytes.length, delimiter.charCodeAt(0));
  return next < 0 ? null : { next, ...seen(cells) };
}

function carefully(content: string, delimiter: string, from = 0) {
  const cells = makeCells();
  const bytes = Buffer.from(content, 'latin1');
  const lineFeed = bytes.indexOf(10, from);
  const to = lineFeed > from && bytes[lineFeed - 1] === 13 ? lineFeed - 1 : lineFeed;
  splitRow(cells, bytes, from, to, delimiter.charCodeAt(0));
  return { next: lineFeed + 1, ...seen(cells) };
}

describe('splitLine', () => {
  it.each([
    ['cells', 'a,b,c\nd'],
    ['CRLF', 'a,b,c\r\nd'],
    ['two carriage returns', 'a,b\r\r\n'],
    ['an empty last cell', 'a,,\r\n'],
    ['an empty row', '\n\n'],
    ['an empty row with CR', '\r\n'],
    ['a quote inside a cell', 'a,b"c, "d"\n'],
    ['a NUL', 'a,\0,c\n'],
    ['other control characters', 'a\t,\u0007,c\n'],
  ])('cuts a row with %s as splitRow does once its end is known', (_what, content) => {
    for (const delimiter of [',', ';', '\t']) {
      const row = content.replaceAll(',', delimiter);
      expect(quickly(row, delimiter)).toEqual(carefully(row, delimiter));
      expect(quickly(`x\n${row}`, delimiter, 2)).toEqual(carefully(`x\n${row}`, delimiter, 2));
    }
  });

  it.each([
    ['no line break', 'a,b'],
    ['no line break behind a delimiter', 'a,'],
    ['a quote at the start', '"a",b\n'],
    ['a quoted cell', 'a,"b"\n'],
    ['nothing', ''],
  ])('leaves a row alone that has %s', (_what, content) => {
    for (const delimiter of [',', ';', '\t'])
      expect(quickly(content.replaceAll(',', delimiter), delimiter)).toBeNull();
  });

  it('does not look behind the place that it is given', () => {
    const bytes = Buffer.from('a,b\n');
    expect(splitLine(makeCells(), bytes, 0, 3, 44)).toBe(-1);
    expect(splitLine(makeCells(), bytes, 0, 4, 44)).toBe(4);
  });

  it('cuts any bytes as splitRow does', () => {
    const anyContent = fc
      .array(fc.constantFrom('a', '"', ',', ';', '\t', '\r', ' ', '\0', '9', '\u00ff', '\u0007'), {
        maxLength: 20,
      })
      .map((parts) => `${parts.join('')}\n`);
    fc.assert(
      fc.property(anyContent, fc.constantFrom(',', ';', '\t'), (content, delimiter) => {
        const quick = quickly(content, delimiter);
        const opens = content.split(delimiter).some((cell) => cell.startsWith('"'));
        expect(quick).toEqual(opens ? null : carefully(content, delimiter));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('csvReader', () => {
  it.each(SAMPLES)(
    'makes the same of %s in one piece and byte by byte, when each row is held',
    (name, format) => {
      const lines = Buffer.from(csvSample(name)).toString('latin1').split('\n').slice(0, 1000);
      // Every row of a quoted name is read with care in both.
      lines.splice(3, 0, lines[2].replace(/[^,]*/, '"$&"'), '', ' \r', lines[1].slice(0, 9));
      const content = Buffer.from(lines.join('\n'), 'latin1');
      const whole = readCsv(content, { format });
      const cut = readCsv(content, { format, chunks: [1] });
      expect(whole.records.length).toBeGreaterThan(5);
      expect(rows(cut)).toEqual(rows(whole));
      expect(cut.refused).toEqual(whole.refused);
      expect(cut.counted).toEqual(whole.counted);
      expect(cut.lines).toBe(whole.lines);
    },
  );

  it('takes a row of 65,536 bytes and refuses a longer one, with and without a carriage return', () => {
    const header = 'mmsi,timestamp,lat,lon,name';
    const row = '413900100,2016-11-05T00:00:00Z,38.5,121.25,';
    const fits = row.padEnd(65_535, 'x');
    for (const [body, taken] of [
      [`${fits}x\n`, 1],
      [`${fits}\r\n`, 1],
      [`${fits}xx\n`, 0],
      [`${fits}x\r\n`, 0],
    ] as const) {
      for (const chunks of [[], [1000]]) {
        const reading = readCsv(`${header}\n${body}${row}\n`, { chunks });
        expect(reading.records.length).toBe(taken + 1);
        expect(reading.refused.map(({ code, line }) => `${line} ${code}`)).toEqual(
          taken === 1 ? [] : ['2 oversized'],
        );
      }
    }
  });
});
