import { destinationPoint } from '@offing/geo';
import type { Gazetteer } from '@offing/gazetteer';
import { HOUR_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, Json, Verdict } from '../event.ts';
import { eventVessel, fixEvidence, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { mooredAt } from '../place/moored.ts';
import type { Outage } from '../place/outages.ts';
import { overlapMs } from '../place/overlap.ts';
import { PIECE_MS } from '../place/reception.ts';
import { extendTally, hoursOf, startTally, type Tally } from '../place/witnesses.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, VesselView } from '../signal.ts';

const ID = 'transponder-gap';
const VERSION = 1;
/** How far ahead of a moving ship receivers must be shown to hear, and how near to that place a witness must be, km (ours). */
const AHEAD_KM = 40;
const AHEAD_RADIUS_KM = 30;
/** A ship whose course brings it this near to the shore does not leave coverage, km (ours: receivers stand on shore). */
const INSHORE_KM = 15;
/** How much farther off shore a course must lead to be one that leaves coverage, km (ours). */
const OUTWARD_KM = 10;

const schema = Type.Object({
  thresholdH: numberParam(6, 1, 720, 'Silence must be longer than this, strictly; hours [GFW].'),
  witnessRadiusKm: numberParam(
    50,
    1,
    500,
    'A witness is heard within this distance of the last position; km [ours].',
  ),
  witnessesAtLeast: numberParam(
    3,
    1,
    1000,
    'Fewer other ships heard meanwhile say nothing about the receivers [ours].',
  ),
  hoursHeardShare: numberParam(
    0.5,
    0,
    1,
    'Share of the hours outside outages with at least one witness [ours].',
  ),
  cadenceFactor: numberParam(
    3,
    1,
    1000,
    "Silence must be this many times the vessel's own mean interval between reports [ours].",
  ),
  leavingSogKn: numberParam(3, 0, 60, 'A ship at least this fast may be about to leave coverage; kn [ours].'),
  rejudgeH: numberParam(1, 0.25, 24, 'An open gap is judged anew this often, in event time; hours [ours].'),
  followD: numberParam(30, 1, 3650, 'An open gap is judged anew for this long; days [ours].'),
});

/** Parameters of the gap rule; units are in the names. */
export type GapParams = Static<typeof schema>;

/** What the rule remembers of a silent hull. */
export type GapState = {
  readonly off: Fix;
  readonly feed: number;
  readonly aisClass: number;
  readonly cadenceMs: number;
  readonly tally: Tally;
  /** Whether others were heard where the ship was heading. */
  readonly aheadHeard: boolean;
  /** The verdict last told; null when nothing was told yet. */
  readonly told: Verdict | null;
  /** Hours of silence at which the growing gap is told again. */
  readonly nextTellH: number;
};

type Judgement = {
  readonly verdict: Verdict;
  readonly confidence: number;
  readonly netMs: number;
  readonly outages: readonly Outage[];
  readonly hours: { readonly heard: number; readonly usable: number };
  readonly leaving: boolean;
};

/** Returns the rule that tells when a ship falls silent where others are heard; a RangeError lists faulty parameters. */
export function transponderGap(given: Readonly<Record<string, unknown>> = {}): Rule<GapState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['silent', 'wake', 'returned', 'elsewhere'],
    react(state, signal, vessel, around) {
      switch (signal.kind) {
        case 'silent':
          return begin(params, signal.off, signal.at, vessel, around);
        case 'wake':
          return state === undefined ? { state } : goOn(params, state, signal.at, vessel, around);
        case 'returned':
          return state === undefined ? { state } : end(params, state, signal.on, vessel, around);
        case 'elsewhere':
          return state === undefined ? { state } : heardElsewhere(params, state, signal.at, vessel, around);
        default:
          return { state };
      }
    },
  };
}

function begin(
  params: GapParams,
  off: Fix,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): Reaction<GapState> {
  if (mooredAt(off, vessel.aisClass, around.gazetteer) !== null) return { state: undefined };
  const state: GapState = {
    off,
    feed: vessel.feed,
    aisClass: vessel.aisClass,
    cadenceMs: vessel.cadenceMs,
    tally: startTally(off.at),
    aheadHeard: false,
    told: null,
    nextTellH: params.thresholdH * 2,
  };
  return goOn(params, state, at, vessel, around);
}

