import { makeSentenceView, makeTagBlock } from '@offing/ais';
import { describe, expect, it } from 'vitest';
import { classAFields, partsOf, sentenceOf, tagBlock, voyageFields } from '../../ais/test/build-sentence.ts';
import { makeFrame, rawOf } from '../src/nmea-frame.ts';
import { makeReceiverKinds } from '../src/nmea-receiver.ts';
import { readUsualLines } from '../src/nmea-usual.ts';
import { bytesOf, read, rows, sample, SAMPLES } from './nmea-reading.ts';

const SENTENCE = sentenceOf(classAFields());
const TIMED = tagBlock('s:117,c:1668046497');
const START = Date.UTC(2016, 10, 5);

/** Reads what is usual at the start of some content: how many lines, how far, and the lines. */
function usual(content: string): { lines: number; at: number; raw: string[] } {
  const raw: string[] = [];
  const frame = makeFrame();
  const place = { at: 0, lines: 0 };
  const reader = {
    tag: makeTagBlock(),
    view: makeSentenceView(),
    suffix: { at: NaN, source: 0 },
    kinds: makeReceiverKinds(),
    frame,
    sink: {
      frame: () => raw.push(Buffer.from(rawOf(frame)).toString('latin1')),
      reject: () => expect.unreachable('a usual line is never refused'),
      count: () => expect.unreachable('a usual line is never counted'),
    },
  };
  readUsualLines(reader, bytesOf(content), place);
  return { ...place, raw };
}

describe('readUsualLines', () => {
  it.each([
    ['a sentence', SENTENCE],
    ['a tag block', `${TIMED}${SENTENCE}`],
    ['an epoch in front', `1668046497123456789 ${SENTENCE}`],
    ['an epoch and a tag block in front', `1668046500 ${TIMED}${SENTENCE}`],
    ['an epoch behind', `${SENTENCE},1668046497`],
    ['fields behind', `${SENTENCE},d-109,S2105,t050056.00,T56.13,r003669946,1668046497,1325394001`],
    ['a carriage return and more behind', `${SENTENCE}\r;`],
    ['rubbish behind', `${SENTENCE} ;x\0`],
  ])('takes lines with %s, LF or CRLF, each as it came', (_what, line) => {
    for (const lineBreak of ['\n', '\r\n']) {
      const content = `${line}${lineBreak}`.repeat(3);
      expect(usual(content)).toEqual({ lines: 3, at: content.length, raw: [line, line, line] });
    }
  });

  it.each([
    ['a blank line', '\n'],
    ['another sentence', '$GPGLL,5310.81258,N,00525.70578,E,200254.00,A,D*63\n'],
    ['a message in parts', `${partsOf(voyageFields(), 60).join('\n')}\n`],
    ['two sentences on a line', `${SENTENCE}${TIMED}${SENTENCE}\n`],
    ['two sentences with epochs', `1668046497 ${SENTENCE} 1668046498 ${SENTENCE}\n`],
    ['two blanks in front', `1668046497  ${SENTENCE}\n`],
    ['a line without its line break', SENTENCE],
    ['a line that ends in a carriage return', `${SENTENCE}\r`],
    ['digits', '1668046497'],
    ['digits and a blank', '1668046497 '],
    ['nothing', ''],
  ])('stops before %s', (_what, content) => {
    const before = `${TIMED}${SENTENCE}\n`;
    expect(usual(before + content)).toMatchObject({ lines: 1, at: before.length });
  });

  it('takes a line of 1,024 bytes and leaves a longer one', () => {
    for (const lineBreak of ['\n', '\r\n']) {
      const fits = SENTENCE.padEnd(1024, 'x') + lineBreak;
      expect(usual(fits)).toMatchObject({ lines: 1, at: fits.length });
      expect(usual(SENTENCE.padEnd(1025, 'x') + lineBreak)).toMatchObject({ lines: 0, at: 0 });
      const digits = '1'.repeat(1024 - SENTENCE.length);
      expect(usual(`${digits} ${SENTENCE}${lineBreak}`).lines).toBe(0);
      expect(usual(`${digits.slice(1)} ${SENTENCE}${lineBreak}`).lines).toBe(1);
    }
  });
});

describe('nmeaReader', () => {
  it.each(SAMPLES)(
    'makes the same of %s in one piece and byte by byte, when no line is a usual one',
    (name) => {
      const content = Buffer.from(sample(name)).toString('latin1').split('\n').slice(0, 1500).join('\n');
      const whole = read(content, START);
      const cut = read(content, START, [1]);
      expect(rows(cut)).toEqual(rows(whole));
      expect(cut.refused).toEqual(whole.refused);
      expect(cut.counted).toEqual(whole.counted);
      expect(cut.lines).toBe(whole.lines);
    },
  );

  it('makes the same of lines cut at any byte', () => {
    const content = `${TIMED}${SENTENCE}\r\n\n1668046497 ${SENTENCE}\n${SENTENCE},1668046499\r\n${SENTENCE.slice(0, -1)}x\n${TIMED}\n${SENTENCE}\r\n${SENTENCE}`;
    const whole = read(content);
    expect(whole.records.length).toBe(4);
    expect(whole.refused.map((one) => [one.code, one.line])).toEqual([
      ['checksum', 5],
      ['no-time', 8],
    ]);
    for (let at = 1; at < content.length; at++) {
      const cut = read(content, null, [at, content.length]);
      expect(rows(cut), `cut at ${at}`).toEqual(rows(whole));
      expect(cut.refused).toEqual(whole.refused);
      expect(cut.lines).toBe(whole.lines);
    }
  });
});
