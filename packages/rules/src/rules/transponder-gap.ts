import { HOUR_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, Json, Verdict } from '../event.ts';
import { eventVessel, fixEvidence, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { headsOutward, heardAhead } from '../place/leaving.ts';
import { isStill, mooredAt } from '../place/moored.ts';
import type { Outage } from '../place/outages.ts';
import { overlapMs, unionOf } from '../place/overlap.ts';
import { PIECE_MS } from '../place/reception.ts';
import { regionAt, watchRegion, type RegionQuery, type RegionState } from '../place/region.ts';
import { extendTally, hoursOf, startTally, type Tally } from '../place/witnesses.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, Signal, VesselView } from '../signal.ts';

const ID = 'transponder-gap';
const VERSION = 1;
/** Receivers must be shown to work within this much of the beginning of a silence; share of the threshold (ours). */
const EARLY_SHARE = 0.5;
/** An outage that begins this soon after the last position may have begun with it (ours). */
const OUT_WITH_IT_MS = HOUR_MS;
/** Within this time most ships are still where their last position says that others were heard (ours: 50 km at 13 kn). */
const STILL_NEAR_MS = 2 * HOUR_MS;
/** A long silence is judged more seldom, but at least this often, hours (ours: reception is remembered for longer). */
const REJUDGE_MOST_H = 6;

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
  positionsAtLeast: numberParam(
    3,
    1,
    1000,
    'A hull with fewer positions has no cadence to judge its silence by [ours].',
  ),
  leavingSogKn: numberParam(3, 0, 60, 'A ship at least this fast may be about to leave coverage; kn [ours].'),
  rejudgeH: numberParam(
    1,
    0.25,
    6,
    'An open gap is judged anew this often in its first day, then after a 24th of its length, up to 6 h; hours [ours].',
  ),
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
  /** What happened to the ships around when this one fell silent. */
  readonly region: RegionState;
  /** Whether the ship was on its way out of what the receivers hear, and nobody was heard where it was heading. */
  readonly leaving: boolean;
  /** Whether it lay still where the coast is not known: it may have been at a berth. */
  readonly maybeMoored: boolean;
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
  /** Why the ship may not have been silent although others were heard; empty where nothing speaks against it. */
  readonly doubts: readonly Doubt[];
};

