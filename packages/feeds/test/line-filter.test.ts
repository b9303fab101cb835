import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { detectFormat, lineFilter, makeReader, type FormatId } from '@offing/feeds';
import { COLUMN_NAMES, makeColumns, makeStaticDictionary, NO_COORDINATE } from '@offing/track';
import { describe, expect, test } from 'vitest';

const FOLDER = new URL('../../../recordings/', import.meta.url);

function contentOf(path: string): Uint8Array {
  const bytes = readFileSync(new URL(path, FOLDER));
  return new Uint8Array(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

const RECORDINGS = ['nmea', 'csv'].flatMap((folder) =>
  readdirSync(new URL(folder, FOLDER))
    .filter((name) => !name.endsWith('.md'))
    .map((name) => `${folder}/${name}`),
);

/** Positions of ships, each as text with the raw record that it came in. */
function positionsOf(
  format: FormatId,
  pieces: readonly Uint8Array[],
  isWanted: (mmsi: number) => boolean,
): readonly string[] {
  const records = makeColumns(1024);
  const found: string[] = [];
  const took = (row: number, raw: Uint8Array): void => {
    if (!isWanted(records.mmsi[row]) || records.lonE7[row] === NO_COORDINATE) return;
    const values = COLUMN_NAMES.filter((name) => name !== 'staticId').map((name) => records[name][row]);
    found.push(`${values.join()} ${Buffer.from(raw).toString('latin1')}`);
  };
  const ignore = (): void => undefined;
  const out = { records, statics: makeStaticDictionary(), reject: ignore, count: ignore, took };
  const reader = makeReader(format, out, { feed: 0, startAt: null });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return found;
}

function filtered(
  format: FormatId,
  bytes: Uint8Array,
  chunk: number,
  isWanted: (mmsi: number) => boolean,
): readonly Uint8Array[] {
  const given: Uint8Array[] = [];
  const give = (piece: Uint8Array): void => void given.push(new Uint8Array(piece));
  const filter = lineFilter(format, { startAt: null }, isWanted);
  for (let at = 0; at < bytes.length; at += chunk) filter.push(bytes.subarray(at, at + chunk), give);
  filter.end(give);
  return given;
}

describe.each(RECORDINGS)('of %s', (path) => {
  const bytes = contentOf(path);
  const format = detectFormat(bytes.subarray(0, 65_536), path) ?? 'nmea';
  const all = positionsOf(format, [bytes], () => true);

  test.each([3, 7])(
    'every position of one ship in %i passes, with its raw record, and no more than is needed',
    (share) => {
      const isWanted = (mmsi: number): boolean => mmsi % share === 1;
      for (const chunk of [977, 65_536]) {
        const pieces = filtered(format, bytes, chunk, isWanted);
        expect(positionsOf(format, pieces, isWanted)).toEqual(positionsOf(format, [bytes], isWanted));
      }
    },
  );

  test('hardly anything passes when no ship is asked for', () => {
    const pieces = filtered(format, bytes, 4096, () => false);
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (all.length > 100) expect(size).toBeLessThan(bytes.length * 0.6);
  });
});

describe('what passes', () => {
  test('is all of a recording whose lines get their times from those before them', () => {
    const given: Uint8Array[] = [];
    const filter = lineFilter('nmea', { startAt: 0 }, () => false);
    filter.push(Buffer.from('!AIVDM,1,1,,A,133qNL00000>`W8MGi`=VmRF0PSh,0*2F\n'), (piece) =>
      given.push(piece),
    );
    expect(given).toHaveLength(1);
  });

  test.each([
    [
      'a line with two sentences',
      '!AIVDM,1,1,,A,133qNL00000>`W8MGi`=VmRF0PSh,0*2F!AIVDM,1,1,,A,13,0*2F',
      true,
    ],
    ['a comment', '# 244670316', true],
    ['a sentence of another kind', '$PGHP,1,2010,6,11,0,0,0,0,219,,2190047,1,2F*28', true],
    ['a sentence that is cut off', '!AIVDM,1,1,,A,13', true],
    ['a whole message of another ship', '!AIVDM,1,1,,A,133qNL00000>`W8MGi`=VmRF0PSh,0*2F', false],
    [
      'a voyage report in parts',
      '!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C',
      false,
    ],
    ['a type 19 in parts', '!AIVDM,2,1,0,B,C8u:8C@t7@TnGCKfm6Po`e6N`:Va0L2J;06HV50JV?SjBPL3,0*28', true],
  ])('%s: %#', (_what, line, passes) => {
    const given: Uint8Array[] = [];
    const filter = lineFilter('nmea', { startAt: null }, () => false);
    filter.push(Buffer.from(`${line}\n`), (piece) => given.push(new Uint8Array(piece)));
    expect(given.map((piece) => Buffer.from(piece).toString('latin1'))).toEqual(passes ? [`${line}\n`] : []);
  });

  test('is whole and in order when everything may be wanted, however it is cut, whatever the bytes are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Buffer.from('!AIVDM,1"\n\r;é\0')), { maxLength: 400 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom<FormatId>('nmea', 'csv', 'dma', 'gpsd'),
        (bytes, chunk, format) => {
          const pieces = filtered(format, Uint8Array.from(bytes), chunk, () => true);
          expect(Buffer.concat(pieces)).toEqual(Buffer.from(bytes));
        },
      ),
      { numRuns: 200 },
    );
  });
});
