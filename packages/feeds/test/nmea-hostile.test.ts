import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, decode, read, rows, sample } from './nmea-reading.ts';

const START = Date.UTC(2016, 10, 5);
const SENTENCES = [
  'global-tagblock-2022-11-10-part1.nmea.gz',
  'kystverket-2019-08-07.nm4',
  'comment-blocks-mixed.txt',
  'aishub-2019-02-16-epoch-ns-prefix.nmea',
].flatMap((name) => Buffer.from(sample(name)).toString('latin1').split(/\r?\n/).slice(0, 300));

const anyLine = fc.constantFrom(...SENTENCES);
const anyBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

/** A recorded line with one thing wrong: a byte changed, taken out or put in, its end cut, or doubled. */
const mutated = fc
  .tuple(anyLine, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 4 }))
  .map(([line, place, byte, kind]) => {
    const at = line.length === 0 ? 0 : place % line.length;
    const character = String.fromCharCode(byte);
    if (kind === 0) return line.slice(0, at) + character + line.slice(at + 1);
    if (kind === 1) return line.slice(0, at) + line.slice(at + 1);
    if (kind === 2) return line.slice(0, at) + character + line.slice(at);
    return kind === 3 ? line.slice(0, at) : line + line.slice(at);
  });

const anyContent = fc
  .array(fc.oneof(anyLine, mutated, anyBytes), { maxLength: 30 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((lineBreak) => lines.join(lineBreak)));

describe('NMEA readers with whatever comes', () => {
  it('never throw, and number and explain every refusal', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const reading = read(content, START);
        decode(content);
        for (const one of reading.refused) {
          expect(one.line).toBeGreaterThanOrEqual(1);
          expect(one.line).toBeLessThanOrEqual(reading.lines);
          expect(one.why).not.toBe('');
          expect(one.raw).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('give the same whatever way the bytes are cut', () => {
    fc.assert(
      fc.property(
        anyContent,
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
        (content, chunks) => {
          const whole = read(content, START);
          const cut = read(content, START, chunks);
          expect(rows(cut)).toEqual(rows(whole));
          expect(cut.refused).toEqual(whole.refused);
          expect(cut.counted).toEqual(whole.counted);
          expect(cut.lines).toBe(whole.lines);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('give only values that the columns allow', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        for (const one of rows(read(content, START))) {
          expect(one.mmsi).toBeGreaterThanOrEqual(201_000_000);
          expect(one.mmsi).toBeLessThanOrEqual(775_999_999);
          if (one.lonE7 !== -2_147_483_648) {
            expect(Math.abs(one.lonE7 as number)).toBeLessThanOrEqual(1_800_000_000);
            expect(Math.abs(one.latE7 as number)).toBeLessThanOrEqual(900_000_000);
          }
          expect(one.at).toBeGreaterThanOrEqual(Date.UTC(2000, 0, 1));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('make no position of a sentence with one wrong bit', () => {
    const sentence = '\\s:117,c:1668046497*0A\\!AIVDM,1,1,,,369KwSP000<G`Kh0iukScOv00000,0*12';
    expect(read(sentence).records.length).toBe(1);
    const from = sentence.indexOf('!');
    for (let at = from; at < sentence.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const bytes = bytesOf(sentence);
        bytes[at] ^= 1 << bit;
        expect(read(bytes).records.length, `byte ${at}, bit ${bit}`).toBe(0);
      }
    }
  });

  it('hold a bounded amount of a line that never ends', () => {
    const reading = read('x'.repeat(3_000_000), START, [10_000]);
    expect(reading.refused).toMatchObject([{ code: 'oversized', line: 1 }]);
    expect(reading.refused[0].raw).toHaveLength(1024);
  });

  it('hold a bounded number of first parts without an end', () => {
    const first = '!AIVDM,2,1,%,%,5815Njh2Bah1KL7CGG<HUHu>2222222222222216D@LB>6jm0@CSmSlS,0*';
    let content = '';
    for (let count = 0; count < 4000; count++) {
      const tag = `g:1-2-${count}`;
      const body = first
        .replace('%', String(count % 10))
        .replace('%', 'A')
        .slice(1, -1);
      content += `\\${tag}*hh\\!${body}*${sumOf(body)}\n`;
    }
    const reading = read(content, START);
    expect(reading.refused).toHaveLength(4000);
    expect(new Set(reading.refused.map((one) => one.code))).toEqual(new Set(['incomplete-multipart']));
    expect(reading.refused.at(-1)?.why).toMatch(/before the end/);
    expect(reading.refused[0].why).toMatch(/too many others/);
  });
});

function sumOf(body: string): string {
  let sum = 0;
  for (const character of body) sum ^= character.charCodeAt(0);
  return sum.toString(16).toUpperCase().padStart(2, '0');
}
