import { isoOf } from '@offing/units';
import type { EventVessel, Json } from './event.ts';
import type { Fix, SlowFix, VesselView } from './signal.ts';

/** Returns a fix as it stands in evidence: the values as received, null where the message did not say. */
export function fixEvidence(fix: Fix): { readonly [key: string]: Json } {
  return { ...fix, at: isoOf(fix.at) };
}

/** Returns a position at the edge of a slow stretch as it stands in evidence. */
export function slowFixEvidence({ at, lon, lat, sogKn }: SlowFix): { readonly [key: string]: Json } {
  return { at: isoOf(at), lon, lat, sogKn };
}

/** Returns the vessel as it is named in an event. */
export function eventVessel(vessel: VesselView): EventVessel {
  const { vesselId, mmsi, identity } = vessel;
  return { vesselId, mmsi, imoNumber: identity.imoNumber, shipName: identity.shipName };
}

/** Returns a number rounded to so many decimals, so that evidence prints what it can stand for. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
