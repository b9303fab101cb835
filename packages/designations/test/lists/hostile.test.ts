import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectList } from '../../src/lists/detect-list.ts';
import { listReader, type WholeFormat } from '../../src/lists/read-list.ts';
import { readText, sample } from './read-file.ts';

const SDN = (body: string) =>
  `<?xml version="1.0"?><sdnList><publshInformation><Publish_Date>01/01/2020</Publish_Date></publshInformation>${body}</sdnList>`;

function read(format: WholeFormat, text: string) {
  const reader = listReader(format);
  reader.push(text);
  return reader.end();
}

describe('XML that attacks its reader', () => {
  test('entities that multiply are refused with their document type', () => {
    const lol = `<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]><sdnList>&j;</sdnList>`;
    expect(read('sdn-xml', lol)).toMatchObject({
      entries: [],
      damage: expect.stringContaining('document type') as unknown,
    });
  });

  test.each([
    [
      'an external entity',
      '<!DOCTYPE sdnList [<!ENTITY x SYSTEM "file:///etc/passwd">]><sdnList>&x;</sdnList>',
    ],
    ['an external document type', '<!DOCTYPE sdnList SYSTEM "http://example.org/x.dtd"><sdnList/>'],
    ['an entity without a document type', SDN('<sdnEntry><uid>&x;</uid></sdnEntry>')],
  ])('%s is refused', (_, text) => {
    const { damage, entries } = read('sdn-xml', text);
    expect(damage).not.toBeNull();
    expect(entries).toEqual([]);
  });

  test('elements that nest without end are refused', () => {
    const { damage } = read('sdn-xml', SDN('<a>'.repeat(100_000) + '</a>'.repeat(100_000)));
    expect(damage).toContain('nest deeper');
  });

  test('a text of many megabytes, and an attribute of one, are refused', () => {
    expect(
      read('sdn-xml', SDN(`<sdnEntry><lastName>${'A'.repeat(3_000_000)}</lastName></sdnEntry>`)).damage,
    ).toContain('longer than');
    expect(read('sdn-xml', SDN(`<sdnEntry a="${'A'.repeat(3_000_000)}"/>`)).damage).not.toBeNull();
    const attributes = Array.from({ length: 100 }, (_, i) => `a${i}=""`).join(' ');
    expect(read('sdn-xml', SDN(`<sdnEntry ${attributes}/>`)).damage).toContain('attributes');
  });

  test('endless text without an element, piece by piece, is refused before it fills the memory', () => {
    const reader = listReader('sdn-xml');
    reader.push('<?xml version="1.0"?><sdnList>');
    for (let i = 0; i < 200; i++) reader.push('A'.repeat(65_536));
    expect(reader.end().damage).toContain('neither an element nor its end');
  });

  test('the five entities of XML itself are read', () => {
    expect(
      read('sdn-xml', SDN('<sdnEntry><lastName>A &amp; B</lastName><sdnType>Vessel</sdnType></sdnEntry>'))
        .entries,
    ).toMatchObject([{ shipName: 'A & B' }]);
  });

  test('a file that ends inside an element, and a count that does not agree, are cut short', () => {
    const whole = sample('ofac-consolidated-2018.xml');
    expect(readText(whole.slice(0, -40)).damage).toContain('cut short');
    expect(readText(whole.replace(/<sdnEntry>[^]*?<\/sdnEntry>/, '')).damage).toContain(
      '3 records and holds 2',
    );
  });
});

describe('CSV and JSON that are not what they seem', () => {
  const HEAD = 'list,imo,name,flag,designated_on,delisted_on,program,source\n';

  test('a quotation mark that never closes, and a huge cell', () => {
    expect(read('plain-csv', `${HEAD}UN,9100011,"A,KP,2016-01-01,,P,S\n`).damage).toContain(
      'quotation marks',
    );
    expect(
      read('plain-csv', `${HEAD}UN,9100011,"${'A'.repeat(2_000_000)}",KP,2016-01-01,,P,S\n`).damage,
    ).toContain('characters');
    expect(read('plain-csv', ','.repeat(100_000)).damage).toContain('cells');
  });

  test('a last row that is cut short damages the file; another is refused by its line', () => {
    const good = 'UN,9100011,A,KP,2016-01-01,,P,S\n';
    expect(read('plain-csv', `${HEAD}${good}UN,9100`).damage).toContain('cut short');
    expect(read('plain-csv', `${HEAD}UN,9100\n${good}`)).toMatchObject({
      damage: null,
      faults: [{ line: 2, field: 'record', isLeftOut: true }],
      entries: [{ shipName: 'A' }],
    });
  });

  test('a header without what is needed, and no header', () => {
    expect(read('plain-csv', 'a,b\n1,2\n').damage).toContain('"list"');
    expect(read('plain-csv', '').damage).toContain('no header');
    expect(read('plain-csv', HEAD).damage).toContain('no records');
  });

  test('lines that are no entities are refused, one that ends in the middle damages the file', () => {
    const text = sample('written-entities.ndjson');
    expect(
      read('ftm-json', `nonsense\n{"id":1}\n{"id":"a","schema":"Vessel","properties":{"name":[3]}}\n${text}`),
    ).toMatchObject({ damage: null, faults: [{ line: 1 }, { line: 2 }, { line: 3, field: 'name' }] });
    expect(read('ftm-json', text.slice(0, -30)).damage).toContain('cut short');
    expect(read('ftm-json', `{"schema":"${'A'.repeat(9_000_000)}`).damage).toContain('longer than');
  });

  test('a property named like what objects inherit is only a property', () => {
    const evil =
      '{"id":"a","schema":"Vessel","properties":{"__proto__":["x"],"constructor":["y"],"name":["A"]}}\n';
    expect(read('ftm-json', evil).entries).toMatchObject([{ shipName: 'A', imoNumber: null }]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

test('nothing is taken for a list that is none', () => {
  for (const text of [
    '',
    '\u0000\u0001',
    'hello',
    '<html></html>',
    '{"a":1}',
    'mmsi,lat,lon\n1,2,3\n',
    '\u001f\u008b',
  ])
    expect(detectList(text)).toBeNull();
});

test('whatever comes, reading ends without a throw', () => {
  const formats: readonly WholeFormat[] = [
    'sdn-xml',
    'sdn-advanced-xml',
    'un-1718-csv',
    'un-consolidated-xml',
    'eu-journal-csv',
    'uk-csv',
    'uk-xml',
    'opensanctions-simple-csv',
    'ftm-json',
    'maritime-csv',
    'plain-csv',
  ];
  const seeds = [
    'written-eu-journal.csv',
    'written-sdn-advanced.xml',
    'written-uk.xml',
    'written-entities.ndjson',
  ].map(sample);
  const mangled = fc
    .tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(200), fc.string({ maxLength: 40 }))
    .map(
      ([text, at, cut, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut),
    );
  fc.assert(
    fc.property(
      fc.constantFrom(...formats),
      fc.oneof(mangled, fc.string({ maxLength: 300 })),
      (format, text) => {
        expect(read(format, text)).toHaveProperty('entries');
      },
    ),
    { numRuns: 400, seed: 1 },
  );
});
