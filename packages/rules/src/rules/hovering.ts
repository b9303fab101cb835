import { DAY_MS, HOUR_MS } from '@offing/units';
import { distanceM } from '@offing/geo';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, Json } from '../event.ts';
import { eventVessel, fixEvidence, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { mooredAt } from '../place/moored.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, HourSummary, Signal, VesselView } from '../signal.ts';

const ID = 'hovering';
const VERSION = 1;
/** A ship has stopped below this speed, kn (GFW anchorages_pipeline). */
const STOPPED_KN = 0.2;
/** Mean speed of an hour spent at a berth, kn (ours). */
const BERTHED_MEAN_KN = 0.5;
const ENGAGED_IN_FISHING = 7;
/** Ship types whose work is to be slow off a port (ITU-R M.1371-5 table 53): fishing to pleasure craft, pilots to police, medical. */
const WORKING_TYPES: ReadonlySet<number> = new Set([
  30, 31, 32, 33, 34, 35, 36, 37, 50, 51, 52, 53, 54, 55, 58,
]);

const schema = Type.Object({
  slowKn: numberParam(2, 0.1, 10, 'Hourly mean speed below this is slow; kn [GFW loitering].'),
  leastH: numberParam(24, 1, 720, 'Consecutive slow hours must last this long; hours [detections.md].'),
  portKm: numberParam(
    50,
    1,
    200,
    'Within this distance of a watched port or of one of its anchorage points; km [detections.md].',
  ),
  outsideKm: numberParam(
    10,
    0,
    100,
    'Farther than this from every anchorage point is outside the usual anchorages; km [detections.md].',
  ),
  queueD: numberParam(
    14,
    1,
    365,
    'Longer than this is no queue while the port has no history of its own; days [detections.md].',
  ),
  silenceH: numberParam(6, 0.5, 24, 'A silence longer than this ends the stay; hours [the gap threshold].'),
  callSilenceH: numberParam(
    4,
    0.5,
    24,
    'A silence longer than this may hide a port call; hours [GFW anchorages_pipeline].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type HoverParams = Static<typeof schema>;

type Stay = {
  readonly first: Fix;
  readonly last: Fix;
  /** Hours with positions. */
  readonly hours: number;
  /** Sum of the hourly mean speeds, kn. */
  readonly sogSum: number;
  /** Mean place of the hours, as sums of differences to the first position, degrees. */
  readonly lonSum: number;
  readonly latSum: number;
  readonly longestSilenceMs: number;
  /** Why it was told, in a fixed order; empty while it was not. */
  readonly told: readonly Reason[];
  readonly nextTellH: number;
};

/** What the rule remembers of a ship off a watched port. */
export type HoverState = {
  readonly stay: Stay | null;
  /** Long stays that look like queueing as long as the ship may still berth. */
  readonly waited: readonly Stay[];
};

/** Why a long slow stay is more than waiting for a berth. */
type Reason = 'nexus' | 'outside-anchorages' | 'longer-than-queue' | 'left-without-visit';

/** Returns the rule that tells a wait off a port from its queue; a RangeError lists faulty parameters. */
export function hovering(given: Readonly<Record<string, unknown>> = {}): Rule<HoverState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['hour', 'silent'],
    react: (state, signal, vessel, around) => react({ params, vessel, around }, state, signal),
  };
}

type Scene = { readonly params: HoverParams; readonly vessel: VesselView; readonly around: Surroundings };

function react(scene: Scene, state: HoverState | undefined, signal: Signal): Reaction<HoverState> {
  if (signal.kind === 'silent') {
    const closed = state?.stay ? closeTold(scene, state.stay, signal.at, 'silence') : [];
    return { state: undefined, events: closed };
  }
  if (signal.kind !== 'hour') return { state };
  return afterHour(scene, state ?? { stay: null, waited: [] }, signal.hour, signal.at);
}

function afterHour(scene: Scene, state: HoverState, hour: HourSummary, at: number): Reaction<HoverState> {
  if (isWorking(scene, hour)) return { state: undefined, events: takeBack(scene, state.stay, at) };
  if (isBerthed(scene, hour)) {
    return { state: undefined, events: state.stay ? closeTold(scene, state.stay, at, 'berth') : [] };
  }
  if (scene.around.gazetteer.watchedApproach(hour.lon, hour.lat, scene.params.portKm) === null) {
    return { state: undefined, events: leave(scene, state, at) };
  }
  if (hour.meanSogKn >= scene.params.slowKn) return endStay(scene, state, at, 'under way');
  const goesOn = state.stay !== null && follows(scene.params, state.stay, hour);
  if (!goesOn && state.stay !== null) {
    const ended = endStay(scene, state, at, 'moved');
    const next = { stay: beginStay(scene.params, hour), waited: ended.state?.waited ?? [] };
    return { state: next, ...(ended.events ? { events: ended.events } : {}) };
  }
  const stay = state.stay === null ? beginStay(scene.params, hour) : extendStay(state.stay, hour);
  return tell(scene, { ...state, stay }, stay, at);
}

/** Tells the stay when it is long enough and something sets it apart from queueing. */
function tell(scene: Scene, state: HoverState, stay: Stay, at: number): Reaction<HoverState> {
  const lengthH = lengthOf(stay) / HOUR_MS;
  if (lengthH < scene.params.leastH) return { state };
  const reasons = reasonsFor(scene, stay, at);
  const added = reasons.filter((reason) => !stay.told.includes(reason));
  const grown = stay.told.length > 0 && lengthH >= stay.nextTellH;
  if (added.length === 0 && !grown) return { state };
  const told = [...stay.told, ...added];
  const next = { ...stay, told, nextTellH: grown ? stay.nextTellH * 2 : stay.nextTellH };
  const change = stay.told.length === 0 ? 'opened' : 'revised';
  const event = draft(scene, next, change, at, null, null);
  return { state: { ...state, stay: next }, events: [event] };
}

function reasonsFor(scene: Scene, stay: Stay, at: number): Reason[] {
  const { lon, lat } = placeOf(stay);
  const { gazetteer, register } = scene.around;
  const reasons: Reason[] = [];
  if (nexusOf(scene.vessel, at, register).length > 0) reasons.push('nexus');
  if (gazetteer.nearestAnchorage(lon, lat, { maxKm: scene.params.outsideKm }) === null)
    reasons.push('outside-anchorages');
  if (lengthOf(stay) > scene.params.queueD * DAY_MS) reasons.push('longer-than-queue');
  return reasons;
}

function endStay(scene: Scene, state: HoverState, at: number, how: string): Reaction<HoverState> {
  const { stay } = state;
  if (stay === null) return { state: state.waited.length > 0 ? state : undefined };
  const events = closeTold(scene, stay, at, how);
  const waits = events.length === 0 && lengthOf(stay) >= scene.params.leastH * HOUR_MS;
  const waited = waits ? [...state.waited, stay] : state.waited;
  return { state: waited.length > 0 ? { stay: null, waited } : undefined, events };
}

/** The ship left the port's waters: what looked like queueing was not, unless a silence may hide a call. */
function leave(scene: Scene, state: HoverState, at: number): EventDraft[] {
  const closed = state.stay ? closeTold(scene, state.stay, at, 'left') : [];
  const last =
    state.stay && closed.length === 0 && lengthOf(state.stay) >= scene.params.leastH * HOUR_MS
      ? [state.stay]
      : [];
  const waits = [...state.waited, ...last];
  const mayHideCall = waits.some((stay) => stay.longestSilenceMs > scene.params.callSilenceH * HOUR_MS);
  if (mayHideCall) return closed;
  const told = waits.flatMap((stay) => {
    const left: Stay = { ...stay, told: ['left-without-visit'] };
    return [draft(scene, left, 'opened', at, null, null), draft(scene, left, 'closed', at, 'left', null)];
  });
  return [...told, ...closed];
}

function closeTold(scene: Scene, stay: Stay, at: number, how: string): EventDraft[] {
  return stay.told.length > 0 ? [draft(scene, stay, 'closed', at, how, null)] : [];
}

function takeBack(scene: Scene, stay: Stay | null, at: number): EventDraft[] {
  if (stay === null || stay.told.length === 0) return [];
  return [
    draft(
      scene,
      stay,
      'retracted',
      at,
      'working craft',
      'its ship type or status is that of a craft at work off the port',
    ),
  ];
}

function isWorking(scene: Scene, hour: HourSummary): boolean {
  const { shipType } = scene.vessel.identity;
  return hour.last.navStatus === ENGAGED_IN_FISHING || (shipType !== null && WORKING_TYPES.has(shipType));
}

function isBerthed(scene: Scene, hour: HourSummary): boolean {
  if (hour.minSogKn >= STOPPED_KN || hour.meanSogKn >= BERTHED_MEAN_KN) return false;
  const lying = { ...hour.last, lon: hour.lon, lat: hour.lat, sogKn: hour.meanSogKn };
  return mooredAt(lying, scene.vessel.aisClass, scene.around.gazetteer) !== null;
}

/** Whether an hour goes on with the stay: no long silence between, and no faster way between than slow. */
function follows(params: HoverParams, stay: Stay, hour: HourSummary): boolean {
  const silenceMs = hour.first.at - stay.last.at;
  if (silenceMs > params.silenceH * HOUR_MS) return false;
  if (silenceMs <= HOUR_MS) return true;
  const metres = distanceM(stay.last.lon, stay.last.lat, hour.first.lon, hour.first.lat);
  return metres / 1852 / (silenceMs / HOUR_MS) < params.slowKn;
}

function beginStay(params: HoverParams, hour: HourSummary): Stay {
  return {
    first: hour.first,
    last: hour.last,
    hours: 1,
    sogSum: hour.meanSogKn,
    lonSum: eastOf(hour.first.lon, hour.lon),
    latSum: hour.lat - hour.first.lat,
    longestSilenceMs: 0,
    told: [],
    nextTellH: params.leastH * 2,
  };
}

function extendStay(stay: Stay, hour: HourSummary): Stay {
  return {
    ...stay,
    last: hour.last,
    hours: stay.hours + 1,
    sogSum: stay.sogSum + hour.meanSogKn,
    lonSum: stay.lonSum + eastOf(stay.first.lon, hour.lon),
    latSum: stay.latSum + (hour.lat - stay.first.lat),
    longestSilenceMs: Math.max(stay.longestSilenceMs, hour.first.at - stay.last.at),
  };
}

function lengthOf(stay: Stay): number {
  return stay.last.at - stay.first.at;
}

/** Mean place of the stay; longitudes are averaged as differences, so that 180 degrees is no border. */
function placeOf(stay: Stay): { readonly lon: number; readonly lat: number } {
  const lon = stay.first.lon + stay.lonSum / stay.hours;
  return {
    lon: lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon,
    lat: stay.first.lat + stay.latSum / stay.hours,
  };
}

/** Degrees east from one longitude to another, the short way. */
function eastOf(from: number, to: number): number {
  return ((((to - from + 180) % 360) + 360) % 360) - 180;
}

function draft(
  scene: Scene,
  stay: Stay,
  change: EventChange,
  at: number,
  endedBy: string | null,
  reason: string | null,
): EventDraft {
  const { params, vessel, around } = scene;
  const { lon, lat } = placeOf(stay);
  const near = around.gazetteer.watchedApproach(lon, lat, params.portKm + 5);
  const nexus = nexusOf(vessel, at, around.register);
  const observedShare = Math.min(1, stay.hours / Math.max(1, lengthOf(stay) / HOUR_MS));
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: stay.first.at,
    openedAt: stay.first.at,
    closedAt: endedBy === null ? null : stay.last.at,
    lon: rounded(lon, 5),
    lat: rounded(lat, 5),
    port: near && { id: near.port.id, name: near.port.name, country: near.port.country },
    verdict: null,
    confidence: rounded(Math.min(0.95, 0.5 + 0.3 * observedShare + 0.05 * stay.told.length), 2),
    nexus: nexus.length > 0,
    evidence: {
      first: fixEvidence(stay.first),
      last: fixEvidence(stay.last),
      lengthH: rounded(lengthOf(stay) / HOUR_MS, 2),
      leastH: params.leastH,
      hoursWithPositions: stay.hours,
      meanSogKn: rounded(stay.sogSum / stay.hours, 2),
      slowKn: params.slowKn,
      longestSilenceH: rounded(stay.longestSilenceMs / HOUR_MS, 2),
      reasons: [...stay.told],
      nexus: nexus as Json,
      endedBy,
      ...placeFigures(scene, lon, lat),
      queue: { limitD: params.queueD, basis: 'fixed: this port has no history of its own yet' },
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason,
    knownSince: at,
  };
}

function placeFigures(scene: Scene, lon: number, lat: number): { readonly [key: string]: Json } {
  const { gazetteer } = scene.around;
  const near = gazetteer.watchedApproach(lon, lat, scene.params.portKm + 5);
  const anchorage = gazetteer.nearestAnchorage(lon, lat, { maxKm: 100 });
  return {
    portKm: near && rounded(near.kmToPort, 1),
    portLimitKm: scene.params.portKm,
    anchorageKm: anchorage && rounded(anchorage.km, 1),
    outsideKm: scene.params.outsideKm,
  };
}

const docs = {
  title: 'Hovering',
  summary:
    'A ship lay slow for a day or more off a watched port without a port visit, and something sets it apart from the queue.',
  life: [
    'Opens when consecutive slow hours have lasted 24 hours and one of these holds: a dated link to the DPRK; farther than 10 km from every anchorage point; longer than the queue limit; or, when the ship leaves the waters of the port, that it left without a visit.',
    'Is revised when another reason comes up or its length doubles.',
    'Closes when the ship gets under way, berths, leaves, or falls silent.',
    'Is retracted when the ship turns out to be a craft at work.',
  ],
  silentFor: [
    'the ordinary queue: ships that wait at the anchorages and then berth',
    'berthed ships',
    'pilots, tugs, dredgers, fishing boats, patrol and pleasure craft, and whoever reports to be fishing',
    'a stay with a silence long enough for an unseen call, when its only mark would be leaving without one',
  ],
  limits: [
    'Without a history of the port the queue limit is a fixed 14 days.',
    'Berths come from public anchorage points and a coastline: a new quay looks like roads.',
    'A craft at work that sends no ship type is not told from a trader.',
  ],
  innocent: [
    'waiting for a berth, cargo, orders, tide or a pilot',
    'sheltering from weather',
    'engine trouble or a crew change',
    'a port closed to all ships',
  ],
  sources: [
    'GlobalFishingWatch loitering: hourly mean below 2 kn over consecutive hours',
    'GlobalFishingWatch/anchorages_pipeline: stopped below 0.2 kn, port within 3 km',
    'Queue limit and distances: our own choice',
  ],
} as const;
