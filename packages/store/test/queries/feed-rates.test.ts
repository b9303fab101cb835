import { ratesOf, type HeardHour } from '@offing/store';
import { describe, expect, it } from 'vitest';

const HOUR = 3_600_000;
/** Four hours before a midnight. */
const START = Date.UTC(2016, 10, 5, 20);

/** So many messages in each hour from the first on, in one region. */
function heard(messages: readonly number[], column = 24): readonly HeardHour[] {
  return messages.flatMap((n, i) =>
    n === 0 ? [] : [{ column, row: 7, hourAt: START + i * HOUR, messages: n }],
  );
}

/** The rate in an hour, counted from the first. */
function rate(messages: readonly number[], hour = messages.length - 1) {
  return ratesOf(heard(messages), START + hour * HOUR).all;
}

describe('the rate of a feed', () => {
  it.each<readonly [string, readonly number[], string, number | null]>([
    ['is as usual through midnight', [50, 100, 98, 102, 100, 99, 101], 'usual', 100],
    ['is low just below half of the usual', [50, 100, 100, 100, 100, 49], 'low', 100],
    ['is not low at half of it', [50, 100, 100, 100, 100, 50], 'usual', 100],
    ['is silent when nothing comes', [50, 100, 100, 100, 100, 0], 'silent', 100],
    ['is low at the end of a slow decline', [99, 100, 100, 100, 90, 80, 70, 60, 50, 40, 34], 'low', 80],
    ['says nothing in the first hours', [100, 100, 100, 3], 'new', null],
    [
      'does not call an hour without messages strange where most have none',
      [9, 0, 0, 0, 0, 9, 0],
      'usual',
      0,
    ],
    ['does not call a single busy hour usual', [9, 10, 10, 900, 10, 10, 10], 'usual', 10],
  ])('%s', (_what, messages, state, usualMessages) => {
    expect(rate(messages)).toMatchObject({ state, usualMessages, messages: messages.at(-1) });
  });

  it('is not known where nothing was heard', () => {
    expect(ratesOf([], START)).toEqual({ all: null, regions: [] });
  });
});

describe('the rates of its regions', () => {
  it('show a hole that the whole feed hardly shows', () => {
    const whole = heard([100, 100, 100, 100, 100, 100]);
    const hole = heard([30, 30, 30, 30, 30, 0], -1);
    const { all, regions } = ratesOf([...whole, ...hole], START + 5 * HOUR);
    expect(all).toMatchObject({ messages: 100, usualMessages: 130, state: 'usual' });
    expect(regions).toMatchObject([
      { west: 120, south: 35, sizeDeg: 5, state: 'usual' },
      { west: -5, messages: 0, usualMessages: 30, state: 'silent' },
    ]);
  });

  it('are those in which most is usual, at most fifty', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      heard([1, 10 + i, 10 + i, 10 + i, 10 + i], i - 30),
    ).flat();
    const { regions } = ratesOf(many, START + 4 * HOUR);
    expect(regions).toHaveLength(50);
    expect([regions[0].usualMessages, regions[49].usualMessages]).toEqual([69, 20]);
  });
});
