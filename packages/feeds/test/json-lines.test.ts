import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_JSON_LINE } from '../src/json-feed.ts';
import type { FormatId } from '../src/feed.ts';
import { momentAt, readJson } from './json-reading.ts';

const SHIP = { mmsi: 413900100, timestamp: '2024-03-01T12:00:00Z', lat: 38.5, lon: 121.25 };
const FORMATS: readonly FormatId[] = [
  'aisstream',
  'digitraffic',
  'barentswatch',
  'aishub',
  'gpsd',
  'ais-catcher',
  'signalk',
  'jsonl',
];

describe('jsonLinesReader', () => {
  it('knows fields by the names of CSV columns', () => {
    const full = {
      ...SHIP,
      speed: 10.7,
      course: 326.6,
      heading: 325,
      nav_status: 'At anchor',
      ship_type: 'Cargo',
      imo: 'IMO9543756',
      name: 'HAI YANG',
      class: 'A',
      draught: 6.8,
    };
    const { rows } = readJson('jsonl', JSON.stringify(full));
    expect(rows[0]).toMatchObject({
      lon: 121.25,
      lat: 38.5,
      sogKn: 10.7,
      cogDeg: 326.6,
      headingDeg: 325,
      navStatus: 1,
    });
    expect(rows[0].statics).toMatchObject({
      imoNumber: 9543756,
      shipName: 'HAI YANG',
      shipType: 70,
      draughtM: 6.8,
    });
  });

  it('takes names that are mapped', () => {
    const columns = { mmsi: 'ship', at: 'when', lat: 'y', lon: 'x' };
    const { rows } = readJson('jsonl', '{"ship":413900100,"when":1709294400,"y":38.5,"x":121.25}\n', {
      columns,
    });
    expect(rows).toEqual([{ mmsi: 413900100, at: '2024-03-01T12:00:00.000Z', lon: 121.25, lat: 38.5 }]);
  });

  it('reads an object over several lines, and arrays', () => {
    const pretty = JSON.stringify(SHIP, null, 2);
    const array = `[\n${pretty},\n${pretty}\n]\n`;
    expect(readJson('jsonl', pretty, { chunks: [3] }).rows).toHaveLength(1);
    expect(readJson('jsonl', array, { chunks: [3] }).rows).toHaveLength(2);
    expect(readJson('jsonl', '[[[]],[]]').rows).toEqual([]);
  });

  it('refuses each broken line by itself', () => {
    const line = JSON.stringify(SHIP);
    const { rows, refused } = readJson(
      'jsonl',
      [line, '{"mmsi":', '[]]', 'null', line, '{"lat":1}', '{"mmsi":4'].join('\n'),
    );
    expect(rows).toHaveLength(2);
    expect(refused.map((one) => [one.line, one.code])).toEqual([
      [2, 'malformed'],
      [3, 'malformed'],
      [4, 'malformed'],
      [6, 'missing-field'],
      [7, 'malformed'],
    ]);
  });

  it('never takes a live stream for one document: the line behind an open bracket counts', () => {
    const live = momentAt('2024-03-01T12:00:00Z');
    const { rows, refused } = readJson('jsonl', `[\n{\n${JSON.stringify(SHIP)}\n`, { live });
    expect(rows).toHaveLength(1);
    expect(refused.map(({ code }) => code)).toEqual(['malformed', 'malformed']);
  });

  it('refuses a live line without end and goes on behind it', () => {
    const live = momentAt('2024-03-01T12:00:00Z');
    const long = `{"a":"${'x'.repeat(LONGEST_JSON_LINE)}"}\n${JSON.stringify(SHIP)}\n`;
    const { rows, refused } = readJson('jsonl', long, { live, chunks: [65_536] });
    expect(refused.map(({ code, raw }) => [code, raw.length])).toEqual([['oversized', 4096]]);
    expect(rows).toHaveLength(1);
  });
});

describe('all readers of JSON', () => {
  it('never throw, and give the same however bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMATS),
        fc.json({ maxDepth: 5 }),
        fc.integer({ min: 1, max: 40 }),
        (format, text, size) => {
          const content = `${text}\n${text.slice(0, -1)}\n${JSON.stringify(SHIP)}`;
          expect(readJson(format, content, { chunks: [size] })).toEqual(readJson(format, content));
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  it.each(FORMATS)('take wrong kinds of value in every field of %s without throwing', (format) => {
    const odd = [null, 7, 'x', [], {}, true, -1, 1e300, '9'.repeat(40)];
    const names =
      'class type mmsi lat lon MessageType MetaData Message context updates msgtime latitude MMSI TIME ERROR features properties topic payload msgs timestamp time scaled'.split(
        ' ',
      );
    for (const name of names) {
      for (const value of odd) {
        const object = {
          ...SHIP,
          class: 'AIS',
          type: 5,
          context: 'vessels.urn:mrn:imo:mmsi:244670316',
          updates: [{ values: [] }],
          [name]: value,
        };
        const { rows } = readJson(format, JSON.stringify(object));
        expect(rows.every((row) => row.mmsi >= 201_000_000 && row.mmsi < 776_000_000)).toBe(true);
      }
    }
  });
});
