import type { Json } from '@offing/rules';

/** The evidence of an event. */
export type Evidence = { readonly [key: string]: Json | undefined };

/** A measure that needs these fields of the evidence, by their paths; it is left out where one of them is missing. */
export type MeasureRow = {
  readonly what: string;
  readonly paths: readonly string[];
  readonly observed: (evidence: Evidence) => string;
  readonly threshold: (evidence: Evidence) => string;
};

/** Returns the value at a path such as `queue.limitD` or `calls.0.from`, as text; '' for what is neither text nor number. */
export function text(evidence: Evidence, path: string): string {
  const value = path
    .split('.')
    .reduce<Json | undefined>((part, key) => memberOf(part, key), evidence as Json);
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  const isParted = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isParted ? (value as { readonly [key: string]: Json })[key] : undefined;
}

type Compared = (what: string, observed: string, limit: string, unit: string) => MeasureRow;

function comparing(words: string): Compared {
  return (what, observed, limit, unit) => ({
    what,
    paths: [observed, limit],
    observed: (evidence) => withUnit(text(evidence, observed), unit),
    threshold: (evidence) => `${words} ${withUnit(text(evidence, limit), unit)}`,
  });
}

const atLeast = comparing('at least');
const upTo = comparing('up to');
const moreThan = comparing('more than');
const lessThan = comparing('less than');

/** A share is shown in percent. */
function withUnit(value: string, unit: string): string {
  if (unit === '%') return `${Math.round(Number(value) * 100)} %`;
  return unit === '' ? value : `${value} ${unit}`;
}

const SILENCE: readonly MeasureRow[] = [
  moreThan('Silence, without the outages of the feed', 'silenceOutsideOutagesH', 'thresholdH', 'h'),
  atLeast('Other ships of its class heard meanwhile (for “silent”)', 'witnesses', 'witnessesAtLeast', ''),
  {
    what: 'Hours in which one of them was heard (for “silent”)',
    paths: ['hoursWithWitness', 'hoursOutsideOutages', 'hoursHeardShare'],
    observed: (evidence) =>
      `${text(evidence, 'hoursWithWitness')} of ${text(evidence, 'hoursOutsideOutages')}`,
    threshold: (evidence) => `at least ${withUnit(text(evidence, 'hoursHeardShare'), '%')}`,
  },
  atLeast('Heard before without a long pause (for “silent”)', 'heardForH', 'heardForAtLeastH', 'h'),
];

