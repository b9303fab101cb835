import { DAY_MS, HOUR_MS, isoOf } from '@offing/units';
import { distanceM, lonDeltaDeg, wrapLonDeg } from '@offing/geo';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, EventVessel, Json } from '../event.ts';
import { eventVessel, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { chanceOfAtLeast, smallestRareCount, type CountHistory } from '../place/rare-count.ts';
import {
  ROLL_CALL_MS,
  type RollCall,
  type RollCallHistory,
  type RollCallMember,
} from '../place/roll-call.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';

const ID = 'irregular-grouping';
const VERSION = 1;
/** More members than this are counted, not listed. */
const MOST_LISTED = 60;
/** One ship on one day beside what was observed, so that an empty history does not make every ship a wonder (ours). */
const PRIOR_SHIPS = 1;
const PRIOR_SAMPLES = DAY_MS / ROLL_CALL_MS;

const schema = Type.Object({
  least: numberParam(4, 2, 100, 'So many ships at least [ours].'),
  withinKm: numberParam(15, 1, 50, 'No two lie farther apart than this; km [ours].'),
  chance: numberParam(
    0.01,
    0.000001,
    0.2,
    'So many or more come up with less than this probability by the history of the port [ours].',
  ),
  historyD: numberParam(90, 14, 366, 'How far back that history goes; days [ours].'),
  youngD: numberParam(14, 2, 90, 'With less history than this nothing is judged; days [ours].'),
  portKm: numberParam(
    50,
    1,
    60,
    'Within this distance of a watched port or of one of its anchorage points; km [detections.md, `hovering`].',
  ),
  slowKn: numberParam(2, 0.1, 10, 'A ship that lies is slower than this; kn [GFW loitering].'),
  heardH: numberParam(6, 1, 48, 'A ship last heard longer ago is not counted; hours [the gap threshold].'),
  endH: numberParam(24, 6, 240, 'Fewer ships for this long end the grouping; hours [ours].'),
});

/** Parameters of the rule; units are in the names. */
export type GroupingParams = Static<typeof schema>;

/** What the rule remembers of a port with a grouping: what it was judged by when it began, and how it stood last. */
export type GroupingState = {
  readonly firstToldAt: number;
  readonly openedAt: number;
  readonly history: RollCallHistory;
  /** Number of ships that the history does not explain. */
  readonly limit: number;
  /** Most ships so far, and the members of the roll call at which the grouping was last found. */
  readonly most: number;
  readonly members: readonly Member[];
  readonly lastFoundAt: number;
};

/** A member as it stands in evidence, and in the event. */
type Member = {
  readonly vessel: EventVessel;
  readonly feeds: readonly string[];
  readonly synthetic: boolean;
  readonly since: number;
  readonly lon: number;
  readonly lat: number;
  readonly lastHeardAt: number;
  readonly nexus: readonly string[];
};

/** Returns the rule on ships with nexus that gather off a port; a RangeError lists faulty parameters. */
export function irregularGrouping(given: Readonly<Record<string, unknown>> = {}): Rule<GroupingState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: [],
    react: (state) => ({ state }),
    reactAtPort: (state, call, around) => reactAtPort(params, state, call, around),
  };
}

function reactAtPort(
  params: GroupingParams,
  state: GroupingState | undefined,
  call: RollCall,
  around: Surroundings,
): Reaction<GroupingState> {
  if (state === undefined) return open(params, call, around);
  const members = membersOf(call, around);
  if (members.length >= state.limit) {
    const next = { ...state, members, most: Math.max(state.most, members.length), lastFoundAt: call.at };
    const isChanged = idsOf(members) !== idsOf(state.members);
    return { state: next, events: isChanged ? [draft(params, next, call, 'revised')] : [] };
  }
  if (call.at - state.lastFoundAt < params.endH * HOUR_MS) return { state };
  return { state: undefined, events: [draft(params, state, call, 'closed')] };
}

function open(params: GroupingParams, call: RollCall, around: Surroundings): Reaction<GroupingState> {
  const { history } = call;
  const n = call.members.length;
  const isYoung = history.samples * ROLL_CALL_MS < params.youngD * DAY_MS;
  if (n < params.least || isYoung) return { state: undefined };
  const limit = smallestRareCount(withPrior(history), params.chance, params.least, n);
  if (limit === null) return { state: undefined };
  const members = membersOf(call, around);
  // It began when the ship came with which there were more than the history explains.
  const cameAt = members.map((member) => member.since).sort((a, b) => a - b)[limit - 1];
  const state = {
    firstToldAt: cameAt,
    openedAt: cameAt,
    history,
    limit,
    most: n,
    members,
    lastFoundAt: call.at,
  };
  return { state, events: [draft(params, state, call, 'opened')] };
}

/** The history with one ship on one day more. */
function withPrior({ samples, mean, variance }: RollCallHistory): CountHistory {
  const prior = (mean * samples + PRIOR_SHIPS * PRIOR_SAMPLES) / (samples + PRIOR_SAMPLES);
  return { mean: prior, variance: Math.max(prior, variance) };
}

function membersOf({ members, at }: RollCall, { register }: Surroundings): Member[] {
  return members.map(({ vessel, since, lon, lat, lastHeardAt }: RollCallMember) => ({
    vessel: eventVessel(vessel),
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    since,
    lon,
    lat,
    lastHeardAt,
    nexus: nexusOf(vessel, at, register).map((reason) => String(reason['how'])),
  }));
}

function idsOf(members: readonly Member[]): string {
  return members.map((member) => member.vessel.vesselId).join();
}

