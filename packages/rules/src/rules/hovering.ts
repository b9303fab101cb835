import type { Port } from '@offing/gazetteer';
import { DAY_MS, HOUR_MS } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, Json } from '../event.ts';
import { eventVessel, rounded, slowFixEvidence } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { barredBy } from '../place/barred.ts';
import { queueEvidence, type QueueLimit } from '../place/queues.ts';
import { beginStay, extendStay, followsStay, legKn, lengthOf, placeOf, type Stay } from '../place/stay.ts';
import { isWatched, watersOf, type Waters } from '../place/waters.ts';
import { isAtWork, mayBeTrader } from '../place/working.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { HourSummary, Signal, SlowFix, VesselView } from '../signal.ts';

const ID = 'hovering';
const VERSION = 1;

const schema = Type.Object({
  slowKn: numberParam(2, 0.1, 10, 'Hourly mean speed below this is slow; kn [GFW loitering].'),
  leastH: numberParam(24, 1, 720, 'A stay must last at least this long; hours [detections.md].'),
  portKm: numberParam(
    50,
    1,
    60,
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
  queueFactor: numberParam(
    1.5,
    1,
    10,
    'With a history the limit is so many times the 95th percentile of the port’s own waits [detections.md].',
  ),
  queueLeastD: numberParam(10, 1, 365, 'And never less than this; days [detections.md].'),
  historyWaits: numberParam(
    30,
    5,
    1000,
    'A port has a history from so many waits that ended with a call [detections.md].',
  ),
  historyD: numberParam(30, 1, 365, 'Over at least this long; days [detections.md].'),
  shiftH: numberParam(
    2,
    0,
    12,
    'Getting under way for up to this long, to lie elsewhere, does not end the stay; hours [ours].',
  ),
  shiftKm: numberParam(10, 0, 50, 'How far such a shift may lead; km [ours].'),
  silenceH: numberParam(
    6,
    0.5,
    24,
    'A silence longer than this, outages of the feed left out, ends the stay; hours [the gap threshold].',
  ),
  callSilenceH: numberParam(
    4,
    0.5,
    24,
    'A silence longer than this may hide a port call; hours [GFW anchorages_pipeline].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type HoverParams = Static<typeof schema>;

/** Why a long slow stay is more than waiting for a berth. */
type Reason = 'nexus' | 'barred' | 'outside-anchorages' | 'longer-than-queue' | 'left-without-visit';

type Told = {
  /** Why it was told, in the order in which it came up; empty while it was not. */
  readonly told: readonly Reason[];
  readonly nextTellH: number;
};

/** What the rule remembers of a ship off a watched port. */
export type HoverState = {
  readonly stay: (Stay & Told) | null;
  /** Whether the ship is under way since the stay's last slow hour: a shift, or its end. */
  readonly underWay: boolean;
  /** Since when it is slow, in an hour that was not slow as a whole. */
  readonly slowSince: SlowFix | null;
  /** Long stays that look like queueing as long as the ship may still berth. */
  readonly waited: readonly (Stay & Told)[];
  /** Whether it was seen coming from outside these waters, with no berth and no silence since. */
  readonly seenComing: boolean;
  readonly waters: Waters | null;
};

const NOTHING: HoverState = {
  stay: null,
  underWay: false,
  slowSince: null,
  waited: [],
  seenComing: false,
  waters: null,
};

/** Returns the rule that tells a wait off a port from its queue; a RangeError lists faulty parameters. */
export function hovering(given: Readonly<Record<string, unknown>> = {}): Rule<HoverState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['hour', 'silent', 'wake'],
    react: (state, signal, vessel, around) => react({ params, vessel, around }, state, signal),
  };
}

type Scene = { readonly params: HoverParams; readonly vessel: VesselView; readonly around: Surroundings };

function react(scene: Scene, state: HoverState | undefined, signal: Signal): Reaction<HoverState> {
  switch (signal.kind) {
    case 'silent':
      return afterSilence(scene, state, signal.off.at, signal.at);
    case 'wake':
      return afterSilence(scene, state, signal.lastFix.at, signal.at);
    case 'hour':
      return isAtWork(scene.vessel.identity.shipType, signal.hour.last.navStatus)
        ? { state: undefined, events: takeBack(scene, state?.stay ?? null, signal.at) }
        : afterHour(scene, state, signal.hour, signal.at);
    default:
      return { state };
  }
}

/** A silence ends the stay, unless the feed was out meanwhile: then the ship gets the rest of its time to be heard again. */
function afterSilence(
  scene: Scene,
  state: HoverState | undefined,
  lastAt: number,
  at: number,
): Reaction<HoverState> {
  if (state === undefined) return { state };
  const restMs = scene.params.silenceH * HOUR_MS - silenceMs(scene, lastAt, at);
  if (state.stay !== null && restMs >= 0) {
    // Unheard it may have called, or left and come back: what it did before says nothing of leaving without a visit.
    return { state: { ...state, waited: [], seenComing: false }, wakeAt: at + restMs + 1 };
  }
  return { state: undefined, events: state.stay ? closeTold(scene, state.stay, at, 'silence') : [] };
}

/** Time without a position that is not the feed's, ms. */
function silenceMs({ around, vessel }: Scene, from: number, to: number): number {
  return around.outages.upMs(vessel.feed, from, to);
}

function afterHour(
  scene: Scene,
  before: HoverState | undefined,
  hour: HourSummary,
  at: number,
): Reaction<HoverState> {
  const { params, vessel, around } = scene;
  const state = before ?? { ...NOTHING, seenComing: comesFromOutside(scene, hour) };
  const meanKn = hour.meanSogKn ?? (state.stay === null ? null : legKn(state.stay, hour));
  if (meanKn === null) return { state: before };
  if (meanKn >= params.slowKn) return afterFastHour(scene, state, hour, at);
  const waters = watersOf(params, hour, meanKn, vessel, around.gazetteer, state.waters);
  if (waters.berthed) {
    const events = state.stay ? closeTold(scene, state.stay, at, 'berth') : [];
    return { state: { ...NOTHING, waters }, events };
  }
  if (!waters.watched) return { state: undefined, events: leave(scene, state, at) };
  return afterSlowHour(scene, { ...state, waters }, hour, meanKn, at);
}

/** Whether an hour began outside the waters of every watched port: only then was the ship seen coming. */
function comesFromOutside({ params, around }: Scene, { first }: HourSummary): boolean {
  return !isWatched(first.lon, first.lat, params, around.gazetteer);
}

function afterFastHour(scene: Scene, state: HoverState, hour: HourSummary, at: number): Reaction<HoverState> {
  const { gazetteer } = scene.around;
  const next = { ...state, slowSince: hour.slowSince, underWay: true, waters: null };
  if (state.stay === null && state.waited.length === 0) {
    const near = gazetteer.nearWatched(Math.round(hour.lon * 1e7), Math.round(hour.lat * 1e7));
    return { state: near ? next : undefined };
  }
  const stay = state.stay && withSlowBeginning(scene, state.stay, hour);
  if (!isWatched(hour.lon, hour.lat, scene.params, gazetteer))
    return { state: undefined, events: leave(scene, { ...state, stay }, at) };
  if (stay === null) return { state: next };
  if (hour.last.at - stay.last.at <= scene.params.shiftH * HOUR_MS) return { state: { ...next, stay } };
  return endStay(scene, { ...next, stay }, at, 'under way');
}

/** The stay up to where an hour that was not slow as a whole ceased to be slow. */
function withSlowBeginning<S extends Stay>(scene: Scene, stay: S, hour: HourSummary): S {
  const until = hour.slowUntil;
  const goesOn = until !== null && hour.first.at - stay.last.at <= HOUR_MS;
  return goesOn && followsStay(scene.params, stay, hour) ? { ...stay, last: until } : stay;
}

function afterSlowHour(
  scene: Scene,
  state: HoverState,
  hour: HourSummary,
  meanKn: number,
  at: number,
): Reaction<HoverState> {
  const { stay, waters } = state;
  const outside = waters?.outside === true && !isUsualPlace(scene, waters);
  const goesOn =
    stay !== null &&
    silenceMs(scene, stay.last.at, hour.first.at) <= scene.params.silenceH * HOUR_MS &&
    followsStay(scene.params, stay, hour);
  if (goesOn) {
    const longer = extendStay(stay, hour, meanKn, outside, state.underWay);
    return tell(scene, { ...state, stay: longer, underWay: false, slowSince: null }, longer, at);
  }
  const ended = stay === null ? null : endStay(scene, state, at, 'moved');
  const since = state.slowSince !== null && hour.first.at - state.slowSince.at <= 2 * HOUR_MS;
  const began = {
    ...beginStay(hour, meanKn, outside, since ? state.slowSince : null),
    told: [],
    nextTellH: scene.params.leastH * 2,
  };
  const next = { ...state, stay: began, underWay: false, slowSince: null };
  return { state: { ...next, waited: ended?.state?.waited ?? state.waited }, events: ended?.events ?? [] };
}

/** Whether ships that berthed afterwards used to wait at a place, although no anchorage point is near. */
function isUsualPlace({ params, around }: Scene, { lon, lat }: Waters): boolean {
  const port = around.gazetteer.watchedApproach(lon, lat, params.portKm)?.port;
  return port !== undefined && around.queues.isUsual(port.id, lon, lat, params.outsideKm, params);
}

/** Tells the stay when it is long enough and something sets it apart from queueing. */
function tell(scene: Scene, state: HoverState, stay: Stay & Told, at: number): Reaction<HoverState> {
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
  const { params, vessel, around } = scene;
  const reasons: Reason[] = [];
  if (nexusOf(vessel, at, around.register).length > 0) reasons.push('nexus');
  else if (!mayBeTrader(vessel)) return [];
  const port = portOff(scene, stay);
  if (port !== null && barredBy(vessel, port, at, around).length > 0) reasons.push('barred');
  if (stay.outsideMs >= params.leastH * HOUR_MS) reasons.push('outside-anchorages');
  const limitMs = port === null ? params.queueD * DAY_MS : queueLimit(scene, port.id).limitMs;
  if (lengthOf(stay) > limitMs) reasons.push('longer-than-queue');
  return reasons;
}

/** The watched port off which a stay lies, or null. */
function portOff({ params, around }: Scene, stay: Stay): Port | null {
  const { lon, lat } = placeOf(stay);
  return around.gazetteer.watchedApproach(lon, lat, params.portKm + 5)?.port ?? null;
}

function queueLimit({ params, vessel, around }: Scene, portId: string): QueueLimit {
  return around.queues.limit(portId, vessel.identity.lengthM, params);
}

function endStay(scene: Scene, state: HoverState, at: number, how: string): Reaction<HoverState> {
  const { stay } = state;
  if (stay === null) return { state };
  const events = closeTold(scene, stay, at, how);
  const waits = events.length === 0 && lengthOf(stay) >= scene.params.leastH * HOUR_MS;
  const waited = waits ? [...state.waited, stay] : state.waited;
  return { state: { ...state, stay: null, waited }, events };
}

/** The ship left the port's waters: what looked like queueing was not, unless it had called before, or a silence may hide a call. */
function leave(scene: Scene, state: HoverState, at: number): EventDraft[] {
  const ended = endStay(scene, state, at, 'left');
  const closed = ended.events ?? [];
  const waits = ended.state?.waited ?? [];
  const mayHideCall = waits.some((stay) => stay.longestSilenceMs > scene.params.callSilenceH * HOUR_MS);
  if (mayHideCall || !state.seenComing || !mayBeTrader(scene.vessel)) return [...closed];
  const told = waits.flatMap((stay) => {
    const left = { ...stay, told: ['left-without-visit'] as const };
    return [draft(scene, left, 'opened', at, null, null), draft(scene, left, 'closed', at, 'left', null)];
  });
  return [...told, ...closed];
}

function closeTold(scene: Scene, stay: Stay & Told, at: number, how: string): EventDraft[] {
  return stay.told.length > 0 ? [draft(scene, stay, 'closed', at, how, null)] : [];
}

function takeBack(scene: Scene, stay: (Stay & Told) | null, at: number): EventDraft[] {
  if (stay === null || stay.told.length === 0) return [];
  const reason = 'its ship type or status is that of a craft at work off the port';
  return [draft(scene, stay, 'retracted', at, 'working craft', reason)];
}

function draft(
  scene: Scene,
  stay: Stay & Told,
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
      first: slowFixEvidence(stay.first),
      last: slowFixEvidence(stay.last),
      lengthH: rounded(lengthOf(stay) / HOUR_MS, 2),
      leastH: params.leastH,
      hoursWithPositions: stay.hours,
      meanSogKn: rounded(stay.sogSum / stay.hours, 2),
      slowKn: params.slowKn,
      longestSilenceH: rounded(stay.longestSilenceMs / HOUR_MS, 2),
      shifts: stay.shifts,
      outsideAnchoragesH: rounded(stay.outsideMs / HOUR_MS, 2),
      reasons: [...stay.told],
      nexus: nexus,
      endedBy,
      ...placeFigures(scene, lon, lat),
      queue: near && queueEvidence(queueLimit(scene, near.port.id), params),
      barredBy: near === null ? [] : barredBy(vessel, near.port, at, around).map(({ id }) => id),
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
    'A ship lay slow for a day or more off a watched port without a port visit meanwhile, and something sets it apart from the queue.',
  life: [
    'Opens when a slow stay has lasted 24 hours and one of these holds: a dated link to the DPRK; an announcement that bars the ship from the port; 24 of its hours were spent farther than 10 km from every anchorage point; it is longer than the queue limit; or, when the ship leaves the waters of watched ports, that it was seen coming and left without a visit.',
    'Hours of the clock are only a way to count: a stay begins and ends with the first and last slow position, also within an hour.',
    'Getting under way for up to 2 hours, within 10 km, is a shift of the anchorage and does not end the stay; nor does an outage of the feed.',
    'Is revised when another reason comes up or its length doubles.',
    'Closes when the ship gets under way, berths, leaves, or falls silent. A ship that berths afterwards did wait before: the event is closed, not taken back.',
    'Is retracted when the ship turns out to be a craft at work.',
  ],
  silentFor: [
    'the ordinary queue: ships that wait at the anchorages and then berth',
    'berthed ships',
    'a ship that lies off a port after its call there, or that was first heard lying, and then leaves',
    'pilots, tugs, dredgers, fishing boats, patrol and pleasure craft, whoever reports to be fishing, and whoever but a cargo ship or tanker reports to be towing or restricted in its ability to manoeuvre',
    'class B craft that do not say that they are cargo ships or tankers, without a link to the DPRK',
    'a stay with a silence long enough for an unseen call, when its only mark would be leaving without one',
  ],
  limits: [
    'The queue limit is 1.5 times the 95th percentile of the waits that ended with a call, of ships of its size where enough of them are known, and at least 10 days. With fewer than 30 waits, or over less than 30 days, it is a fixed 14 days, and the alert says so. Places where enough of those waits lay are usual anchorages too.',
    'Berths come from public anchorage points and a coastline: a new quay looks like roads.',
    'A craft at work that sends no ship type is not told from a trader.',
    'A ship that reports no speed is slow by what it made good in an hour; its stay then begins and ends with whole hours of the clock, up to an hour late and early, and going to and fro between seldom positions looks like lying there.',
    'A silence of more than 6 hours cuts a stay in two.',
    'Whether a place is outside the anchorages is asked anew only when a ship has moved 200 m.',
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
    'Queues: the ships’ own waits, learnt from the records',
    'Queue limit and distances: our own choice',
  ],
} as const;