function goOn(
  params: GapParams,
  before: GapState,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): Reaction<GapState> {
  const state = listen(params, before, at, vessel, around);
  const judged = judge(params, state, at, around);
  const silenceH = (at - state.off.at) / HOUR_MS;
  const wake = silenceH < params.followD * 24 ? { wakeAt: at + params.rejudgeH * HOUR_MS } : {};
  if (judged.verdict === 'void') {
    if (state.told === null) return { state, ...wake };
    const events = [draft(params, state, 'retracted', judged, null, at, vessel, around, OUT_REASON)];
    return { state: { ...state, told: null }, events, ...wake };
  }
  const grown = silenceH >= state.nextTellH;
  if (judged.verdict === state.told && !grown) return { state, ...wake };
  const nextTellH = grown ? state.nextTellH * 2 : state.nextTellH;
  const change = state.told === null ? 'opened' : 'revised';
  const reason =
    state.told !== null && state.told !== judged.verdict ? `the verdict was ${state.told}` : null;
  const events = [draft(params, state, change, judged, null, at, vessel, around, reason)];
  return { state: { ...state, told: judged.verdict, nextTellH }, events, ...wake };
}

function end(
  params: GapParams,
  before: GapState,
  on: Fix,
  vessel: VesselView,
  around: Surroundings,
): Reaction<GapState> {
  const state = listen(params, before, on.at, vessel, around);
  const judged = judge(params, state, on.at, around);
  if (judged.verdict === 'void') {
    if (state.told === null) return { state: undefined };
    return {
      state: undefined,
      events: [draft(params, state, 'retracted', judged, on, on.at, vessel, around, OUT_REASON)],
    };
  }
  const opened =
    state.told === null ? [draft(params, state, 'opened', judged, null, on.at, vessel, around, null)] : [];
  const changed =
    state.told !== null && state.told !== judged.verdict ? `the verdict was ${state.told}` : null;
  return {
    state: undefined,
    events: [...opened, draft(params, state, 'closed', judged, on, on.at, vessel, around, changed)],
  };
}

function heardElsewhere(
  params: GapParams,
  state: GapState,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): Reaction<GapState> {
  if (state.told === null) return { state: undefined };
  const judged: Judgement = { ...judge(params, state, at, around), verdict: 'void', confidence: 0 };
  const reason = 'the MMSI was heard from a place this ship could not have reached: several hulls share it';
  return {
    state: undefined,
    events: [draft(params, state, 'retracted', judged, null, at, vessel, around, reason)],
  };
}

const OUT_REASON = 'the feed was out: no more than the threshold of silence remains';

/** Takes what was heard of others since the last look into the tally. */
function listen(
  params: GapParams,
  state: GapState,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): GapState {
  const { off, feed, aisClass } = state;
  const asked = { feed, aisClass, exceptMmsi: vessel.mmsi };
  const near = { ...asked, lon: off.lon, lat: off.lat, radiusKm: params.witnessRadiusKm };
  const tally = extendTally(state.tally, around.reception, off.at, at, near);
  return { ...state, tally, aheadHeard: state.aheadHeard || heardAhead(state, at, asked, around) };
}

function heardAhead(
  state: GapState,
  at: number,
  asked: { feed: number; aisClass: number; exceptMmsi: number },
  around: Surroundings,
): boolean {
  const ahead = placeAhead(state.off);
  if (ahead === null) return false;
  const first = state.told === null ? state.off.at - 6 * HOUR_MS : state.tally.until;
  const query = {
    ...asked,
    ...ahead,
    radiusKm: AHEAD_RADIUS_KM,
    from: first,
    to: Math.max(first, at - (at % PIECE_MS)),
  };
  return around.reception.witnesses(query).length > 0;
}

function placeAhead(off: Fix): { readonly lon: number; readonly lat: number } | null {
  return off.cogDeg === null ? null : destinationPoint(off.lon, off.lat, off.cogDeg, AHEAD_KM * 1000);
}

/** Whether the ship's course at its last position led out of the water that the receivers are known to hear. */
function leavesCoverage(params: GapParams, state: GapState, gazetteer: Gazetteer): boolean {
  const { off } = state;
  if (state.aheadHeard || (off.sogKn ?? 0) < params.leavingSogKn) return false;
  const ahead = placeAhead(off);
  if (ahead === null) return false;
  const there = gazetteer.shoreDistanceM(ahead.lon, ahead.lat);
  const here = gazetteer.shoreDistanceM(off.lon, off.lat);
  if (there === null || here === null) return true;
  return there / 1000 > INSHORE_KM && (there - here) / 1000 > OUTWARD_KM;
}

function judge(params: GapParams, state: GapState, to: number, around: Surroundings): Judgement {
  const { off, tally } = state;
  const outages = around.outages.within(state.feed, off.at, to);
  const netMs = to - off.at - overlapMs(outages, off.at, to);
  const hours = hoursOf(tally, off.at, to, outages);
  const leaving = leavesCoverage(params, state, around.gazetteer);
  const base = { netMs, outages, hours, leaving };
  if (netMs <= params.thresholdH * HOUR_MS) return { ...base, verdict: 'void', confidence: 0 };
  const share = hours.usable === 0 ? 0 : hours.heard / hours.usable;
  const witnesses = tally.ships.size;
  const cadences = state.cadenceMs > 0 ? netMs / state.cadenceMs : 0;
  const silent =
    witnesses >= params.witnessesAtLeast &&
    share >= params.hoursHeardShare &&
    cadences >= params.cadenceFactor &&
    !leaving;
  if (!silent) {
    const partly = Math.min(1, witnesses / params.witnessesAtLeast) * share;
    return { ...base, verdict: 'unobserved', confidence: rounded(0.1 + 0.2 * partly, 2) };
  }
  const manyShips = 1 - Math.exp(-(witnesses - params.witnessesAtLeast + 1) / 3);
  const oftenHeard = Math.min(1, cadences / 12);
  return { ...base, verdict: 'silent', confidence: rounded(0.5 + 0.45 * manyShips * share * oftenHeard, 2) };
}

