import { RECEIVER_KIND } from '@offing/track';
import { describe, expect, it } from 'vitest';
import {
  classAFields,
  partsOf,
  sentenceOf,
  tagBlock,
  voyageFields,
  withChecksum,
} from '../../ais/test/build-sentence.ts';
import { read, row, rows, sample } from './nmea-reading.ts';

const AT = Date.UTC(2022, 10, 10, 2, 14, 57);
const SENTENCE = sentenceOf(classAFields());
const OTHER = sentenceOf(classAFields({ mmsi: 412_000_001 }));
const TIMED = tagBlock('s:117,c:1668046497');
const atOf = (content: string, startAt: number | null = null) =>
  rows(read(content, startAt)).map((one) => one.at);
const codesOf = (content: string) => read(content).refused.map((one) => one.code);

describe('where the time of a sentence comes from', () => {
  it.each([
    ['a tag block in seconds', `${TIMED}${SENTENCE}`, AT],
    ['a tag block in milliseconds', `${tagBlock('c:1668046497123')}${SENTENCE}`, AT + 123],
    ['two tag blocks', `${tagBlock('s:117')}${tagBlock('c:1668046497')}${SENTENCE}`, AT],
    ['a bare epoch behind', `${SENTENCE},1668046497`, AT],
    ['a bare epoch behind, in ms', `${SENTENCE},1668046497123`, AT + 123],
    [
      'fields of the US Coast Guard',
      `${SENTENCE},d-109,S2105,t050056.00,T56.13,r003669946,1668046497,1325394001`,
      AT,
    ],
    ['the last of tidy fields', `${SENTENCE},s22132,,1668046497`, AT],
    ['nanoseconds in front', `1668046497123456789 ${SENTENCE}`, AT + 123],
    ['seconds in front', `1668046497 ${SENTENCE}`, AT],
    [
      'a $PGHP line before',
      `$PGHP,1,2022,11,10,2,14,57,386,219,24,992190924,1,12*20\r\n${SENTENCE}`,
      AT + 386,
    ],
    ['a tag block on a line of its own', `${TIMED}\n${SENTENCE}`, AT],
  ])('%s', (_what, content, at) => {
    const reading = read(`${content}\r\n`);
    expect(reading.refused).toEqual([]);
    expect(row(reading)).toMatchObject({ at, mmsi: 413_400_720 });
  });

  it('believes the tag block before all else, and an epoch in front is then when it was recorded', () => {
    const reading = read(`1668046500 ${TIMED}${SENTENCE},1668046499\n`);
    expect(row(reading)).toMatchObject({ at: AT, receivedAt: AT + 3000 });
  });

  it('gives a header line to the next sentence only', () => {
    const pghp = '$PGHP,1,2022,11,10,2,14,57,0,219,24,992190924,1,12*20';
    const reading = read(`${pghp}\n${SENTENCE}\n${OTHER}\n`);
    expect(rows(reading)).toMatchObject([{ at: AT, mmsi: 413_400_720 }]);
    expect(reading.refused).toMatchObject([{ code: 'no-time', line: 3 }]);
  });

  it('a broken sentence uses up the header line before it', () => {
    const reading = read(`${TIMED}\n${SENTENCE.slice(0, -1)}X\n${OTHER}\n`);
    expect(reading.refused.map((one) => one.code)).toEqual(['checksum', 'no-time']);
  });

  it('refuses a time that is none as bad-time, saying where it stood', () => {
    for (const content of [
      `${tagBlock('c:17')}${SENTENCE}`,
      `${TIMED.replace('1668046497', '1668046498')}${SENTENCE}`,
      `$PGHP,1,2022,13,10,2,14,57,0,219,24,992190924,1,12*20\n${SENTENCE}`,
    ]) {
      const reading = read(content);
      expect(reading.refused).toMatchObject([{ code: 'bad-time' }]);
      expect(reading.refused[0].why).toMatch(/tag block|PGHP/);
    }
  });

  it('takes no time from rubbish behind a checksum', () => {
    for (const rubbish of [',1daasd4218,,1357134222', ';1668046497', ' 1668046497', ',166804649x', ',17'])
      expect(codesOf(`${SENTENCE}${rubbish}`)).toEqual(['no-time']);
  });
});

