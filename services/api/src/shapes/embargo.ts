import type { Announcement } from '@offing/gazetteer';
import { HOUR_MS, isoOf } from '@offing/units';
import type { EmbargoAnswer, EmbargoComparison, EmbargoSpan } from '../schemas/embargo.ts';
import { rateRatio, type Exposure, type RateRatio } from './rate-ratio.ts';

/** A span of time with the visits in it and the hours in which the port was heard. */
export type SpanCounts = {
  readonly from: number;
  readonly to: number;
  readonly visits: number;
  readonly vessels: number;
  readonly hoursHeard: number;
};

/** Less of a span heard than this says nothing of the rest. */
const LEAST_SHARE = 0.2;
/** And less than so many hours. */
const LEAST_HOURS = 7 * 24;
/** An interval within these bounds says that not much changed. */
const ALIKE = { low: 0.5, high: 2 } as const;

/** Returns which visits an announcement is compared by; null where it bars no ship as such. */
export function countedBy({ barred }: Announcement): 'dprk-flag' | 'nexus' | null {
  switch (barred) {
    case 'dprk-flag':
      return 'dprk-flag';
    case 'listed':
    case 'dprk-call':
      return 'nexus';
    case 'cargo':
    case 'unclear':
      return null;
  }
}

/**
 * Returns what visits before and after an announcement say of it; `before` and `after` are null
 * where nothing is counted, `isYet` when that is because nothing was read of the time after it.
 */
export function embargoComparison(
  announcement: Announcement,
  before: SpanCounts | null,
  after: SpanCounts | null,
  isYet = false,
): EmbargoComparison {
  const isCounted = before !== null && after !== null;
  const ratio = isCounted ? rateRatio(exposureOf(before), exposureOf(after)) : NONE;
  return {
    announcement: {
      id: announcement.id,
      bars: announcement.bars,
      barred: announcement.barred,
      allPorts: announcement.portId === null,
      firstDay: announcement.firstDay,
      lastDay: announcement.lastDay,
      announcedBy: announcement.announcedBy,
      reportedBy: announcement.reportedBy,
      deniedBy: announcement.deniedBy,
      deniedOn: announcement.deniedOn,
      note: announcement.note,
    },
    counted: countedBy(announcement),
    before: before && spanOf(before),
    after: after && spanOf(after),
    rateRatio: rounded(ratio.value),
    rateRatioLow: rounded(ratio.low),
    rateRatioHigh: rounded(ratio.high),
    ...(isCounted
      ? answerOf(before, after, ratio)
      : { answer: 'cannot-tell', why: isYet ? NOTHING_YET : NOBODY_BARRED }),
  };
}

const NONE: RateRatio = { value: null, low: null, high: null };
const NOTHING_YET = 'nothing was read yet of the time after it';
const NOBODY_BARRED = 'it bars no ship as such: visits say nothing of it';

function exposureOf({ visits, hoursHeard }: SpanCounts): Exposure {
  return { count: visits, hours: hoursHeard };
}

function spanOf({ from, to, visits, vessels, hoursHeard }: SpanCounts): EmbargoSpan {
  const hours = (to - from) / HOUR_MS;
  return {
    from: isoOf(from),
    to: isoOf(to),
    visits,
    vessels,
    hours: Math.round(hours),
    hoursHeard,
    heardShare: hours <= 0 ? 0 : Math.min(1, Math.round((hoursHeard / hours) * 100) / 100),
    visitsPerHeardWeek: hoursHeard === 0 ? null : rounded((visits / hoursHeard) * 168),
  };
}

function answerOf(
  before: SpanCounts,
  after: SpanCounts,
  { low, high }: RateRatio,
): { readonly answer: EmbargoAnswer; readonly why: string } {
  const unheard = [
    ...(isHeard(before) ? [] : ['the time before']),
    ...(isHeard(after) ? [] : ['the time after']),
  ];
  if (unheard.length > 0)
    return { answer: 'cannot-tell', why: `too little of ${unheard.join(' and ')} was heard at the port` };
  if (before.visits + after.visits === 0)
    return { answer: 'cannot-tell', why: 'no visit of such ships was observed before or after' };
  if (high !== null && high < 1)
    return { answer: 'fewer', why: 'fewer visits in the hours heard than before, beyond chance' };
  if (low !== null && low > 1)
    return { answer: 'more', why: 'more visits in the hours heard than before, beyond chance' };
  if (low !== null && high !== null && low >= ALIKE.low && high <= ALIKE.high)
    return { answer: 'about-as-many', why: 'no more than twice and no less than half as many as before' };
  return { answer: 'cannot-tell', why: 'so few visits leave open whether there were more or fewer' };
}

function isHeard({ from, to, hoursHeard }: SpanCounts): boolean {
  return hoursHeard >= LEAST_HOURS && hoursHeard >= LEAST_SHARE * ((to - from) / HOUR_MS);
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(3));
}
