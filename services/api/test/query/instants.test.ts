import { describe, expect, it } from 'vitest';
import { isDay, parseInstant } from '../../src/query/instants.ts';

const at = (iso: string) => Date.parse(iso);

describe('parseInstant', () => {
  it.each([
    ['2016-11-05T15:40:00Z', '2016-11-05T15:40:00.000Z'],
    ['2016-11-05T15:40Z', '2016-11-05T15:40:00.000Z'],
    ['2016-11-05 15:40:00', '2016-11-05T15:40:00.000Z'],
    ['2016-11-05T15:40:00.1239Z', '2016-11-05T15:40:00.123Z'],
    ['2016-11-05T23:40:00+08:00', '2016-11-05T15:40:00.000Z'],
    ['2016-11-05T10:10:00-05:30', '2016-11-05T15:40:00.000Z'],
    ['2016-02-29', '2016-02-29T00:00:00.000Z'],
    ['1970-01-01', '1970-01-01T00:00:00.000Z'],
    ['2999-12-31T23:59:59Z', '2999-12-31T23:59:59.000Z'],
  ])('reads %s', (text, iso) => {
    expect(parseInstant(text, 'first')).toBe(at(iso));
  });

  it('takes a day alone for its first or its last millisecond', () => {
    expect(parseInstant('2016-11-05', 'first')).toBe(at('2016-11-05T00:00:00.000Z'));
    expect(parseInstant('2016-11-05', 'last')).toBe(at('2016-11-05T23:59:59.999Z'));
  });

  it.each([
    '2016-02-30',
    '2015-02-29',
    '2016-13-01',
    '2016-00-10',
    '2016-11-05T24:00:00Z',
    '2016-11-05T15:60:00Z',
    '2016-11-05T15:40:60Z',
    '2016-11-05T15:40:00+15:00',
    '2016-11-05T15:40:00 08:00',
    '1969-12-31',
    '3000-01-01',
    '0000-01-01',
    '99999-01-01',
    '2016-11-5',
    '20161105',
    '1478360400',
    'now',
    '',
    ' 2016-11-05',
    '2016-11-05\n',
  ])('refuses %j', (text) => {
    expect(parseInstant(text, 'first')).toBeNull();
  });
});

describe('isDay', () => {
  it('knows the days of the calendar', () => {
    expect(isDay('2016-03-20')).toBe(true);
    expect(isDay('2016-02-30')).toBe(false);
    expect(isDay('2016-03-20T00:00:00Z')).toBe(false);
  });
});
