import { expect, it } from 'vitest';
import { speedChart, type SpeedView } from '../../src/page/speed-chart.ts';

const HOUR = 3_600_000;
const START = Date.parse('2016-11-05T00:00:00Z');
const at = (hour: number, sogKn: number | null) => ({ at: START + hour * HOUR, sogKn });
const VIEW: SpeedView = {
  from: START,
  to: START + 48 * HOUR,
  ships: [
    { name: 'MMSI 445999001', points: [at(1, 8), at(2, 9.5), at(3, null), at(4, 8), at(30, 1), at(31, 2)] },
  ],
  gap: { from: START + 4 * HOUR, to: START + 30 * HOUR },
  thresholds: [{ kn: 2, words: 'slow' }],
};
const textOf = (view: SpeedView) => speedChart(view)?.html ?? '';

it('draws no line over a time in which nothing was heard', () => {
  const path = /<path[^>]* d="([^"]*)"/.exec(textOf(VIEW))?.[1] ?? '';
  // Heard at 1, 2 and 4 h, then at 30 and 31 h: two lines.
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path.match(/L/g)).toHaveLength(3);
});

it('shades the silence and draws the thresholds, and only where there are any', () => {
  expect(textOf(VIEW)).toMatch(/class="gap"/);
  expect(textOf(VIEW)).toMatch(/class="threshold"/);
  expect(textOf(VIEW)).toContain('slow: 2 kn');
  const bare = textOf({ ...VIEW, gap: null, thresholds: [] });
  expect(bare).not.toMatch(/class="gap"|class="threshold"|not heard/);
});

it('says in words what it shows', () => {
  expect(textOf(VIEW)).toContain(
    'aria-label="Speed over ground from 2016-11-05 00:00 UTC to 2016-11-07 00:00 UTC, at most 9.5 kn. Not heard from 2016-11-05 04:00 UTC to 2016-11-06 06:00 UTC. slow: 2 kn."',
  );
});

it('keeps every point and threshold inside', () => {
  const numbers = [...textOf(VIEW).matchAll(/\b(?:c?[xy][12]?)="(-?[\d.]+)"/g)].map(([, number]) =>
    Number(number),
  );
  expect(numbers.length).toBeGreaterThan(20);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThanOrEqual(720);
});

it('is left out where no speed was received', () => {
  expect(speedChart({ ...VIEW, ships: [] })).toBeNull();
  expect(speedChart({ ...VIEW, ships: [{ name: 'x', points: [at(1, null)] }] })).toBeNull();
  expect(speedChart({ ...VIEW, to: VIEW.from })).toBeNull();
});
