import { expect, it } from 'vitest';
import { readQuery } from '../../src/query/raw-query.ts';

it('takes a query apart', () => {
  const { values, faults } = readQuery('/v1/events?name=JIN+TENG&port=%E9%BE%99%E5%8F%A3&nexus&=x&&a=b=c');
  expect(Object.fromEntries(values)).toEqual({
    name: ['JIN TENG'],
    port: ['龙口'],
    nexus: [''],
    '': ['x'],
    a: ['b=c'],
  });
  expect(faults).toEqual([]);
});

it('keeps every value of a repeated name', () => {
  expect(readQuery('/?a=1&a=2').values.get('a')).toEqual(['1', '2']);
});

it('has no values without a query', () => {
  expect(readQuery('/v1/events').values.size).toBe(0);
});

it.each(['port=%FF', 'port=%', 'port=%E9%BE', 'port=%ED%A0%80', '%C0%AF=1'])(
  'finds the fault in %s',
  (query) => {
    const { values, faults } = readQuery(`/?${query}&ok=1`);
    expect([...values.keys()]).toEqual(['ok']);
    expect(faults).toHaveLength(1);
  },
);
