import { describe, expect, it } from 'vitest';
import { parseChoices, parseImoList, parseMmsiList } from '../../src/query/lists.ts';

describe('parseChoices', () => {
  it('reads one and several', () => {
    expect(parseChoices('a', ['a', 'b'])).toEqual(['a']);
    expect(parseChoices('b,a', ['a', 'b'])).toEqual(['b', 'a']);
  });
  it.each(['', 'c', 'a,', 'a,c', 'A', 'a b', '__proto__'])('refuses %j', (text) => {
    expect(parseChoices(text, ['a', 'b'])).toBeNull();
  });
});

describe('parseMmsiList', () => {
  it('reads numbers of up to nine digits', () => {
    expect(parseMmsiList('445000001,1')).toEqual([445000001, 1]);
  });
  it.each(['', '4450000011', '-1', '1.5', '1e400', '445000001,', '٤٤٥', '1'.padEnd(400, ',1')])(
    'refuses %j',
    (text) => {
      expect(parseMmsiList(text)).toBeNull();
    },
  );
});

describe('parseImoList', () => {
  it('reads seven digits, with IMO before them or without', () => {
    expect(parseImoList('9163166')).toEqual([9163166]);
    expect(parseImoList('IMO9163166,imo 9163154')).toEqual([9163166, 9163154]);
  });
  it.each(['', '916316', '91631660', 'OMI9163166', '9163166;1'])('refuses %j', (text) => {
    expect(parseImoList(text)).toBeNull();
  });
});
