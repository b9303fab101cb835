import type { FlagWeek } from '@offing/store';
import { flagOfMid } from '@offing/units';
import type { VisitWeek } from '../schemas/port-detail.ts';

/** Returns the visits of each week with their flags, most visits first; weeks stay in their order. */
export function visitWeeks(rows: readonly FlagWeek[], mostWeeks: number): readonly VisitWeek[] {
  const weeks = new Map<string, FlagWeek[]>();
  for (const row of rows) weeks.set(row.week, [...(weeks.get(row.week) ?? []), row]);
  return [...weeks].slice(0, mostWeeks).map(([week, ofWeek]) => ({
    week,
    visits: sum(ofWeek, 'visits'),
    vessels: sum(ofWeek, 'vessels'),
    synthetic: sum(ofWeek, 'synthetic'),
    flags: flagsOf(ofWeek),
  }));
}

/** A country has several first digits. */
function flagsOf(rows: readonly FlagWeek[]): VisitWeek['flags'] {
  const flags = [...new Set(rows.map(({ mid }) => flagOfMid(mid)))];
  return flags
    .map((flag) => {
      const ofFlag = rows.filter(({ mid }) => flagOfMid(mid) === flag);
      return { flag, visits: sum(ofFlag, 'visits'), vessels: sum(ofFlag, 'vessels') };
    })
    .sort((a, b) => b.visits - a.visits || ((a.flag ?? '~') < (b.flag ?? '~') ? -1 : 1));
}

function sum(rows: readonly FlagWeek[], key: 'visits' | 'vessels' | 'synthetic'): number {
  return rows.reduce((total, row) => total + row[key], 0);
}