/** The measures of each rule, by its id. */
export const MEASURES: Readonly<Record<string, readonly MeasureRow[]>> = {
  'transponder-gap': SILENCE,
  'dark-near-port': [
    ...SILENCE,
    {
      what: 'Distance to the port, or to one of its anchorages',
      paths: ['portKm', 'portAtMostKm', 'anchorageKm', 'anchorageAtMostKm'],
      observed: (evidence) => `${text(evidence, 'portKm')} km, or ${text(evidence, 'anchorageKm')} km`,
      threshold: (evidence) =>
        `up to ${text(evidence, 'portAtMostKm')} km, or ${text(evidence, 'anchorageAtMostKm')} km`,
    },
    moreThan('How far it had come from', 'approach.farKm', 'approach.farAtLeastKm', 'km'),
    upTo('How long before', 'approach.hoursBefore', 'approach.hoursBeforeAtMost', 'h'),
    {
      what: 'Ports at which it can have been alongside for long enough',
      paths: ['callsPossible', 'callAtLeastH'],
      observed: (evidence) => text(evidence, 'callsPossible'),
      threshold: (evidence) => `at least ${text(evidence, 'callAtLeastH')} h there`,
    },
  ],
  'feed-outage': [
    atLeast('Ships that fell silent together', 'hullsFellSilent', 'hullsAtLeast', ''),
    atLeast('Share of those heard in the hour before', 'shareFellSilent', 'shareAtLeast', '%'),
  ],
  hovering: [
    atLeast('Time spent slow', 'lengthH', 'leastH', 'h'),
    {
      what: 'Mean speed',
      paths: ['meanSogKn', 'slowKn'],
      observed: (evidence) => `${text(evidence, 'meanSogKn')} kn`,
      threshold: (evidence) => `less than ${text(evidence, 'slowKn')} kn in each hour`,
    },
    {
      what: 'Distance to the port',
      paths: ['portKm', 'portLimitKm'],
      observed: (evidence) => `${text(evidence, 'portKm')} km`,
      threshold: (evidence) => `up to ${text(evidence, 'portLimitKm')} km, or as near to its anchorages`,
    },
    {
      what: 'Time outside the usual anchorages (sets it apart)',
      paths: ['outsideAnchoragesH', 'outsideKm', 'leastH'],
      observed: (evidence) => `${text(evidence, 'outsideAnchoragesH')} h`,
      threshold: (evidence) =>
        `at least ${text(evidence, 'leastH')} h farther than ${text(evidence, 'outsideKm')} km from every anchorage point`,
    },
    {
      what: 'Time beside the queue of the port (sets it apart)',
      paths: ['lengthH', 'queue.limitD', 'queue.basis'],
      observed: (evidence) => `${Math.round(Number(text(evidence, 'lengthH')) / 2.4) / 10} days`,
      threshold: (evidence) =>
        `more than ${text(evidence, 'queue.limitD')} days (${text(evidence, 'queue.basis')})`,
    },
  ],
  loitering: [
    atLeast('Time spent slow', 'lengthH', 'leastH', 'h'),
    lessThan('Mean speed', 'meanSogKn', 'slowKn', 'kn'),
    atLeast('Distance to the shore', 'shoreNm', 'shoreLimitNm', 'nautical miles'),
  ],
  encounter: [
    atLeast('Time side by side', 'lengthH', 'leastH', 'h'),
    upTo('Nearest to each other', 'closestM', 'withinM', 'm'),
    {
      what: 'Distance to the nearest anchorage point',
      paths: ['anchorageKm', 'anchorageLimitKm'],
      observed: (evidence) => `${text(evidence, 'anchorageKm')} km`,
      threshold: (evidence) =>
        `at least ${text(evidence, 'anchorageLimitKm')} km, or a link of one side to the DPRK`,
    },
  ],
  'port-visit': [
    {
      what: 'Speed at the berth',
      paths: ['stopSogKn', 'stopKn'],
      observed: (evidence) => `${text(evidence, 'stopSogKn')} kn`,
      threshold: (evidence) => `less than ${text(evidence, 'stopKn')} kn`,
    },
    upTo('Distance to a berth', 'berthKm', 'enterKm', 'km'),
    {
      what: 'Grade',
      paths: ['grade'],
      observed: (evidence) => text(evidence, 'grade'),
      threshold: () => '1 to 4: how much of entry, stop and exit was seen',
    },
  ],
  'round-trip-without-call': [
    atLeast('Time spent slow off another coast', 'slowH', 'leastH', 'h'),
    {
      what: 'Port visits observed meanwhile',
      paths: ['observedCalls'],
      observed: (evidence) => text(evidence, 'observedCalls'),
      threshold: () => 'none',
    },
    lessThan('Longest silence on the way', 'longestSilenceH', 'callH', 'h'),
  ],
  'irregular-grouping': [
    atLeast('Ships linked to the DPRK that lie together', 'ships', 'limit', ''),
    lessThan('Chance of so many by the history of the port', 'chance', 'chanceLimit', ''),
    upTo('Farthest from each other', 'widestKm', 'withinKm', 'km'),
    upTo('Distance to the port', 'portKm', 'portLimitKm', 'km'),
  ],
  'embargo-breach': [
    {
      what: 'When it came in',
      paths: ['entry', 'announcements.0.from'],
      observed: (evidence) => text(evidence, 'entry'),
      threshold: (evidence) => `from ${text(evidence, 'announcements.0.from')} on, as announced`,
    },
    {
      what: 'Grade of the visit',
      paths: ['grade'],
      observed: (evidence) => text(evidence, 'grade'),
      threshold: () => '1 to 4: how much of entry, stop and exit was seen',
    },
  ],
  'recent-dprk-call': [
    {
      what: 'Time since the call',
      paths: ['daysSinceCall', 'announcement.window'],
      observed: (evidence) => `${text(evidence, 'daysSinceCall')} days`,
      threshold: (evidence) => `up to ${text(evidence, 'announcement.window')}`,
    },
  ],
  'identity-change': [
    {
      what: 'What changed',
      paths: ['kind', 'holdH'],
      observed: (evidence) => text(evidence, 'kind'),
      threshold: (evidence) => `kept for at least ${text(evidence, 'holdH')} h`,
    },
    {
      what: 'Pause between the two MMSIs',
      paths: ['gapH', 'linkD'],
      observed: (evidence) => `${text(evidence, 'gapH')} h`,
      threshold: (evidence) => `up to ${text(evidence, 'linkD')} days`,
    },
  ],
  'shared-mmsi': [
    {
      what: 'Hulls heard in turn',
      paths: ['hullsHeard', 'awayH'],
      observed: (evidence) => `${text(evidence, 'hullsHeard')}, up to ${text(evidence, 'apartKm')} km apart`,
      threshold: (evidence) => `at least 2, each heard again within ${text(evidence, 'awayH')} h`,
    },
  ],
  'impossible-jump': [
    moreThan('Speed that the jump implies', 'impliedKn', 'impliedAboveKn', 'kn'),
    {
      what: 'Positions before the jump',
      paths: ['from.positions'],
      observed: (evidence) => text(evidence, 'from.positions'),
      threshold: () => 'several on either side',
    },
  ],
  'draught-change': [
    atLeast('Change of draught', 'changeM', 'leastM', 'm'),
    atLeast('Share of the greater draught', 'changeShare', 'leastShare', '%'),
  ],
  'first-seen-near-coast': [
    upTo(
      'Distance to a watched port or its anchorages',
      'portOrAnchorageKm',
      'portOrAnchorageAtMostKm',
      'km',
    ),
    atLeast('Ships heard farther out before', 'witnesses', 'witnessesAtLeast', ''),
    atLeast('Hours before in which one of them was heard', 'hoursWithWitness', 'hoursHeardAtLeast', ''),
  ],
  'designated-vessel': [
    {
      what: 'How sure the match is',
      paths: ['level', 'matchedBy'],
      observed: (evidence) => `${text(evidence, 'level')}, by ${text(evidence, 'matchedBy')}`,
      threshold: () => 'confirmed: an IMO number with a valid check digit',
    },
  ],
  'zone-entry': [
    {
      what: 'Zone',
      paths: ['zoneName', 'hysteresisKm'],
      observed: (evidence) => text(evidence, 'zoneName'),
      threshold: (evidence) => `left when ${text(evidence, 'hysteresisKm')} km outside`,
    },
  ],
};