/** What keeps a silence from being that of the ship. */
type Doubt =
  | 'few-witnesses'
  | 'few-hours-with-witness'
  | 'own-interval'
  | 'not-heard-early'
  | 'leaving-coverage'
  | 'fell-silent-together'
  | 'out-when-it-fell-silent'
  | 'maybe-moored';

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
          return begin(params, signal, vessel, around);
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
  { off, at, madeGoodKn }: Extract<Signal, { readonly kind: 'silent' }>,
  vessel: VesselView,
  around: Surroundings,
): Reaction<GapState> {
  const { gazetteer, reception } = around;
  if (vessel.positions < params.positionsAtLeast) return { state: undefined };
  const lying = { fix: off, madeGoodKn, aisClass: vessel.aisClass, shipType: vessel.identity.shipType };
  if (mooredAt(lying, gazetteer) !== null) return { state: undefined };
  const source = { feed: vessel.feed, aisClass: vessel.aisClass };
  const outward = headsOutward(off, params.leavingSogKn, gazetteer);
  const state: GapState = {
    off,
    ...source,
    cadenceMs: vessel.cadenceMs,
    tally: startTally(off.at),
    region: regionAt(reception, regionQuery(off, vessel.feed, vessel.cadenceMs), at),
    leaving: outward && !heardAhead(off, source, reception, null, at),
    maybeMoored: isStill(lying) !== false && gazetteer.shoreDistanceM(off.lon, off.lat) === null,
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
  const restH = Math.min(REJUDGE_MOST_H, Math.max(params.rejudgeH, (params.rejudgeH * silenceH) / 24));
  const wake = silenceH < params.followD * 24 ? { wakeAt: at + restH * HOUR_MS } : {};
  const withheld = whyWithheld(judged);
  if (withheld !== null) {
    if (state.told === null) return { state, ...wake };
    const events = [draft(params, state, 'retracted', judged, null, at, vessel, around, withheld)];
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
  const withheld = whyWithheld(judged);
  if (withheld !== null) {
    if (state.told === null) return { state: undefined };
    return {
      state: undefined,
      events: [draft(params, state, 'retracted', judged, on, on.at, vessel, around, withheld)],
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

/** Why a silence is not told at all, in words; null where it is. */
function whyWithheld({ verdict, doubts }: Judgement): string | null {
  if (verdict === 'void')
    return 'the receivers were out: no more than the threshold of silence remains outside outages';
  if (doubts.includes('leaving-coverage') && !doubts.includes('few-witnesses'))
    return 'the ship was on its way out of the water that the receivers hear';
  return null;
}

/** Takes what was heard of others since the last look into the state. */
function listen(
  params: GapParams,
  state: GapState,
  at: number,
  vessel: VesselView,
  { reception }: Surroundings,
): GapState {
  const { off, feed, aisClass, cadenceMs } = state;
  const near = { lon: off.lon, lat: off.lat, radiusKm: params.witnessRadiusKm };
  const asked = { ...near, feed, aisClass, exceptMmsi: vessel.mmsi };
  const tally = extendTally(state.tally, reception, off.at, at, asked);
  const region = watchRegion(state.region, reception, regionQuery(off, feed, cadenceMs), at);
  const leaving = state.leaving && !heardAhead(off, { feed, aisClass }, reception, state.tally.until, at);
  return { ...state, tally, region, leaving };
}

function regionQuery(off: Fix, feed: number, cadenceMs: number): RegionQuery {
  return { lon: off.lon, lat: off.lat, at: off.at, feed, cadenceMs };
}

/** The outages of the feed and of the region of the last position, up to an instant. */
function outagesOf(state: GapState, to: number, around: Surroundings): readonly Outage[] {
  const { off, feed, region } = state;
  const ofFeed = around.outages.within(feed, off.at, to);
  if (region.kind !== 'out') return ofFeed;
  return unionOf([...ofFeed, { from: off.at, to: Math.min(to, region.backAt ?? to) }]);
}

function judge(params: GapParams, state: GapState, to: number, around: Surroundings): Judgement {
  const { off, tally } = state;
  const outages = outagesOf(state, to, around);
  const netMs = to - off.at - overlapMs(outages, off.at, to);
  const hours = hoursOf(tally, off.at, to, outages);
  const share = hours.usable === 0 ? 0 : hours.heard / hours.usable;
  const cadences = state.cadenceMs > 0 ? netMs / state.cadenceMs : 0;
  const doubts = doubtsOf(params, state, { outages, share, cadences });
  const base = { netMs, outages, hours, doubts };
  if (netMs <= params.thresholdH * HOUR_MS) return { ...base, verdict: 'void', confidence: 0 };
  const witnesses = tally.ships.size;
  if (doubts.length > 0) {
    const partly = Math.min(1, witnesses / params.witnessesAtLeast) * share;
    return { ...base, verdict: 'unobserved', confidence: rounded(0.1 + 0.2 * partly, 2) };
  }
  const manyShips = 1 - Math.exp(-(witnesses - params.witnessesAtLeast + 1) / 3);
  const oftenHeard = Math.min(1, cadences / 12);
  return { ...base, verdict: 'silent', confidence: rounded(0.5 + 0.45 * manyShips * share * oftenHeard, 2) };
}

function doubtsOf(
  params: GapParams,
  state: GapState,
  heard: { readonly outages: readonly Outage[]; readonly share: number; readonly cadences: number },
): Doubt[] {
  const { tally, region, off } = state;
  const earlyH = Math.max(1, params.thresholdH * EARLY_SHARE);
  const outWithIt = heard.outages.some(
    ({ from, to }) => from < off.at + OUT_WITH_IT_MS && to - off.at > STILL_NEAR_MS,
  );
  const all: readonly (readonly [Doubt, boolean])[] = [
    ['few-witnesses', tally.ships.size < params.witnessesAtLeast],
    ['few-hours-with-witness', heard.share < params.hoursHeardShare],
    ['own-interval', heard.cadences < params.cadenceFactor],
    ['not-heard-early', ![...tally.hoursHeard].some((hour) => hour < earlyH)],
    ['leaving-coverage', state.leaving],
    ['fell-silent-together', region.kind === 'edge'],
    ['out-when-it-fell-silent', outWithIt],
    ['maybe-moored', state.maybeMoored],
  ];
  return all.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
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
      nexus: nexus,
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
    doubts: [...judged.doubts],
    region: {
      radiusKm: state.region.radiusKm,
      heardInHourBefore: state.region.before,
      fellSilentTogether: state.region.fell,
    },
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
    'Is judged anew every hour of event time in its first day, then after each 24th of its length; told again when its verdict changes or its length doubles.',
    'Closes with the next position of the same hull.',
    'Is retracted when outages leave no more than the threshold, when the ship turns out to have left coverage, when late positions shorten it below the threshold, or when the MMSI turns out to be shared.',
  ],
  silentFor: [
    'a hull heard only once or twice: it has no cadence to judge by',
    'outages of the feed, and of the region around the ship: at least three hulls, and 80 % of those heard in the hour before, that fall silent with it',
    'a ship on its way out of the water that the receivers are known to hear',
    'a silence that begins while moored: stopped at a berth or within 1 km of the shore, or status 5 near an anchorage point or port',
    'class B, sailing and pleasure craft switched off within 2 km of the shore',
    'an MMSI that is heard from another hull meanwhile',
    'recordings that end: a feed that stops is no silence of its ships',
  ],
  limits: [
    'Reception is known only from other ships of the same class: a ship with a weak transmitter, or in the shadow of an island, looks silent.',
    'Witnesses are counted in pieces of ten minutes, by the place of their first report in an area cell in that hour.',
    'Several ships that switch off together within 20 minutes, with hardly any other heard within 25 km, look like an outage.',
    'An outage of a region that begins more than an hour after the ship fell silent shows only as hours without a witness.',
    'A ship that lies still where the coast is not known may be at a berth: its silence is unobserved at most.',
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