function draft(
  params: GapParams,
  state: GapState,
  change: EventChange,
  judged: Judgement,
  on: Fix | null,
  at: number,
  vessel: VesselView,
  around: Surroundings,
  reason: string | null,
): EventDraft {
  const { off } = state;
  const nexus = nexusOf(vessel, off.at, around.register);
  const port = around.gazetteer.nearestPort(off.lon, off.lat, { maxKm: 50 });
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: off.at,
    openedAt: off.at,
    closedAt: on?.at ?? null,
    lon: off.lon,
    lat: off.lat,
    port: port && { id: port.port.id, name: port.port.name, country: port.port.country },
    verdict: judged.verdict,
    confidence: judged.confidence,
    nexus: nexus.length > 0,
    evidence: {
      off: fixEvidence(off),
      on: on && fixEvidence(on),
      judgedUpTo: isoOf(at),
      nexus: nexus as Json,
      portKm: port && rounded(port.km, 1),
      ...gapFigures(params, state, judged, at, around),
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason,
    knownSince: at,
  };
}

function gapFigures(
  params: GapParams,
  state: GapState,
  judged: Judgement,
  at: number,
  around: Surroundings,
): { readonly [key: string]: Json } {
  const { off, tally } = state;
  const anchorage = around.gazetteer.nearestAnchorage(off.lon, off.lat, { maxKm: 50 });
  const shoreM = around.gazetteer.shoreDistanceM(off.lon, off.lat);
  return {
    silenceH: rounded((at - off.at) / HOUR_MS, 2),
    silenceOutsideOutagesH: rounded(judged.netMs / HOUR_MS, 2),
    thresholdH: params.thresholdH,
    outages: judged.outages.map((outage) => ({ from: isoOf(outage.from), to: isoOf(outage.to) })),
    witnesses: tally.ships.size,
    witnessesAtLeast: params.witnessesAtLeast,
    witnessList: [...tally.ships].map(([mmsi, ship]) => ({
      mmsi,
      minutesHeard: (ship.pieces * PIECE_MS) / 60_000,
      nearestKm: rounded(ship.nearestKm, 1),
    })),
    hoursWithWitness: judged.hours.heard,
    hoursOutsideOutages: judged.hours.usable,
    hoursHeardShare: params.hoursHeardShare,
    ownMeanIntervalMin: rounded(state.cadenceMs / 60_000, 1),
    leavingCoverage: judged.leaving,
    anchorageKm: anchorage && rounded(anchorage.km, 1),
    shoreKm: shoreM === null ? null : rounded(shoreM / 1000, 1),
  };
}

const docs = {
  title: 'Transponder gap',
  summary:
    'A ship was not heard for longer than the threshold, with a verdict on whether the receivers would have heard it.',
  life: [
    'Opens when the watermark of the feed that last heard the ship passes its last position by more than the threshold; nothing depends on a clock or on a new message from the ship.',
    'Is judged anew every hour of event time, and told again when its verdict changes or its length doubles.',
    'Closes with the next position of the same hull.',
    'Is retracted when outages of the feed leave no more than the threshold, when late positions shorten it below the threshold, or when the MMSI turns out to be shared.',
  ],
  silentFor: [
    'outages of the feed',
    'a silence that begins while moored: stopped at a berth, or status 5 near an anchorage point or port',
    'class B switched off close to the shore',
    'an MMSI that is heard from another hull meanwhile',
    'recordings that end: a feed that stops is no silence of its ships',
  ],
  limits: [
    'Reception is known only from other ships of the same class: a ship with a weak transmitter, or in the shadow of an island, looks silent.',
    'Witnesses are counted in pieces of ten minutes, by the place of their first report in an area cell in that hour.',
    'A regional outage of a feed shows as missing witnesses, and so as unobserved.',
  ],
  innocent: [
    'the transponder failed or lost power',
    'its signals were drowned by those of many ships close by',
    'the ship lay in a radio shadow of land or of a large ship',
    'the receiver near it was out while others went on',
  ],
  sources: [
    'GlobalFishingWatch/pipe-gaps: threshold of six hours and more',
    'Witnesses, shares and factors: our own choice, to be calibrated',
  ],
} as const;
