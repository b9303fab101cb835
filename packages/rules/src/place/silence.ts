import { bearingDeg, destinationPoint, distanceM } from '@offing/geo';
import { HOUR_MS, isoOf, METRES_PER_NAUTICAL_MILE } from '@offing/units';
import type { Static, TObject } from 'typebox';
import type { Json, Verdict } from '../event.ts';
import { rounded } from '../evidence.ts';
import { numberParam } from '../params.ts';
import type { Surroundings } from '../rule.ts';
import type { Fix, Signal, TrailPoint, VesselView } from '../signal.ts';
import { isHarbourBound } from './harbour-bound.ts';
import { headsOutward, heardAhead } from './leaving.ts';
import { isStill } from './moored.ts';
import type { Outage, Outages } from './outages.ts';
import { overlapMs, unionOf } from './overlap.ts';
import { PIECE_MS } from './reception.ts';
import { regionAt, watchRegion, type RegionQuery, type RegionState } from './region.ts';
import type { VanishingRecord } from './vanishings.ts';
import { extendTally, hoursOf, startTally, type Tally } from './witnesses.ts';

/** Receivers must be shown to work within this much of the beginning of a silence; share of the threshold (ours). */
const EARLY_SHARE = 0.5;
/** An outage that begins this soon after the last position may have begun with it (ours). */
const OUT_WITH_IT_MS = HOUR_MS;
/** Within this time most ships are still where their last position says that others were heard (ours: 50 km at 13 kn). */
const STILL_NEAR_MS = 2 * HOUR_MS;

/** A course made good is taken over this distance at least and this time at most (ours). */
const COURSE_FROM_M = 2000;
const COURSE_OF_MS = 12 * HOUR_MS;

/** Ship-hours without a vanishing that are taken for granted where little was heard yet (ours). */
const PRIOR_SHIP_HOURS = 20;
/** A region that is out within this distance, or of where the ship is in so many hours, may have swallowed it, km and hours (ours). */
const NEAR_OUTAGE_KM = 8;
const AHEAD_H = 2;

/** The parameters by which a silence is judged, shared by the rules that judge one. */
export const SILENCE_PARAMS = {
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
  heardForH: numberParam(
    0.5,
    0,
    24,
    'The ship must have been heard for so long without a long pause; hours [ours, calibrated].',
  ),
  vanishEveryH: numberParam(
    30,
    1,
    10_000,
    'Where ships of its class that moved alike vanish more often than once in so many ship-hours, one more says nothing; hours [ours, calibrated].',
  ),
  leavingSogKn: numberParam(3, 0, 60, 'A ship at least this fast may be about to leave coverage; kn [ours].'),
  rejudgeH: numberParam(
    1,
    0.25,
    6,
    'An open gap is judged anew this often in its first day, then after a 24th of its length, up to 6 h; hours [ours].',
  ),
  followD: numberParam(30, 1, 3650, 'An open gap is judged anew for this long; days [ours].'),
};

/** The values of the parameters by which a silence is judged. */
export type SilenceParams = Static<TObject<typeof SILENCE_PARAMS>>;

/** What is remembered of a silence that goes on. */
export type Silence = {
  readonly off: Fix;
  readonly feed: number;
  readonly aisClass: number;
  readonly cadenceMs: number;
  /** Highest speed that the ship was seen to make good, kn; null where none is known. */
  readonly serviceKn: number | null;
  /** The last position with the course that the ship made good where it sent none. */
  readonly bound: Fix;
  /** How often ships that moved as this one did, itself left out, vanish where it did. */
  readonly vanishing: VanishingRecord;
  /** How long it had been heard without a long pause, ms. */
  readonly heardForMs: number;
  /** Whether a region close by was out when it fell silent: it may have sailed into it. */
  readonly outageNearby: boolean;
  /** Whether it is a small craft on a course to the shore. */
  readonly harbourBound: boolean;
  readonly tally: Tally;
  /** What happened to the ships around when this one fell silent. */
  readonly region: RegionState;
  /** Whether the ship was on its way out of what the receivers hear, and nobody was heard where it was heading. */
  readonly leaving: boolean;
  /** Whether it lay still where the coast is not known: it may have been at a berth. */
  readonly maybeMoored: boolean;
};

/** What the evidence supports about a silence so far. */
export type Judgement = {
  readonly verdict: Verdict;
  readonly confidence: number;
  readonly netMs: number;
  readonly outages: readonly Outage[];
  readonly hours: { readonly heard: number; readonly usable: number };
  /** Why the ship may not have been silent although others were heard; empty where nothing speaks against it. */
  readonly doubts: readonly Doubt[];
};

