import fc from 'fast-check';
import { NO_COORDINATE } from '@offing/track';
import { describe, expect, it } from 'vitest';
import { csvSample, readCsv, rows, SAMPLES } from './csv-reading.ts';

const FILES = SAMPLES.map(([name, format]) => {
  const [header, ...lines] = Buffer.from(csvSample(name)).toString('latin1').split(/\r?\n/).slice(0, 200);
  return { header, lines: lines.filter((line) => line !== ''), format };
});
const ODD_CELLS = [
  '',
  '"',
  '""',
  '"""',
  '\0',
  '\u0007',
  '@',
  'null',
  'NaN',
  '1e999',
  '-',
  '.',
  '1e5',
  '٣',
  "'",
  '=1+1',
];

/** A recorded line with one thing wrong: a byte changed, taken out or put in, its end cut, a cell replaced, or doubled. */
const mutated = (lines: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(...lines),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 0, max: 5 }),
      fc.constantFrom(...ODD_CELLS),
    )
    .map(([line, place, byte, kind, cell]) => {
      const at = place % line.length;
      const character = String.fromCharCode(byte);
      if (kind === 0) return line.slice(0, at) + character + line.slice(at + 1);
      if (kind === 1) return line.slice(0, at) + line.slice(at + 1);
      if (kind === 2) return line.slice(0, at) + character + line.slice(at);
      if (kind === 3) return line.slice(0, at);
      if (kind === 4) return line + line.slice(at);
      const cells = line.split(',');
      cells[place % cells.length] = cell;
      return cells.join(',');
    });
const anyBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

const anyFile = fc.constantFrom(...FILES).chain(({ header, lines, format }) =>
  fc
    .tuple(
      fc.array(fc.oneof(fc.constantFrom(...lines), mutated(lines), anyBytes), { maxLength: 30 }),
      fc.constantFrom('\n', '\r\n'),
    )
    .map(([body, lineBreak]) => ({
      content: Buffer.from([header, ...body].join(lineBreak), 'latin1'),
      format,
    })),
);
const anyHeader = fc.array(
  fc.oneof(anyBytes, fc.constantFrom('mmsi', 'timestamp', 'lat', 'lon', 'name', '"', ',', '\n')),
  { maxLength: 12 },
);

describe('csvReader with whatever comes', () => {
  it('never throws, and numbers and explains every refusal', () => {
    fc.assert(
      fc.property(anyFile, ({ content, format }) => {
        const reading = readCsv(content, { format });
        for (const one of reading.refused) {
          expect(one.line).toBeGreaterThanOrEqual(1);
          expect(one.line).toBeLessThanOrEqual(reading.lines);
          expect(one.why).not.toBe('');
          expect(one.raw).not.toBe('');
        }
      }),
      { numRuns: 400 },
    );
  });

  it('never throws for any header and mapping', () => {
    fc.assert(
      fc.property(anyHeader, fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }), (parts, columns) => {
        const reading = readCsv(parts.join(','), { columns });
        expect(reading.fault?.message).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same whatever way the bytes are cut', () => {
    fc.assert(
      fc.property(
        anyFile,
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
        ({ content, format }, chunks) => {
          const whole = readCsv(content, { format });
          const cut = readCsv(content, { format, chunks });
          expect(rows(cut)).toEqual(rows(whole));
          expect(cut.refused).toEqual(whole.refused);
          expect(cut.counted).toEqual(whole.counted);
          expect(cut.lines).toBe(whole.lines);
          expect(cut.fault).toEqual(whole.fault);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives only positions and ships whose numbers stand in cells of the file', () => {
    fc.assert(
      fc.property(anyFile, ({ content, format }) => {
        const numbers = new Set<number>();
        for (const cell of content.toString('latin1').split(/[,\n\r"\t;]/))
          if (cell.trim() !== '') numbers.add(Math.round(Number(cell.trim()) * 1e7));
        for (const one of rows(readCsv(content, { format }))) {
          expect(one.mmsi).toBeGreaterThanOrEqual(201_000_000);
          expect(one.mmsi).toBeLessThanOrEqual(775_999_999);
          expect(numbers).toContain((one.mmsi as number) * 1e7);
          expect(one.at).toBeGreaterThanOrEqual(Date.UTC(2000, 0, 1));
          expect(one.at).toBeLessThan(Date.UTC(2100, 0, 1));
          if (one.lonE7 === NO_COORDINATE) continue;
          expect(numbers).toContain(one.lonE7);
          expect(numbers).toContain(one.latE7);
          expect(Math.abs(one.lonE7 as number)).toBeLessThanOrEqual(1_800_000_000);
          expect(Math.abs(one.latE7 as number)).toBeLessThanOrEqual(900_000_000);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('reads a file of quotes and line breaks in time that grows with its length only', () => {
    const header = 'mmsi,timestamp,lat,lon,name\n';
    for (const piece of ['"\n', '"""\n', '",\n', '"a\n",""\n', '\n"']) {
      const reading = readCsv(header + piece.repeat(400_000 / piece.length), { chunks: [65_536] });
      expect(reading.records.length).toBe(0);
    }
  }, 20_000);
});
