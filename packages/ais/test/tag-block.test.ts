import { describe, expect, it } from 'vitest';
import { makeTagBlock, readTagBlock, sourceHash } from '../src/tag-block.ts';
import { tagBlock } from './build-sentence.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function read(text: string) {
  const tag = makeTagBlock();
  const bytes = encode(text);
  const end = readTagBlock(bytes, 0, bytes.length, tag);
  return { tag, end, source: text.slice(tag.sourceFrom, tag.sourceTo) };
}

const AT = Date.UTC(2022, 10, 10, 2, 14, 57);

describe('readTagBlock', () => {
  it('reads source, time and group of a recorded block', () => {
    const { tag, end, source } = read('\\g:1-2-7218,s:117,c:1668046497*74\\!AIVDM');
    expect(tag).toMatchObject({ at: AT, group: 7218, grouped: true, why: '' });
    expect(source).toBe('117');
    expect(tag.source).toBe(sourceHash(encode('117'), 0, 3));
    expect(end).toBe(34);
  });

  it.each([
    ['\\c:1668046497*hh\\', 'a placeholder'],
    ['\\c:1668046497*00\\', 'zeros'],
    ['\\c:1668046497\\', 'nothing'],
    [tagBlock('c:1668046497123').replace('123*', '123*'), 'a right one, of a time in ms'],
    ['\\g:1-2-9999,c:1565218798*53\\', 'that of the block before its group was put in'],
  ])('takes %s, whose checksum is %s', (text) => {
    const { tag } = read(text);
    expect(tag.why).toBe('');
    expect(Number.isNaN(tag.at)).toBe(false);
  });

  it.each(['\\c:1668046497*01\\', '\\s:117,c:1668046497*0B\\', '\\c:1668046497*0\\', '\\c:1668046497*xy\\'])(
    'believes nothing of %s, whose checksum is wrong',
    (text) => {
      const { tag, end } = read(text);
      expect(tag.at).toBeNaN();
      expect(tag.source).toBe(0);
      expect(tag.why).toMatch(/checksum/);
      expect(end).toBe(text.length);
    },
  );

  it('says so when the time is no instant', () => {
    for (const time of ['17', 'abc', '9999999999999999999999']) {
      const { tag } = read(tagBlock(`c:${time}`));
      expect(tag.at).toBeNaN();
      expect(tag.why).toMatch(/c: of the tag block/);
    }
  });

  it('takes a negative group id for none, and the older spelling of a group', () => {
    expect(read(tagBlock('g:1-2--001,c:1668046497')).tag).toMatchObject({ group: -1, grouped: true, at: AT });
    expect(read(tagBlock('1G2:0125,c:1668046497')).tag).toMatchObject({ group: 125, at: AT });
  });

  it('passes over empty and unknown fields', () => {
    const { tag, source } = read(tagBlock(',s:rMT5858,,q:u,T:2014-12-10 00.41.53,:,x,c:1668046497,'));
    expect(source).toBe('rMT5858');
    expect(tag.at).toBe(AT);
  });

  it('says -1 for a block that is not closed', () => {
    expect(read('\\s:').end).toBe(-1);
    expect(read('\\s:117,c:1668046497*0A!AIVDM').end).toBe(-1);
  });
});