function draft(
  params: GroupingParams,
  state: GroupingState,
  call: RollCall,
  change: EventChange,
): EventDraft {
  const { port, at } = call;
  const { members, history, limit } = state;
  const { lon, lat } = middleOf(members);
  return {
    type: ID,
    change,
    vessels: members.map((member) => member.vessel),
    idParts: [port.id],
    discriminator: '',
    firstToldAt: state.firstToldAt,
    openedAt: state.openedAt,
    closedAt: change === 'closed' ? state.lastFoundAt : null,
    lon: rounded(lon, 5),
    lat: rounded(lat, 5),
    port: { id: port.id, name: port.name, country: port.country },
    verdict: null,
    confidence: confidenceOf(params, history),
    nexus: true,
    evidence: {
      ships: members.length,
      most: state.most,
      least: params.least,
      limit,
      chance: roundedChance(chanceOfAtLeast(members.length, withPrior(history))),
      chanceLimit: params.chance,
      widestKm: rounded(widestM(members) / 1000, 1),
      withinKm: params.withinKm,
      portKm: rounded(distanceM(lon, lat, port.lon, port.lat) / 1000, 1),
      portLimitKm: params.portKm,
      history: historyEvidence(params, history),
      members: members.slice(0, MOST_LISTED).map(memberEvidence),
      lastFoundAt: isoOf(state.lastFoundAt),
    },
    feeds: [...new Set(members.flatMap((member) => member.feeds))].sort(),
    synthetic: members.some((member) => member.synthetic),
    ruleVersion: VERSION,
    ruleParams: params,
    reason: null,
    knownSince: at,
  };
}

function historyEvidence({ historyD }: GroupingParams, history: RollCallHistory): Json {
  const { samples, mean, variance, most } = history;
  return {
    days: rounded((samples * ROLL_CALL_MS) / DAY_MS, 1),
    limitD: historyD,
    meanShips: rounded(mean, 2),
    variance: rounded(variance, 2),
    mostShips: most,
    countedEachH: ROLL_CALL_MS / HOUR_MS,
    distribution: variance > mean ? 'negative binomial' : 'Poisson',
    priorShipDays: PRIOR_SHIPS,
  };
}

function memberEvidence({ vessel, since, lon, lat, lastHeardAt, nexus }: Member): Json {
  return {
    mmsi: vessel.mmsi,
    imoNumber: vessel.imoNumber,
    shipName: vessel.shipName,
    since: isoOf(since),
    lon,
    lat,
    lastHeardAt: isoOf(lastHeardAt),
    nexus,
  };
}

/** More history makes it surer; a whole one makes it 0.9. */
function confidenceOf({ historyD }: GroupingParams, { samples }: RollCallHistory): number {
  const share = Math.min(1, (samples * ROLL_CALL_MS) / (historyD * DAY_MS));
  return rounded(0.5 + 0.4 * share, 2);
}

/** Two significant digits: a probability far below the limit is not known better. */
function roundedChance(chance: number): number {
  return Number(Math.max(1e-12, chance).toPrecision(2));
}

function widestM(members: readonly Member[]): number {
  let widest = 0;
  for (const [i, a] of members.entries())
    for (const b of members.slice(i + 1)) widest = Math.max(widest, distanceM(a.lon, a.lat, b.lon, b.lat));
  return widest;
}

function middleOf(members: readonly Member[]): { readonly lon: number; readonly lat: number } {
  const [first] = members;
  const east = members.reduce((sum, member) => sum + lonDeltaDeg(first.lon, member.lon), 0) / members.length;
  const lat = members.reduce((sum, member) => sum + member.lat, 0) / members.length;
  return { lon: wrapLonDeg(first.lon + east), lat };
}

const docs = {
  title: 'Irregular grouping',
  summary:
    'More ships with a dated link to the DPRK lie together off a watched port than the port\u2019s own history explains.',
  life: [
    'Each six hours of event time, the ships with nexus that lie slow off a watched port, not at a berth, are counted in groups of which no two lie farther apart than 15 km; the largest group counts.',
    'Opens when four or more lie there and so many or more would come up with a probability below 1 % by the counts of the port\u2019s 90 days before, the last day left out. It is dated to the arrival of the ship with which there were too many.',
    'Is revised when its members change.',
    'Closes when for 24 hours fewer lie there than that; what it is judged by stays what it was when it opened.',
  ],
  silentFor: [
    'a port that always has that many, or often has',
    'ships at berths, and ships that pass through',
    'a port with less than 14 days of history: too young to be judged',
    'ships without a dated link to the DPRK',
  ],
  limits: [
    'The history is what was heard: where reception was poor, the port seems emptier than it was, and a first good day looks irregular.',
    'Counts six hours apart are not independent; the variance that they show is used, their order is not.',
    'The history has one ship on one day added, so that an empty port needs four ships as well.',
    'A group that gathers over weeks becomes its own history.',
    'A group between two ports counts at the one off which its middle lies; only the largest group off a port counts.',
    'A ship that was there at the six-hourly count before is taken to have stayed.',
  ],
  innocent: [
    'a queue for cargo, berths or inspection, or for the port to open',
    'shelter from a storm',
    'a holiday or a change of rules ashore that holds ships up',
    'better reception than before',
  ],
  sources: [
    'Four ships, 15 km, 1 %, 90 days: our own choice, as in detections.md',
    'Poisson distribution; negative binomial of the same mean and variance where the counts vary more',
  ],
} as const;
