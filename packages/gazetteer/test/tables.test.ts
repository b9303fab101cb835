import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { readRows, readTable, writeTable } from '../src/tables.ts';

/** Cells full of what has a meaning in CSV. */
const cell = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', '山', '\uFEFF'), maxLength: 6 }),
);
const plain = fc.string({ unit: fc.constantFrom('b', ' ', '山', ';'), maxLength: 4 });

function tableOf(cells: fc.Arbitrary<string>): fc.Arbitrary<string[][]> {
  return fc
    .integer({ min: 2, max: 5 })
    .chain((columns) =>
      fc.array(fc.array(cells, { minLength: columns, maxLength: columns }), { minLength: 1 }),
    );
}

describe('readRows', () => {
  it('reads what csv-parse reads from a table written here', () => {
    fc.assert(
      fc.property(tableOf(cell), ([header, ...rows]) => {
        const text = writeTable(header, rows);
        expect(readRows(text)).toEqual(parse(text));
        expect(readRows(text)).toEqual([header, ...rows]);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['\n', '\r\n', '\r'])(
    'reads lines that end in %j like csv-parse, with and without a last one',
    (end) => {
      fc.assert(
        fc.property(tableOf(plain), fc.boolean(), fc.boolean(), (rows, last, quoted) => {
          const lines = rows.map((row) => row.map((text) => (quoted ? `"${text}"` : text)).join(','));
          const text = lines.join(end) + (last ? end : '');
          expect(readRows(text)).toEqual(parse(text, { record_delimiter: end }));
        }),
      );
    },
  );

  it('never throws and loses no letter of any text', () => {
    fc.assert(
      fc.property(cell, fc.array(cell), (first, more) => {
        const text = [first, ...more].join('\n');
        const letters = text.replaceAll(/[^a山]/g, '');
        expect(
          readRows(text)
            .flat()
            .join('')
            .replaceAll(/[^a山]/g, ''),
        ).toBe(letters);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['nothing', '', []],
    ['blank lines only', '\n\r\n\n', []],
    ['a cell that is quoted and empty', '""\n', [['']]],
    ['an empty last cell', 'a,\n', [['a', '']]],
    ['an empty last cell at the end of the text', 'a,', [['a', '']]],
    ['a quote inside a plain cell', 'a"b,c', [['a"b', 'c']]],
    ['text behind a closing quote', '"a"b,c', [['ab', 'c']]],
    ['a quote that is never closed', '"a,b\nc', [['a,b\nc']]],
    ['a byte order mark before a quote', '\uFEFF"a",b\n', [['a', 'b']]],
    ['a byte order mark before a plain cell', '\uFEFFa,b\n', [['a', 'b']]],
    [
      'a blank line between quoted rows',
      '"a",b\n\n"c",d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
  ])('reads %s', (_, text, expected) => {
    expect(readRows(text)).toEqual(expected);
  });

  it('reads a megabyte of a quote that is never closed within a moment', () => {
    const started = performance.now();
    expect(readRows('"' + 'a""\n'.repeat(250_000))).toEqual([['a"\n'.repeat(250_000)]]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('readTable', () => {
  it('keys the cells by the header, missing ones as empty, and leaves out those beyond it', () => {
    expect(readTable('a,b\n1,2\n3\n4,5,6\n')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '' },
      { a: '4', b: '5' },
    ]);
  });

  it('is empty without rows and without a header', () => {
    expect(readTable('a,b\n')).toEqual([]);
    expect(readTable('')).toEqual([]);
  });
});

describe('writeTable', () => {
  it('quotes only what must be quoted', () => {
    expect(
      writeTable(
        ['a', 'b'],
        [
          ['x y', 'x,y'],
          ['"', '1\n2'],
        ],
      ),
    ).toBe('a,b\nx y,"x,y"\n"""","1\n2"\n');
  });
});
