import type { Session } from '../../src/index.ts';
import { sessionOf } from './sessions.ts';
import { makeTraffic, middleOf, splitLate } from './traffic.ts';

/** Returns the sessions that are killed again and again: one in time, one late, and once more what overlaps both. */
export function killSessions(seed: number): readonly Session[] {
  const traffic = makeTraffic({ seed, everyMin: 30, days: 4 });
  const { inTime, late } = splitLate(traffic);
  const middle = middleOf(traffic);
  const soon = middle + 3_600_000;
  return [
    sessionOf(
      'in time',
      inTime.filter((row) => row.at < middle),
      { handOver: 10 },
    ),
    sessionOf(
      'late',
      late.filter((row) => row.at < soon),
      { handOver: 10 },
    ),
    sessionOf('all', traffic, { handOver: 10 }),
  ];
}