/** What keeps a silence from being that of the ship. */
export type Doubt =
  | 'few-witnesses'
  | 'few-hours-with-witness'
  | 'own-interval'
  | 'not-heard-early'
  | 'leaving-coverage'
  | 'fell-silent-together'
  | 'out-when-it-fell-silent'
  | 'maybe-moored'
  | 'harbour-bound'
  | 'heard-too-briefly'
  | 'outage-nearby'
  | 'ships-vanish-here';

/** Returns what is remembered of a silence that has just been told. */
export function beginSilence(
  params: SilenceParams,
  { off, at, madeGoodKn, serviceKn, trail, heardSince }: Extract<Signal, { readonly kind: 'silent' }>,
  vessel: VesselView,
  around: Surroundings,
): Silence {
  const { gazetteer, reception } = around;
  const source = { feed: vessel.feed, aisClass: vessel.aisClass };
  const bound = withCourse(off, trail, madeGoodKn);
  const outward = headsOutward(bound, params.leavingSogKn, gazetteer);
  const query = regionQuery({ off, feed: vessel.feed, cadenceMs: vessel.cadenceMs }, around);
  const still = isStill({ fix: off, madeGoodKn });
  const region = regionAt(reception, query, at);
  const vanishing = around.vanishings.around(vessel.feed, vessel.aisClass, bound, off.at);
  const { shipType } = vessel.identity;
  return {
    off,
    ...source,
    cadenceMs: vessel.cadenceMs,
    serviceKn,
    bound,
    vanishing: { ...vanishing, vanished: Math.max(0, vanishing.vanished - 1) },
    heardForMs: off.at - heardSince,
    outageNearby: false,
    harbourBound: isHarbourBound(bound, { aisClass: vessel.aisClass, shipType }, gazetteer),
    tally: startTally(off.at),
    region,
    leaving: outward && !heardAhead(bound, source, reception, null, at),
    maybeMoored: still !== false && gazetteer.shoreDistanceM(off.lon, off.lat) === null,
  };
}

/** Returns the silence with what was heard of others since the last look. */
export function listenOn<S extends Silence>(
  params: SilenceParams,
  silence: S,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): S {
  const { off, bound, feed, aisClass } = silence;
  const { reception } = around;
  const near = { lon: off.lon, lat: off.lat, radiusKm: params.witnessRadiusKm };
  const asked = { ...near, feed, aisClass, exceptMmsi: vessel.mmsi };
  const tally = extendTally(silence.tally, reception, off.at, at, asked);
  const region = watchRegion(silence.region, reception, regionQuery(silence, around), at);
  const leaving =
    silence.leaving && !heardAhead(bound, { feed, aisClass }, reception, silence.tally.until, at);
  const outageNearby =
    silence.outageNearby || isOutNearby(around.outages, silence, Math.min(at, off.at + OUT_WITH_IT_MS));
  return { ...silence, tally, region, leaving, outageNearby };
}

/** Returns the verdict on a silence up to an instant. */
export function judgeSilence(
  params: SilenceParams,
  silence: Silence,
  to: number,
  around: Surroundings,
): Judgement {
  const { off, tally } = silence;
  const outages = outagesOf(silence, to, around);
  const netMs = to - off.at - overlapMs(outages, off.at, to);
  const hours = hoursOf(tally, off.at, to, outages);
  const share = hours.usable === 0 ? 0 : hours.heard / hours.usable;
  const cadences = silence.cadenceMs > 0 ? netMs / silence.cadenceMs : 0;
  const doubts = doubtsOf(params, silence, { outages, share, cadences });
  const base = { netMs, outages, hours, doubts };
  if (netMs <= params.thresholdH * HOUR_MS) return { ...base, verdict: 'void', confidence: 0 };
  const witnesses = tally.ships.size;
  if (doubts.length > 0) {
    const partly = Math.min(1, witnesses / params.witnessesAtLeast) * share;
    return { ...base, verdict: 'unobserved', confidence: rounded(0.1 + 0.2 * partly, 2) };
  }
  const manyShips = 1 - Math.exp(-(witnesses - params.witnessesAtLeast + 1) / 3);
  const oftenHeard = Math.min(1, cadences / 12);
  const wellHeard = 1 - Math.min(1, vanishingShare(params, silence));
  const sure = manyShips * share * oftenHeard * wellHeard;
  return { ...base, verdict: 'silent', confidence: rounded(0.5 + 0.45 * sure, 2) };
}

/** Why a silence is not told at all, in words; null where it is. */
export function whyWithheld({ verdict, doubts }: Judgement): string | null {
  if (verdict === 'void')
    return 'the receivers were out: no more than the threshold of silence remains outside outages';
  if (doubts.includes('leaving-coverage') && !doubts.includes('few-witnesses'))
    return 'the ship was on its way out of the water that the receivers hear';
  return null;
}

