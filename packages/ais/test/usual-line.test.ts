import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendPayload, makePayloadBits } from '../src/bits.ts';
import { makeSentenceView, readSentence, startsAisSentence } from '../src/sentence.ts';
import { clearTagBlock, makeTagBlock, readTagBlock } from '../src/tag-block.ts';
import { readUsualLine } from '../src/usual-line.ts';
import { classAFields, partsOf, sentenceOf, tagBlock, voyageFields, withChecksum } from './build-sentence.ts';

const SENTENCE = sentenceOf(classAFields());
const TAGGED = `\\s:117,c:1668046497*0A\\${SENTENCE}`;
const USUAL = [
  SENTENCE,
  TAGGED,
  sentenceOf(classAFields(), ''),
  sentenceOf(voyageFields()),
  sentenceOf([[27, 6]]),
  withChecksum('BSVDO,1,1,7,1,25Cjtd0Oj;Jp7ilG7=UkKBoB0<06,2'),
  withChecksum('AIVDM,1,1,,B,,0'),
  `${tagBlock('c:1668046497123,s:satellite')}${SENTENCE}`,
  `${tagBlock('c:17')}${SENTENCE}`,
  `${tagBlock('s:,c:,x,q:u')}${SENTENCE}`,
  '\\s:117,c:1668046497*0a\\!AIVDM,1,1,,,369KwSP000<G`Kh0iukScOv00000,0*12',
];

/** What a line says; the bits as a text of 0 and 1. */
type Said = { end: number; ownShip: boolean; bits: string; tag: object };

function bitsOf({ words, length }: ReturnType<typeof makePayloadBits>): string {
  return Array.from({ length }, (_, at) => (words[at >>> 5] >>> (31 - (at & 31))) & 1).join('');
}

function quickly(bytes: Uint8Array, from: number, to: number): Said | null {
  const tag = makeTagBlock();
  const view = makeSentenceView();
  const bits = makePayloadBits();
  // What the lines before have left must not shine through.
  bits.words.fill(0xffff_ffff);
  Object.assign(tag, { at: 1, why: 'x', source: 1, group: 1, grouped: true });
  const end = readUsualLine(bytes, from, to, tag, view, bits);
  if (end < 0) return null;
  expect(view.end).toBe(end);
  return { end, ownShip: view.ownShip, bits: bitsOf(bits), tag };
}

/** Reads the line as the functions do that read any line; null where one of them finds a fault. */
function carefully(bytes: Uint8Array, from: number, to: number): Said | null {
  const tag = makeTagBlock();
  const view = makeSentenceView();
  const bits = makePayloadBits();
  clearTagBlock(tag);
  const at = bytes[from] === 92 ? readTagBlock(bytes, from, to, tag) : from;
  if (at < 0 || !startsAisSentence(bytes, at, to) || readSentence(bytes, at, to, view) !== null) return null;
  const sound = appendPayload(bits, bytes, view.payloadFrom, view.payloadTo, view.fill);
  return sound && view.total === 1 ? { end: view.end, ownShip: view.ownShip, bits: bitsOf(bits), tag } : null;
}

const encode = (text: string) => Buffer.from(text, 'latin1');

describe('readUsualLine', () => {
  it.each(USUAL)('reads %s as the careful functions do', (line) => {
    const bytes = encode(`x${line}\r\n`);
    const said = quickly(bytes, 1, bytes.length);
    expect(said?.end).toBe(1 + line.length);
    expect(said).toEqual(carefully(bytes, 1, bytes.length));
  });

  it.each([
    ['nothing', ''],
    ['a part of a message', partsOf(voyageFields(), 60)[0]],
    ['a group', `${tagBlock('g:1-1-7,c:1668046497')}${SENTENCE}`],
    ['two tag blocks', `${tagBlock('s:117')}${tagBlock('c:1668046497')}${SENTENCE}`],
    ['a tag block without a checksum', `\\c:1668046497\\${SENTENCE}`],
    ['a tag block with a placeholder', `\\c:1668046497*hh\\${SENTENCE}`],
    ['a tag block with a wrong checksum', `\\c:1668046497*01\\${SENTENCE}`],
    ['a tag block with a blank', `${tagBlock('s:a b')}${SENTENCE}`],
    ['a tag block alone', tagBlock('c:1668046497')],
    ['text before the sentence', `1668046497 ${SENTENCE}`],
    ['another sentence', '$GPGLL,5310.81258,N,00525.70578,E,200254.00,A,D*63'],
    ['a wrong checksum', `${SENTENCE.slice(0, -2)}00`],
    ['an impossible payload character', withChecksum('AIVDM,1,1,,B,13X,0')],
    ['six fill bits', withChecksum('AIVDM,1,1,,B,133,6')],
    ['no fill bits', withChecksum('AIVDM,1,1,,B,133,')],
    ['a field too many', withChecksum('AIVDM,1,1,,B,133,0,0')],
  ])('leaves %s alone', (_what, line) => {
    const bytes = encode(`${line}\n`);
    expect(quickly(bytes, 0, bytes.length)).toBeNull();
    expect(quickly(bytes, 0, line.length)).toBeNull();
  });

  it('leaves a line alone that is cut anywhere, also where the bytes go on', () => {
    const bytes = encode(`${TAGGED}\n${TAGGED}\n`);
    for (let to = 0; to < TAGGED.length; to++) {
      expect(quickly(bytes, 0, to), `cut at ${to}`).toBeNull();
      expect(quickly(bytes.subarray(0, to), 0, to)).toBeNull();
    }
    expect(quickly(bytes, 0, TAGGED.length)).not.toBeNull();
  });

  it('takes nothing that the careful functions refuse, and reads nothing in another way', () => {
    const anyLine = fc
      .tuple(fc.constantFrom(...USUAL), fc.nat(), fc.constantFrom(...'!\\*,$:\r\n 0159aAwX\0\xff'), fc.nat(3))
      .map(([line, place, character, kind]) => {
        const at = place % line.length;
        if (kind === 3) return line.slice(0, at) + line.slice(at + 1);
        return line.slice(0, at) + character + line.slice(kind === 0 ? at : at + 1);
      });
    const repaired = anyLine.map((line) =>
      line.replace(/!([^*!]*)\*..$/, (_whole, body: string) => withChecksum(body)),
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(anyLine, repaired), (line) => {
        const bytes = encode(`${line}\n`);
        const said = quickly(bytes, 0, bytes.length);
        if (said === null) return;
        taken++;
        expect(said).toEqual(carefully(bytes, 0, bytes.length));
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
