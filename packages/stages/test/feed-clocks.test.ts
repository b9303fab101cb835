import { Outages } from '@offing/rules';
import { describe, expect, test } from 'vitest';
import { FeedClocks } from '../src/feed-clocks.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FOREVER = 1000 * HOUR;

/** Lets hulls be heard at the given minutes; each hull's mean interval is as told. Returns the outages of the feed. */
function outagesOf(heard: readonly (readonly [minute: number, slot: number])[], cadenceMin: number) {
  const clocks = new FeedClocks();
  const outages = new Outages();
  for (const [minute, slot] of heard) {
    clocks.advance(0, minute * MINUTE, outages);
    clocks.heard(0, slot, minute * MINUTE, cadenceMin * MINUTE);
  }
  return outages.within(0, 0, FOREVER);
}

/** So many hulls, each heard every `every` minutes from `from` to `to`. */
function heard(hulls: number, from: number, to: number, every: number): (readonly [number, number])[] {
  const times: (readonly [number, number])[] = [];
  for (let minute = from; minute <= to; minute += every)
    for (let hull = 0; hull < hulls; hull++) times.push([minute, hull]);
  return times;
}

describe('a feed is out', () => {
  test.each([
    ['20 minutes are not enough', 20, 0],
    ['21 minutes are', 21, 1],
    ['a day is', 24 * 60, 1],
  ])('when three hulls and more fall silent together: %s', (_, pauseMin, count) => {
    const rows = [...heard(3, 0, 100, 5), ...heard(3, 100 + pauseMin, 200 + pauseMin, 5)];
    const outages = outagesOf(rows, 5);
    expect(outages).toHaveLength(count);
    if (count === 1) expect(outages[0]).toEqual({ from: 100 * MINUTE, to: (100 + pauseMin) * MINUTE });
  });

  test('not when two hulls fall silent, nor when the third was last heard more than an hour before', () => {
    expect(outagesOf([...heard(2, 0, 100, 5), ...heard(2, 300, 400, 5)], 5)).toEqual([]);
    expect(outagesOf([[0, 2], ...heard(2, 61, 100, 5), ...heard(3, 300, 400, 5)], 5)).toEqual([]);
  });

  test('not while its hulls report as seldom as always', () => {
    expect(outagesOf(heard(4, 0, 600, 30), 30)).toEqual([]);
    expect(outagesOf([...heard(4, 0, 600, 30), ...heard(4, 700, 900, 30)], 30)).toHaveLength(1);
  });

  test('not between the passes of a satellite, once they have come twice', () => {
    const passes = Array.from({ length: 12 }, (_, pass) => heard(5, pass * 90, pass * 90 + 10, 2)).flat();
    const outages = outagesOf(passes, 2);
    expect(outages.every((outage) => outage.from < 3 * HOUR)).toBe(true);
    const missed = [...passes, ...heard(5, 12 * 90 + 360, 12 * 90 + 370, 2)];
    expect(outagesOf(missed, 2).at(-1)).toEqual({ from: 1000 * MINUTE, to: (12 * 90 + 360) * MINUTE });
  });

  test('again after an outage: one pause is no rhythm', () => {
    const rows = [...heard(3, 0, 100, 5), ...heard(3, 220, 320, 5), ...heard(3, 440, 500, 5)];
    expect(outagesOf(rows, 5)).toHaveLength(2);
  });

  test('alone: another feed that goes on says nothing of it', () => {
    const clocks = new FeedClocks();
    const outages = new Outages();
    for (let minute = 0; minute <= 600; minute += 5) {
      for (let hull = 0; hull < 3; hull++) {
        clocks.advance(1, minute * MINUTE, outages);
        clocks.heard(1, 10 + hull, minute * MINUTE, 5 * MINUTE);
        if (minute > 100 && minute < 400) continue;
        clocks.advance(0, minute * MINUTE, outages);
        clocks.heard(0, hull, minute * MINUTE, 5 * MINUTE);
      }
    }
    expect(outages.within(0, 0, FOREVER)).toEqual([{ from: 100 * MINUTE, to: 400 * MINUTE }]);
    expect(outages.within(1, 0, FOREVER)).toEqual([]);
  });

  test('after a restart as it would have been without', () => {
    const rows = [...heard(3, 0, 100, 5), ...heard(3, 220, 320, 5), ...heard(3, 440, 500, 5)];
    const outages = new Outages();
    let clocks = new FeedClocks();
    for (const [minute, slot] of rows) {
      clocks.advance(0, minute * MINUTE, outages);
      clocks.heard(0, slot, minute * MINUTE, 5 * MINUTE);
      clocks = FeedClocks.restore(structuredClone(clocks.dump()));
    }
    expect(outages.within(0, 0, FOREVER)).toEqual(outagesOf(rows, 5));
  });
});
