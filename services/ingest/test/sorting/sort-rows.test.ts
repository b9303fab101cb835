import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeRowOrder, rankFeeds } from '../../src/sorting/row-order.ts';
import { RowSorter } from '../../src/sorting/sort-rows.ts';
import { columnsOf, madeRow, madeRowsOf, plainlySorted, STATICS } from './made-rows.ts';

const FEEDS = ['west', 'east'];
const order = makeRowOrder(rankFeeds(FEEDS.map((feed) => ({ feed, synthetic: false }))), STATICS);

it('sorts like a plain sort, whatever the times and the ties, again and again with the same memory', () => {
  const sorter = new RowSorter();
  fc.assert(
    fc.property(fc.array(madeRow, { maxLength: 300 }), (rows) => {
      const columns = columnsOf(rows);
      const sorted = sorter.sort(columns, order);
      const got = sorted === null ? rows : [...sorted].map((row) => rows[row]);
      expect(got).toEqual(plainlySorted(rows, FEEDS));
    }),
    { numRuns: 200, seed: 1 },
  );
});

it('finds that rows are in order already, ties included', () => {
  fc.assert(
    fc.property(fc.array(madeRow, { maxLength: 50 }), (rows) => {
      expect(new RowSorter().sort(columnsOf(plainlySorted(rows, FEEDS)), order)).toBeNull();
    }),
    { seed: 2 },
  );
});

it('looks only at the rows in use', () => {
  const columns = columnsOf(
    [3, 2, 1].map((at) => ({ ...fc.sample(madeRow, { seed: 3, numRuns: 1 })[0], at })),
  );
  columns.length = 2;
  expect([...(new RowSorter().sort(columns, order) ?? [])]).toEqual([1, 0]);
});

it('ranks feeds by name, equal ones together', () => {
  const feeds = [
    { feed: 'b', synthetic: false },
    { feed: 'a', synthetic: true },
    { feed: 'a', synthetic: false },
    { feed: 'b', synthetic: false },
  ];
  expect(rankFeeds(feeds)).toEqual([2, 1, 0, 2]);
});

it('never says that rows of different content are equal', () => {
  fc.assert(
    fc.property(madeRow, madeRow, (a, b) => {
      const columns = columnsOf([a, b]);
      const said = order(columns, 0, columns, 1);
      expect(Math.sign(said) + Math.sign(order(columns, 1, columns, 0))).toBe(0);
      expect(said === 0).toBe(
        JSON.stringify(madeRowsOf(columns)[0]) === JSON.stringify(madeRowsOf(columns)[1]),
      );
    }),
    { numRuns: 2000, seed: 4 },
  );
});