/** Returns the figures of a silence as they stand in evidence, each threshold beside what was observed. */
export function silenceFigures(
  params: SilenceParams,
  silence: Silence,
  judged: Judgement,
  at: number,
): { readonly [key: string]: Json } {
  const { off, tally, region } = silence;
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
    ownMeanIntervalMin: rounded(silence.cadenceMs / 60_000, 1),
    doubts: [...judged.doubts],
    heardForH: rounded(silence.heardForMs / HOUR_MS, 1),
    heardForAtLeastH: params.heardForH,
    vanishing: {
      shipHours: rounded(silence.vanishing.shipHours, 0),
      vanished: rounded(silence.vanishing.vanished, 1),
      everyHoursAtLeast: params.vanishEveryH,
    },
    region: {
      radiusKm: region.radiusKm,
      heardInHourBefore: region.before,
      fellSilentTogether: region.fell,
    },
  };
}

/** The last position, with the speed and the course that the ship made good where it sent none. */
function withCourse(off: Fix, trail: readonly TrailPoint[], madeGoodKn: number | null): Fix {
  const from = trail.findLast((point) => distanceM(point.lon, point.lat, off.lon, off.lat) >= COURSE_FROM_M);
  const isLate = from !== undefined && off.at - from.at <= COURSE_OF_MS;
  const madeGoodDeg = isLate ? bearingDeg(from.lon, from.lat, off.lon, off.lat) : null;
  return { ...off, sogKn: off.sogKn ?? madeGoodKn, cogDeg: off.cogDeg ?? madeGoodDeg };
}

function regionQuery(
  { off, feed, cadenceMs }: Pick<Silence, 'off' | 'feed' | 'cadenceMs'>,
  { outages }: Surroundings,
): RegionQuery {
  return { lon: off.lon, lat: off.lat, at: off.at, feed, cadenceMs, limits: outages.limits };
}

/** The outages of the feed and of the region of the last position, up to an instant. */
function outagesOf(silence: Silence, to: number, around: Surroundings): readonly Outage[] {
  const { off, feed, region } = silence;
  const ofFeed = around.outages.within(feed, off.at, to);
  if (region.kind !== 'out') return ofFeed;
  return unionOf([...ofFeed, { from: off.at, to: Math.min(to, region.backAt ?? to) }]);
}

/**
 * Whether ships vanish so often where this one did that its silence says nothing; only what is known of the water speaks
 * against the witnesses.
 */
function vanishesOften(params: SilenceParams, silence: Silence): boolean {
  return vanishingShare(params, silence) > 1;
}

/** How often ships vanish where a silent one did, as a share of what the parameter allows. */
function vanishingShare(params: SilenceParams, { vanishing }: Silence): number {
  return (vanishing.vanished * params.vanishEveryH) / (vanishing.shipHours + PRIOR_SHIP_HOURS);
}

/** Whether a region close by, or where the ship was bound in the next two hours, is out at an instant. */
function isOutNearby(outages: Outages, { bound, feed }: Silence, at: number): boolean {
  const { lon, lat, sogKn, cogDeg } = bound;
  const metres = (sogKn ?? 0) * METRES_PER_NAUTICAL_MILE * AHEAD_H;
  const ahead = cogDeg === null ? bound : destinationPoint(lon, lat, cogDeg, metres);
  return [bound, ahead].some((place) => outages.isRegionOutNear(feed, place, NEAR_OUTAGE_KM, bound.at, at));
}

function doubtsOf(
  params: SilenceParams,
  silence: Silence,
  heard: { readonly outages: readonly Outage[]; readonly share: number; readonly cadences: number },
): Doubt[] {
  const { tally, off } = silence;
  const earlyH = Math.max(1, params.thresholdH * EARLY_SHARE);
  const outWithIt = heard.outages.some(
    ({ from, to }) => from < off.at + OUT_WITH_IT_MS && to - off.at > STILL_NEAR_MS,
  );
  const all: readonly (readonly [Doubt, boolean])[] = [
    ['few-witnesses', tally.ships.size < params.witnessesAtLeast],
    ['few-hours-with-witness', heard.share < params.hoursHeardShare],
    ['own-interval', heard.cadences < params.cadenceFactor],
    ['not-heard-early', ![...tally.hoursHeard].some((hour) => hour < earlyH)],
    ['leaving-coverage', silence.leaving],
    ['fell-silent-together', silence.region.kind === 'edge'],
    ['out-when-it-fell-silent', outWithIt],
    ['maybe-moored', silence.maybeMoored],
    ['harbour-bound', silence.harbourBound],
    ['heard-too-briefly', silence.heardForMs < params.heardForH * HOUR_MS],
    ['outage-nearby', silence.outageNearby],
    ['ships-vanish-here', vanishesOften(params, silence)],
  ];
  return all.flatMap(([doubt, holds]) => (holds ? [doubt] : []));
}
