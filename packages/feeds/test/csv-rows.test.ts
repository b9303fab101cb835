import { describe, expect, it } from 'vitest';
import { LONGEST_ROW } from '../src/csv-rows.ts';
import { codes, readCsv, row, rows } from './csv-reading.ts';

const HEADER = 'mmsi,timestamp,lat,lon,name';
const line = (mmsi: number, name: string) => `${mmsi},2016-11-05T00:00:00Z,38.5,121.25,${name}`;
const names = (content: string | Uint8Array, chunks: readonly number[] = []) =>
  rows(readCsv(content, { chunks })).map((one) => (one.statics as { shipName: string } | null)?.shipName);

describe('csvReader: rows', () => {
  it.each([
    ['LF', `${HEADER}\n${line(413900100, 'A')}\n${line(413900101, 'B')}\n`],
    ['CRLF', `${HEADER}\r\n${line(413900100, 'A')}\r\n${line(413900101, 'B')}\r\n`],
    ['no line break at the end', `${HEADER}\n${line(413900100, 'A')}\n${line(413900101, 'B')}`],
    ['a byte order mark', `\ufeff${HEADER}\n${line(413900100, 'A')}\n${line(413900101, 'B')}\n`],
    ['blank lines', `\n\n${HEADER}\n\n${line(413900100, 'A')}\n  \r\n\n${line(413900101, 'B')}\n\n`],
    [
      'quoted cells',
      `"mmsi","timestamp","lat","lon","name"\n"413900100","2016-11-05T00:00:00Z","38.5","121.25","A"\n${line(413900101, '"B"')}\n`,
    ],
    ['tabs', `${HEADER}\n${line(413900100, 'A')}\n${line(413900101, 'B')}\n`.replaceAll(',', '\t')],
    ['semicolons', `${HEADER}\n${line(413900100, 'A')}\n${line(413900101, 'B')}\n`.replaceAll(',', ';')],
    ['a header that is repeated', `${HEADER}\n${line(413900100, 'A')}\n${HEADER}\n${line(413900101, 'B')}\n`],
  ])('reads rows with %s', (_what, content) => {
    const reading = readCsv(content);
    expect(names(content)).toEqual(['A', 'B']);
    expect(reading.refused).toEqual([]);
    expect(reading.fault).toBeNull();
  });

  it('reads delimiters, doubled quotes and line breaks inside quotes, and numbers lines by the file', () => {
    const content = `${HEADER}\n${line(413900100, '"A, B"')}\n${line(413900101, '"C\r\nD"')}\n${line(413900102, '"E ""F"""')}\nrubbish\n`;
    const reading = readCsv(content);
    expect(names(content)).toEqual(['A, B', 'CD', 'E "F"']);
    expect(codes(reading)).toEqual(['6 column-count']);
    expect(reading.lines).toBe(6);
  });

  it('gives the same records for every place at which a file is cut', () => {
    const content = Buffer.from(
      `\ufeff${HEADER}\r\n${line(413900100, '"Å, ""B"""')}\r\n\r\n${line(413900101, '"C\r\nD"')}\r\n${line(413900102, '"open')}\n${line(413900103, 'x"y')}\nbad\n${line(413900104, 'Z')}`,
    );
    const whole = readCsv(content);
    expect(names(content)).toEqual(['Å, "B"', 'CD', 'x"y', 'Z']);
    expect(codes(whole)).toEqual(['6 malformed', '8 column-count']);
    for (let at = 1; at < content.length; at++) {
      const cut = readCsv(content, { chunks: [at, content.length] });
      expect(rows(cut), `cut at ${at}`).toEqual(rows(whole));
      expect(cut.refused).toEqual(whole.refused);
      expect(cut.lines).toBe(whole.lines);
    }
    expect(rows(readCsv(content, { chunks: [1] }))).toEqual(rows(whole));
  });

  it('refuses a row with too many or too few columns, and one that lacks a needed column', () => {
    const reading = readCsv(
      `${HEADER}\n${line(413900100, 'A,B')}\n413900100,2016-11-05T00:00:00Z,38.5\n413900101,2016-11-05T00:00:00Z,38.5,121.25\n`,
    );
    expect(codes(reading)).toEqual(['2 column-count', '3 column-count']);
    expect(reading.refused[0].why).toBe('6 columns, the header has 5');
    expect(row(reading)).toMatchObject({ mmsi: 413_900_101, statics: null });
  });

  it('refuses a last row that was cut off, so that half a number is no position', () => {
    const reading = readCsv(`${HEADER}\n${line(413900100, 'A')}\n413900101,2016-11-05T00:00:00Z,38.5,12`);
    expect(codes(reading)).toEqual(['3 truncated']);
    expect(reading.records.length).toBe(1);
    expect(codes(readCsv(`${HEADER}\n${line(413900100, '"A')}`))).toEqual(['2 truncated']);
  });

  it('refuses a row with a NUL, in quotes or not', () => {
    const reading = readCsv(
      `${HEADER}\n${line(413900100, 'A\0')}\n${line(413900101, '"\0"')}\n${line(413900102, 'C')}\n`,
    );
    expect(codes(reading)).toEqual(['2 not-text', '3 not-text']);
    expect(reading.records.length).toBe(1);
  });

  it('loses one line, not the file, to a quote that is never closed', () => {
    const many = Array.from({ length: 3000 }, (_, i) => line(413_000_000 + i, 'N')).join('\n');
    for (const chunks of [[], [1000], [65_536], [70_001]]) {
      const reading = readCsv(`${HEADER}\n${line(413900100, '"OPEN')}\n${many}\n`, { chunks });
      expect(codes(reading)).toEqual(['2 malformed']);
      expect(reading.refused[0].raw).toBe(line(413900100, '"OPEN'));
      expect(reading.records.length).toBe(3000);
      expect(reading.lines).toBe(3002);
    }
  });

  it('loses one line to a quote that another line closes', () => {
    const content = `${HEADER}\n${line(413900100, '"OPEN')}\n${line(413900101, 'B')}\n${line(413900102, '"C"')}\n`;
    expect(names(content)).toEqual(['B', 'C']);
    expect(codes(readCsv(content))).toEqual(['2 malformed']);
  });

  it('refuses a row that is too long and reads on, wherever chunks are cut', () => {
    const long = line(413900100, 'X'.repeat(LONGEST_ROW));
    const content = `${HEADER}\n${line(413900100, 'A')}\n${long}\n${line(413900101, 'B')}\n`;
    for (const chunks of [[], [1000], [65_536], [131_072], [50_000, 3]]) {
      const reading = readCsv(content, { chunks });
      expect(names(content, chunks)).toEqual(['A', 'B']);
      expect(codes(reading)).toEqual(['3 oversized']);
      expect(reading.refused[0].raw).toHaveLength(LONGEST_ROW);
      expect(reading.lines).toBe(4);
    }
  });

  it('reads a row of the greatest length and refuses one a byte longer', () => {
    const room = LONGEST_ROW - line(413900100, '').length;
    for (const chunks of [[], [1000], [65_536]]) {
      const reading = readCsv(
        `${HEADER}\n${line(413900100, 'X'.repeat(room))}\n${line(413900101, 'X'.repeat(room + 1))}\n`,
        { chunks },
      );
      expect(codes(reading)).toEqual(['3 oversized']);
      expect(reading.records.length).toBe(1);
    }
  });

  it('refuses a row that is too long and has quoted line breaks line by line', () => {
    const long = `"${'x'.repeat(30_000)}\n${'y'.repeat(30_000)}\n${'z'.repeat(30_000)}"`;
    for (const chunks of [[], [777], [65_536]]) {
      const reading = readCsv(`${HEADER}\n${line(413900100, long)}\n${line(413900101, 'B')}\n`, { chunks });
      expect(codes(reading)).toEqual(['2 malformed', '3 column-count', '4 column-count']);
      expect(reading.records.length).toBe(1);
    }
  });

  it('holds a bounded amount of a row that never ends', () => {
    const reading = readCsv(`${HEADER}\n${'x'.repeat(3_000_000)}`, { chunks: [10_000] });
    expect(codes(reading)).toEqual(['2 oversized']);
    expect(reading.refused[0].raw).toHaveLength(LONGEST_ROW);
    expect(reading.lines).toBe(2);
  });

  it('gives nothing for an empty file', () => {
    const reading = readCsv('');
    expect(reading).toMatchObject({ lines: 0, fault: null, refused: [], ignoredColumns: [] });
    expect(reading.records.length).toBe(0);
  });
});
