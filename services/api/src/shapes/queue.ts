import { Queues, type HistoryLimits } from '@offing/rules';
import type { PortWait, WeekHeard } from '@offing/store';
import { DAY_MS, HOUR_MS } from '@offing/units';
import type { PortQueue, QueueWeek } from '../schemas/port-detail.ts';
import { weekName, weekOf, weekStart, WEEK_MS } from './weeks.ts';

/** A week counts as heard from this share of its hours on, and so many of them tell what is usual. */
const LEAST_HOURS = 34;
const LEAST_WEEKS = 4;

type Tally = { shipMs: number; most: number };
type Span = { readonly from: number; readonly to: number };

/**
 * Returns how many ships wait off a port, week by week, and how long a wait may last before it is more than queueing, by the
 * same reckoning as the rule `hovering` for a ship of any size. `until` (ms) is up to when everything was judged.
 */
export function portQueue(
  waits: readonly PortWait[],
  heard: readonly WeekHeard[],
  limits: HistoryLimits,
  until: number,
): PortQueue {
  const tallies = tallyOf(waits, until);
  const heardWeeks = heard.filter(({ hours }) => hours >= LEAST_HOURS).map(({ week }) => week);
  const names = [...new Set([...heardWeeks, ...[...tallies.keys()].map(weekName)])].sort().reverse();
  const perWeek = names.map((week) => weekOfQueue(week, tallies, waits, until));
  const usual = perWeek.filter(({ week }) => heardWeeks.includes(week)).map(({ meanWaiting }) => meanWaiting);
  const lengths = waits.flatMap(({ from, to, calledAt, seenComing }) =>
    calledAt === null || to === null || !seenComing ? [] : [(to - from) / HOUR_MS],
  );
  return {
    usualWaiting: usual.length < LEAST_WEEKS ? null : median(usual),
    weeksHeard: heardWeeks.length,
    medianWaitH: median(lengths),
    ...limitOf(waits, limits),
    perWeek,
  };
}

function limitOf(waits: readonly PortWait[], limits: HistoryLimits) {
  const queues = new Queues();
  for (const { calledAt, from, to, seenComing } of waits) {
    if (calledAt === null || to === null || !seenComing) continue;
    queues.completed('', { at: calledAt, waitedMs: to - from, lengthM: null, lon: 0, lat: 0 });
  }
  const { limitMs, basis, waits: completedWaits, percentileMs } = queues.limit('', null, limits);
  return {
    limitD: rounded(limitMs / DAY_MS),
    basis,
    completedWaits,
    percentile95H: percentileMs === null ? null : rounded(percentileMs / HOUR_MS),
  };
}

function weekOfQueue(
  week: string,
  tallies: ReadonlyMap<number, Tally>,
  waits: readonly PortWait[],
  until: number,
): QueueWeek {
  const start = weekOf(week);
  const end = Math.min(start + WEEK_MS, until);
  const { shipMs, most } = tallies.get(start) ?? { shipMs: 0, most: 0 };
  const isIn = (at: number | null) => at !== null && at >= start && at < start + WEEK_MS;
  return {
    week,
    meanWaiting: end <= start ? 0 : rounded(shipMs / (end - start)),
    mostWaiting: most,
    called: waits.filter(({ calledAt }) => isIn(calledAt)).length,
    synthetic: waits.some(
      ({ synthetic, from, to }) => synthetic && from < start + WEEK_MS && (to ?? until) > start,
    ),
  };
}

/** By week: the time that ships waited in it, added up, and the most at one time. */
function tallyOf(waits: readonly PortWait[], until: number): ReadonlyMap<number, Tally> {
  const steps = spansOf(waits, until).flatMap(({ from, to }) => [
    { at: from, by: 1 },
    { at: to, by: -1 },
  ]);
  steps.sort((a, b) => a.at - b.at || a.by - b.by);
  const tallies = new Map<number, Tally>();
  let waiting = 0;
  for (const [i, { at, by }] of steps.entries()) {
    waiting += by;
    const to = steps.at(i + 1)?.at ?? at;
    for (let start = weekStart(at); waiting > 0 && start < to; start += WEEK_MS) {
      const tally = tallies.get(start) ?? { shipMs: 0, most: 0 };
      tally.shipMs += waiting * (Math.min(to, start + WEEK_MS) - Math.max(at, start));
      tally.most = Math.max(tally.most, waiting);
      tallies.set(start, tally);
    }
  }
  return tallies;
}

/** The wait before a visit and a hovering of the same ship may overlap: it is one ship. Waits come earliest first. */
function spansOf(waits: readonly PortWait[], until: number): readonly Span[] {
  const done: Span[] = [];
  const open = new Map<string, Span>();
  for (const { vesselId, from, to } of waits) {
    const span = { from, to: Math.min(to ?? until, until) };
    const before = open.get(vesselId);
    if (before !== undefined && span.from <= before.to) {
      open.set(vesselId, { from: before.from, to: Math.max(before.to, span.to) });
    } else {
      if (before !== undefined) done.push(before);
      open.set(vesselId, span);
    }
  }
  return [...done, ...open.values()].filter(({ from, to }) => to > from);
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return rounded((sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
