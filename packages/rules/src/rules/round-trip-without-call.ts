import { distanceM } from '@offing/geo';
import { HOUR_MS, isoOf, METRES_PER_NAUTICAL_MILE } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventDraft, Json } from '../event.ts';
import { eventVessel, fixEvidence, rounded, slowFixEvidence } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { foreignPort, type OffPort } from '../place/foreign-shore.ts';
import { beginStay, extendStay, followsStay, lengthOf, placeOf, type Stay } from '../place/stay.ts';
import { visitedPort } from '../place/visit.ts';
import { isAtWork } from '../place/working.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, HourSummary, Signal, SlowFix, VesselView } from '../signal.ts';

const ID = 'round-trip-without-call';
const VERSION = 1;
const HOME = 'KP';
/** A ship whose speed was not seen makes at least this much, kn (ours: a small coaster). */
const USUAL_KN = 10;
/** Getting under way for up to so long, to lie elsewhere so near, is one stay (as `hovering`). */
const SHIFT = { shiftH: 2, shiftKm: 10 } as const;

const schema = Type.Object({
  slowKn: numberParam(2, 0.1, 10, 'Hourly mean speed below this is slow; kn [GFW loitering].'),
  leastH: numberParam(
    24,
    1,
    720,
    'The ship must have been slow for at least this long in all, in one stay or several; hours [detections.md].',
  ),
  offNm: numberParam(
    50,
    1,
    53,
    'Slow within this distance of a port or an anchorage point of another country; nautical miles [detections.md].',
  ),
  gapH: numberParam(
    4,
    0.5,
    48,
    'A silence longer than this may hide a call; hours [GFW anchorages_pipeline].',
  ),
  callH: numberParam(
    4,
    0,
    48,
    'A silence hides a call where at least this long could have been spent at a berth; hours [ours].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type RoundTripParams = Static<typeof schema>;

/** A stay off another country's coast, and the port it lay off. */
type ForeignStay = Stay & { readonly port: OffPort };

/** What the rule remembers of a ship that left DPRK waters and has not called since. */
export type TripState = {
  /** Last position in DPRK waters. */
  readonly left: Fix;
  readonly stays: readonly ForeignStay[];
  /** Whether the last stay may go on. */
  readonly lying: boolean;
  readonly slowSince: SlowFix | null;
  /** Where it was known to be last. */
  readonly known: SlowFix;
  readonly bestKn: number;
  readonly longestSilenceMs: number;
  /** Whether a silence was long enough for a call. */
  readonly mayHaveCalled: boolean;
};

/** Returns the rule that tells of voyages from the DPRK and back without a call; a RangeError lists faulty parameters. */
export function roundTripWithoutCall(given: Readonly<Record<string, unknown>> = {}): Rule<TripState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['waters', 'hour', 'visit'],
    react(state, signal, vessel, around) {
      const scene = { params, vessel, around };
      switch (signal.kind) {
        case 'waters':
          return atBorder(scene, state, signal);
        case 'hour':
          return state === undefined ? { state } : { state: afterHour(scene, state, signal.hour) };
        case 'visit':
          // A call in the DPRK is no call of the trip: the ship is not on it.
          return { state: visitedPort(signal.visit, around.berths)?.country === HOME ? state : undefined };
        default:
          return { state };
      }
    },
  };
}

type Scene = { readonly params: RoundTripParams; readonly vessel: VesselView; readonly around: Surroundings };

function atBorder(
  scene: Scene,
  state: TripState | undefined,
  { from, to, before, fix }: Extract<Signal, { readonly kind: 'waters' }>,
): Reaction<TripState> {
  if (to === HOME) {
    if (state === undefined || before === null) return { state: undefined };
    const back = afterGap(scene, afterGap(scene, state, before), fix);
    return { state: undefined, events: tell(scene, back, fix) };
  }
  if (from !== HOME || before === null) return { state };
  const began: TripState = {
    left: before,
    stays: [],
    lying: false,
    slowSince: null,
    known: before,
    bestKn: USUAL_KN,
    longestSilenceMs: 0,
    mayHaveCalled: false,
  };
  return { state: afterGap(scene, began, fix) };
}

/** The trip after a position: a silence before it may have hidden a call. */
function afterGap(scene: Scene, state: TripState, next: SlowFix): TripState {
  const silenceMs = next.at - state.known.at;
  const longestSilenceMs = Math.max(state.longestSilenceMs, silenceMs);
  const known = { at: next.at, lon: next.lon, lat: next.lat, sogKn: next.sogKn };
  const hides = silenceMs > scene.params.gapH * HOUR_MS && mayHideCall(scene, state, next, silenceMs);
  return { ...state, known, longestSilenceMs, mayHaveCalled: state.mayHaveCalled || hides };
}

/** Whether a silence was long enough to go to a berth of another country, stay there, and come to where the ship was heard. */
function mayHideCall({ params, around }: Scene, state: TripState, on: SlowFix, silenceMs: number): boolean {
  const speedKn = Math.max(state.bestKn, legKn(state.known, on, silenceMs));
  const rangeKm = (speedKn * (silenceMs / HOUR_MS) * METRES_PER_NAUTICAL_MILE) / 1000;
  const there = around.berths.nearestAbroad(state.known.lon, state.known.lat, rangeKm, HOME);
  const back = around.berths.nearestAbroad(on.lon, on.lat, rangeKm, HOME);
  if (there === null || back === null) return false;
  // No way is shorter than to the nearest berth and from the nearest: what is left is the most that it can have been alongside.
  const wayH = ((there.km + back.km) * 1000) / METRES_PER_NAUTICAL_MILE / speedKn;
  return silenceMs / HOUR_MS - wayH >= params.callH;
}

function legKn(from: SlowFix, to: SlowFix, ms: number): number {
  const nm = distanceM(from.lon, from.lat, to.lon, to.lat) / METRES_PER_NAUTICAL_MILE;
  return ms <= 0 ? 0 : nm / (ms / HOUR_MS);
}

function afterHour(scene: Scene, before: TripState, hour: HourSummary): TripState {
  const { params, vessel } = scene;
  const { first, last } = hour;
  const meanKn = hour.meanSogKn ?? legKn(before.known, last, last.at - before.known.at);
  const heard = afterGap(scene, before, first);
  const state: TripState = { ...heard, known: last, bestKn: Math.max(heard.bestKn, Math.min(meanKn, 25)) };
  if (meanKn >= params.slowKn || isAtWork(vessel.identity.shipType, last.navStatus))
    return { ...endLying(scene, state, hour), slowSince: hour.slowSince };
  const stay = state.stays.at(-1);
  if (stay !== undefined && state.lying && followsStay({ ...SHIFT, slowKn: params.slowKn }, stay, hour)) {
    const longer = extendStay(stay, hour, meanKn, false, false);
    return { ...state, stays: [...state.stays.slice(0, -1), longer], slowSince: null };
  }
  const port = foreignPort(
    hour.lon,
    hour.lat,
    (params.offNm * METRES_PER_NAUTICAL_MILE) / 1000,
    HOME,
    scene.around.gazetteer,
  );
  if (port === null) return { ...state, lying: false, slowSince: null };
  const since =
    state.slowSince !== null && first.at - state.slowSince.at <= 2 * HOUR_MS ? state.slowSince : null;
  const began = { ...beginStay(hour, meanKn, false, since), port };
  return { ...state, stays: [...state.stays, began], lying: true, slowSince: null };
}

/** The trip after an hour under way: the stay before it lasted to where that hour ceased to be slow. */
function endLying({ params }: Scene, state: TripState, hour: HourSummary): TripState {
  const stay = state.stays.at(-1);
  if (!state.lying || stay === undefined) return { ...state, lying: false };
  const until = hour.slowUntil;
  const goesOn =
    until !== null &&
    hour.first.at - stay.last.at <= HOUR_MS &&
    followsStay({ ...SHIFT, slowKn: params.slowKn }, stay, hour);
  const stays = goesOn ? [...state.stays.slice(0, -1), { ...stay, last: until }] : state.stays;
  return { ...state, stays, lying: false };
}

function tell(scene: Scene, state: TripState, back: Fix): EventDraft[] {
  const slowMs = state.stays.reduce((sum, stay) => sum + lengthOf(stay), 0);
  if (state.mayHaveCalled || slowMs < scene.params.leastH * HOUR_MS) return [];
  const closed = draft(scene, state, back, slowMs);
  return [{ ...closed, change: 'opened', closedAt: null }, closed];
}

function draft(scene: Scene, state: TripState, back: Fix, slowMs: number): EventDraft {
  const { params, vessel, around } = scene;
  const longest = state.stays.reduce((best, stay) => (lengthOf(stay) > lengthOf(best) ? stay : best));
  const { lon, lat } = placeOf(longest);
  const watched = around.gazetteer.watchedApproach(lon, lat, 50)?.port;
  const { id, name, country } = watched ?? longest.port;
  const nexus = nexusOf(vessel, back.at, around.register);
  const hours = state.stays.reduce((sum, stay) => sum + stay.hours, 0);
  return {
    type: ID,
    change: 'closed',
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: state.left.at,
    openedAt: state.left.at,
    closedAt: back.at,
    lon: rounded(lon, 5),
    lat: rounded(lat, 5),
    port: { id, name, country },
    verdict: null,
    confidence: rounded(0.5 + 0.4 * Math.min(1, hours / (slowMs / HOUR_MS)), 2),
    nexus: nexus.length > 0,
    evidence: {
      left: fixEvidence(state.left),
      back: fixEvidence(back),
      tripH: rounded((back.at - state.left.at) / HOUR_MS, 2),
      slowH: rounded(slowMs / HOUR_MS, 2),
      leastH: params.leastH,
      slowKn: params.slowKn,
      offNm: params.offNm,
      stays: state.stays.map(stayEvidence),
      longestSilenceH: rounded(state.longestSilenceMs / HOUR_MS, 2),
      callH: params.callH,
      observedCalls: 0,
      bestKn: rounded(state.bestKn, 1),
      nexus,
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason: null,
    knownSince: back.at,
  };
}

function stayEvidence(stay: ForeignStay): Json {
  const { lon, lat } = placeOf(stay);
  return {
    first: slowFixEvidence(stay.first),
    last: slowFixEvidence(stay.last),
    from: isoOf(stay.first.at),
    to: isoOf(stay.last.at),
    hours: rounded(lengthOf(stay) / HOUR_MS, 2),
    meanSogKn: rounded(stay.sogSum / stay.hours, 2),
    lon: rounded(lon, 5),
    lat: rounded(lat, 5),
    port: stay.port.name,
    country: stay.port.country,
    portKm: rounded(stay.port.km, 1),
  };
}

const docs = {
  title: 'Round trip without a call',
  summary:
    'A ship left DPRK waters, was slow for a day or more off another country’s coast, and came back without an observed port visit.',
  life: [
    'Is told, opened and closed at once, when the ship is back within 12 nautical miles of the DPRK coast. It begins with the last position there before the voyage and ends with the first after it.',
    'Slow is an hour with a mean below 2 kn within 50 nautical miles of a port or anchorage point of another country, where the nearest shore is not the DPRK’s; the stays of a voyage are added up.',
    'Is never told while the voyage lasts: the ship may still call.',
  ],
  silentFor: [
    'a voyage with an observed port visit',
    'a possible call: a silence in which the ship could have reached a berth of another country at its own speed, spent 4 hours there and come to where it was heard again; that silence has its own event',
    'a voyage without a long slow stay, and a stay off the DPRK’s own coast',
    'fishing boats, tugs and other craft at work',
  ],
  limits: [
    'Waters are 12 nautical miles from the shore as drawn, those of the country whose shore is nearest; baselines and treaties are not known. The borders at the Yalu, the Tumen and the demarcation line are good to about a kilometre.',
    'A berth that nobody has on record makes a call look like a stay.',
    'A transfer at sea during the stay is another rule’s business: see encounter.',
  ],
  innocent: [
    'the port was closed to the ship, or its cargo was refused',
    'waiting for orders that changed',
    'sheltering from weather',
    'engine trouble',
  ],
  sources: [
    'detections.md, after voyages described in public reporting: distances and times',
    'GlobalFishingWatch loitering: hourly mean below 2 kn',
    'Time for a call: our own choice',
  ],
} as const;