describe('recordings without any time', () => {
  const start = Date.UTC(2016, 10, 5, 15, 40, 30);
  const at = (second: number) => sentenceOf(classAFields({ second }));

  it('are refused as no-time without a start', () => {
    expect(read(`${SENTENCE}\n${OTHER}\n`).refused).toMatchObject([
      { code: 'no-time', line: 1 },
      { code: 'no-time', line: 2 },
    ]);
  });

  it('follow the seconds inside the messages from the start on, at most half a minute ahead', () => {
    const content = [30, 31, 31, 45, 44, 15, 46, 60, 14, 20].map((second) => `${at(second)}\n`).join('');
    const offsets = atOf(content, start).map((one) => (Number(one) - start) / 1000);
    expect(offsets).toEqual([0, 1, 1, 15, 15, 45, 45, 45, 45, 50]);
  });

  it('give static reports the time reached', () => {
    const content = `${at(35)}\n${sentenceOf(voyageFields())}\n`;
    expect(atOf(content, start)).toEqual([start + 5000, start + 5000]);
  });

  it('lose the assumed start once a line has a time of its own', () => {
    const reading = read(`${SENTENCE}\n${TIMED}${OTHER}\n${SENTENCE}\n`, start);
    expect(rows(reading)).toHaveLength(2);
    expect(reading.refused).toMatchObject([{ code: 'no-time', line: 3 }]);
  });
});

describe('lines as they come', () => {
  it('reads two sentences on one line, each with its own time', () => {
    const reading = read(`${TIMED}${SENTENCE}${tagBlock('c:1668046499')}${OTHER}\n`);
    expect(rows(reading)).toMatchObject([
      { at: AT, mmsi: 413_400_720 },
      { at: AT + 2000, mmsi: 412_000_001 },
    ]);
  });

  it('reads two sentences on one line with epochs in front', () => {
    expect(atOf(`1668046497 ${SENTENCE} 1668046498 ${OTHER}\n`)).toEqual([AT, AT + 1000]);
  });

  it('takes rubbish behind a valid checksum', () => {
    const reading = read(`${TIMED}${SENTENCE}\u0000\u00ff rubbish!$\\\n`);
    expect(reading.records.length).toBe(1);
    expect(reading.refused).toEqual([]);
  });

  it('reads the sentence that follows a broken one on the same line', () => {
    const reading = read(`${TIMED}${SENTENCE.slice(0, 30)}${TIMED}${OTHER}\n`);
    expect(rows(reading)).toMatchObject([{ mmsi: 412_000_001 }]);
    expect(reading.refused).toMatchObject([{ code: 'truncated', line: 1 }]);
  });

  it('counts other sentences, and passes over blank lines and comments', () => {
    const gps = '$GPGLL,5310.81258,N,00525.70578,E,200254.00,A,D*63';
    const reading = read(
      `${gps}\n\n   \r\n# comment\n$PFOO,INVALID\n!AIABM,1,1,,,6,,,0*23\n${TIMED}${SENTENCE}`,
    );
    expect(reading.counted).toEqual({ 'other-sentence': 3, comment: 1 });
    expect(reading.refused).toEqual([]);
    expect(reading.records.length).toBe(1);
    expect(reading.lines).toBe(7);
  });

  it.each([
    ['a wrong checksum', `${SENTENCE.slice(0, -2)}00`, 'checksum'],
    ['a lost end', SENTENCE.slice(0, 25), 'truncated'],
    ['a lost checksum digit', SENTENCE.slice(0, -1), 'truncated'],
    ['an open tag block', '\\s:', 'truncated'],
    ['the start of a sentence', '!AIV', 'truncated'],
    ['text', 'hello, sailor', 'malformed'],
    ['bytes', '\u0000\u0001\u0002\u00ff', 'not-text'],
    ['bytes inside a sentence', `!AIVDM,1,1,,A,13\u00ff`, 'not-text'],
    ['16-bit text', [...SENTENCE].join('\u0000'), 'not-text'],
    ['no payload', withChecksum('AIVDM,1,1,,B,,0'), 'unsupported-length'],
    ['an impossible payload character', withChecksum('AIVDM,1,1,,B,13X,0'), 'malformed'],
    ['no fields', withChecksum('AIVDM,'), 'malformed'],
  ])('refuses a line with %s', (_what, line, code) => {
    const reading = read(`${line}\n`);
    expect(reading.refused).toMatchObject([{ code, line: 1, raw: line }]);
    expect(reading.refused[0].why).not.toBe('');
    expect(reading.records.length).toBe(0);
  });

  it('refuses the last line when it is cut, and takes it when it only lacks the line break', () => {
    expect(read(`${TIMED}${SENTENCE}`).records.length).toBe(1);
    expect(read(`${TIMED}${SENTENCE}\n${TIMED}${SENTENCE.slice(0, 40)}`).refused).toMatchObject([
      { code: 'truncated', line: 2 },
    ]);
  });

  it('refuses a line longer than 1,024 bytes, keeps its head and goes on', () => {
    const long = `${TIMED}${SENTENCE}${'x'.repeat(5000)}`;
    const fits = `${TIMED}${SENTENCE}`.padEnd(1024, 'x');
    for (const chunks of [[], [1], [700]]) {
      const reading = read(`${long}\n${fits}\r\n${fits}x\n${TIMED}${OTHER}\n`, null, chunks);
      expect(reading.refused.map((one) => [one.code, one.line, one.raw.length])).toEqual([
        ['oversized', 1, 1024],
        ['oversized', 3, 1024],
      ]);
      expect(reading.refused[0].raw).toBe(long.slice(0, 1024));
      expect(reading.records.length).toBe(2);
      expect(reading.lines).toBe(4);
    }
  });
});

