import type { Json } from '@offing/rules';

/** The evidence of an event. */
export type Evidence = { readonly [key: string]: Json | undefined };

/** A threshold of a rule beside what was observed. */
export type Measure = {
  readonly what: string;
  readonly observed: string;
  readonly threshold: string;
  /** The fields of the evidence that it tells. */
  readonly keys: readonly string[];
};

/** A measure that needs these fields; it is left out where one of them is missing. */
type MeasureRow = {
  readonly what: string;
  readonly keys: readonly string[];
  readonly observed: (evidence: Evidence) => string;
  readonly threshold: (evidence: Evidence) => string;
};

const MEASURES: Readonly<Record<string, readonly MeasureRow[]>> = {
  'transponder-gap': [
    {
      what: 'Silence, without the outages of the feed',
      keys: ['silenceOutsideOutagesH', 'thresholdH'],
      observed: (evidence) => `${text(evidence, 'silenceOutsideOutagesH')} h`,
      threshold: (evidence) => `more than ${text(evidence, 'thresholdH')} h`,
    },
    {
      what: 'Other ships of its class heard meanwhile (for “silent”)',
      keys: ['witnesses', 'witnessesAtLeast'],
      observed: (evidence) => text(evidence, 'witnesses'),
      threshold: (evidence) => `at least ${text(evidence, 'witnessesAtLeast')}`,
    },
    {
      what: 'Hours in which one of them was heard (for “silent”)',
      keys: ['hoursWithWitness', 'hoursOutsideOutages', 'hoursHeardShare'],
      observed: (evidence) =>
        `${text(evidence, 'hoursWithWitness')} of ${text(evidence, 'hoursOutsideOutages')}`,
      threshold: (evidence) => `at least ${Math.round(Number(evidence['hoursHeardShare']) * 100)} %`,
    },
  ],
  hovering: [
    {
      what: 'Time spent slow',
      keys: ['lengthH', 'leastH'],
      observed: (evidence) => `${text(evidence, 'lengthH')} h`,
      threshold: (evidence) => `at least ${text(evidence, 'leastH')} h`,
    },
    {
      what: 'Mean speed',
      keys: ['meanSogKn', 'slowKn'],
      observed: (evidence) => `${text(evidence, 'meanSogKn')} kn`,
      threshold: (evidence) => `less than ${text(evidence, 'slowKn')} kn in each hour`,
    },
    {
      what: 'Distance to the port',
      keys: ['portKm', 'portLimitKm'],
      observed: (evidence) => `${text(evidence, 'portKm')} km`,
      threshold: (evidence) => `up to ${text(evidence, 'portLimitKm')} km, or as near to its anchorages`,
    },
    {
      what: 'Time outside the usual anchorages (sets it apart)',
      keys: ['outsideAnchoragesH', 'outsideKm', 'leastH'],
      observed: (evidence) => `${text(evidence, 'outsideAnchoragesH')} h`,
      threshold: (evidence) =>
        `at least ${text(evidence, 'leastH')} h farther than ${text(evidence, 'outsideKm')} km from every anchorage point`,
    },
  ],
  'designated-vessel': [
    {
      what: 'How sure the match is',
      keys: ['level', 'matchedBy'],
      observed: (evidence) => `${text(evidence, 'level')}, by ${text(evidence, 'matchedBy')}`,
      threshold: () => 'confirmed: an IMO number with a valid check digit',
    },
  ],
};

/** Returns the thresholds of an event's rule beside the observed values, as far as its evidence tells them. */
export function measuresOf(type: string, evidence: Evidence): readonly Measure[] {
  const rows = Object.hasOwn(MEASURES, type) ? MEASURES[type] : [];
  return rows
    .filter(({ keys }) => keys.every((key) => isTold(evidence[key])))
    .map(({ what, keys, observed, threshold }) => ({
      what,
      keys,
      observed: observed(evidence),
      threshold: threshold(evidence),
    }));
}

function isTold(value: Json | undefined): boolean {
  return typeof value === 'number' || typeof value === 'string';
}

function text(evidence: Evidence, key: string): string {
  const value = evidence[key];
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}
