import { distanceM } from '@offing/geo';
import { DAY_MS, HOUR_MS, isShipMmsi, METRES_PER_SECOND_PER_KNOT } from '@offing/units';
import type { SeenAt } from '../signal.ts';
import type { ImoClaim } from './imo-claims.ts';

/** A number that is typed where none is known, and that passes the check of a ship's by chance. */
const PLACEHOLDER = 1_234_567;
/** A ship cannot be heard in two places further apart than noise and this speed explain [gpsdio-segment: 25 kn]. */
const REACH_KN = 25;
/** Two transponders of one ship, a bad fix, a position rounded to a tenth of a degree (ours). */
const NEAR_M = 20_000;

/** What is to be made of two hulls of different MMSIs that sent one IMO number. */
export type OneShip =
  /** The number moved to the new MMSI: the same ship goes on. */
  | { readonly verdict: 'continued'; readonly gapMs: number }
  /** The same after a long break: the same ship by its number alone. */
  | { readonly verdict: 'after-a-break'; readonly gapMs: number }
  /** The number is sent from two places at once, or from one that could not be reached from the other. */
  | { readonly verdict: 'clone'; readonly apartM: number; readonly isAtOnce: boolean }
  | { readonly verdict: 'undecided' };

/** Limits of the judgement, ms. */
export type OneShipLimits = { readonly linkMs: number; readonly overlapMs: number };

const UNDECIDED: OneShip = { verdict: 'undecided' };

/**
 * Returns which other hull's claim to a number matters to a hull's own: of those that claimed it before, under another
 * MMSI, the one heard last. Null for a number that nobody else sent, that is a placeholder, or that more hulls send than a
 * clone explains.
 */
export function earlierClaim(claims: readonly ImoClaim[], own: ImoClaim, mostHulls: number): ImoClaim | null {
  if (own.imoNumber === PLACEHOLDER) return null;
  const mmsis = new Set(claims.map(({ vessel }) => vessel.mmsi));
  if (mmsis.size > mostHulls) return null;
  const place = claims.findIndex(({ vessel }) => vessel.vesselId === own.vessel.vesselId);
  const others = claims
    .slice(0, Math.max(0, place))
    .filter(({ vessel }) => vessel.mmsi !== own.vessel.mmsi && isShipMmsi(vessel.mmsi));
  return [...others].sort((a, b) => b.last.at - a.last.at)[0] ?? null;
}

/**
 * Judges two hulls that sent one IMO number, from all that was heard of both by now. The link is never kept: a hull that
 * is heard again changes the judgement.
 */
export function oneShip(own: ImoClaim, earlier: ImoClaim, limits: OneShipLimits): OneShip {
  if (earlier.last.at - own.from > limits.overlapMs) return heardAtOnce(own, earlier);
  // A hull that was there under its own MMSI all the while is another one, whatever number it sends now.
  if (own.first.at < earlier.last.at - limits.overlapMs) return UNDECIDED;
  const gapMs = Math.max(0, own.first.at - earlier.last.at);
  const apartM = metres(earlier.last, own.first);
  if (apartM > reach(gapMs)) return { verdict: 'clone', apartM, isAtOnce: false };
  return { verdict: gapMs <= limits.linkMs ? 'continued' : 'after-a-break', gapMs };
}

function heardAtOnce(own: ImoClaim, earlier: ImoClaim): OneShip {
  const apartM = metres(own.last, earlier.last);
  const betweenMs = Math.abs(own.last.at - earlier.last.at);
  return apartM > reach(betweenMs) ? { verdict: 'clone', apartM, isAtOnce: true } : UNDECIDED;
}

function reach(ms: number): number {
  return NEAR_M + (REACH_KN * METRES_PER_SECOND_PER_KNOT * ms) / 1000;
}

function metres(a: SeenAt, b: SeenAt): number {
  return distanceM(a.lon, a.lat, b.lon, b.lat);
}

/** Returns how long to listen for the earlier hull before its silence says anything, ms: some of its own intervals, two days at most. */
export function listenMs(earlier: ImoClaim, leastMs: number): number {
  return Math.min(2 * DAY_MS, Math.max(leastMs, 4 * earlier.cadenceMs, HOUR_MS));
}