describe('messages in parts', () => {
  const [one, two] = partsOf(voyageFields(), 60);

  it('take time and source of the first part; followers carry the group only', () => {
    const content = `${tagBlock('g:1-2-7218,s:117,c:1668046497')}${one}\n${tagBlock('g:2-2-7218')}${two}\n`;
    expect(rows(read(content))).toMatchObject([{ at: AT, messageType: 5 }]);
  });

  it('keep the first part’s time when the follower has its own', () => {
    expect(atOf(`1668046497 ${one}\n1668046498 ${two}\n`)).toEqual([AT]);
  });

  it('interleave with other messages', () => {
    const [three, four] = partsOf(voyageFields({ mmsi: 412_000_001 }), 60, 4, 'B');
    const reading = read(
      `${TIMED}${one}\n${TIMED}${three}\n${TIMED}${SENTENCE}\n${TIMED}${two}\n${TIMED}${four}\n`,
    );
    expect(rows(reading).map((each) => [each.mmsi, each.messageType])).toEqual([
      [413_400_720, 1],
      [413_400_720, 5],
      [412_000_001, 5],
    ]);
    expect(reading.refused).toEqual([]);
  });

  it('are refused with all the lines that came when a part is missing', () => {
    const reading = read(`${TIMED}${one}\n${TIMED}${SENTENCE}\n`);
    expect(reading.refused).toMatchObject([{ code: 'incomplete-multipart', line: 1, raw: `${TIMED}${one}` }]);
    expect(read(`${two}\n`).refused).toMatchObject([{ code: 'incomplete-multipart', line: 1, raw: two }]);
  });

  it('are refused as one when what they hold is', () => {
    const [first, second] = partsOf(classAFields().concat([[0, 100]]), 30);
    const reading = read(`${TIMED}${first}\n\n${second}\n`);
    expect(reading.refused).toMatchObject([
      { code: 'unsupported-length', line: 1, raw: `${TIMED}${first}\n${second}` },
    ]);
  });

  it('do not need a sequence, and a single part may have one', () => {
    const [first, second] = [one, two].map((part) =>
      withChecksum(part.slice(1, -3).replace(',3,A,', ',,A,')),
    );
    expect(read(`${TIMED}${first}\n${second}\n`).records.length).toBe(1);
    const single = withChecksum(SENTENCE.slice(1, -3).replace('1,1,,', '1,1,6,'));
    expect(read(`${TIMED}${single}\n`).records.length).toBe(1);
  });
});

describe('which kind of receiver', () => {
  it.each([
    ['117', RECEIVER_KIND.unknown],
    ['rORBCOMM008', RECEIVER_KIND.unknown],
    ['rMT5858', RECEIVER_KIND.unknown],
    ['saturn', RECEIVER_KIND.unknown],
    ['coaster-1', RECEIVER_KIND.unknown],
    ['satellite', RECEIVER_KIND.satellite],
    ['S-AIS', RECEIVER_KIND.satellite],
    ['SAT_4', RECEIVER_KIND.satellite],
    ['terrestrial', RECEIVER_KIND.terrestrial],
    ['shore-12', RECEIVER_KIND.terrestrial],
  ])('source %s says %i', (source, kind) => {
    expect(row(read(`${tagBlock(`s:${source},c:1668046497`)}${SENTENCE}\n`))).toMatchObject({
      receiverKind: kind,
    });
  });

  it('a follower without a source has that of the first part', () => {
    const [one, two] = partsOf(voyageFields(), 60);
    const content = `${tagBlock('g:1-2-5,s:satellite,c:1668046497')}${one}\n${tagBlock('g:2-2-5')}${two}\n`;
    expect(row(read(content))).toMatchObject({ receiverKind: RECEIVER_KIND.satellite });
  });

  it('is said nowhere in the worldwide recording, whose sources are numbers', () => {
    const { records } = read(sample('global-tagblock-2022-11-10-part1.nmea.gz'));
    expect(new Set(records.receiverKind.subarray(0, records.length))).toEqual(
      new Set([RECEIVER_KIND.unknown]),
    );
  });
});
