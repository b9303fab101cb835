import type { Register } from '@offing/designations';
import { isoOf, midOf } from '@offing/units';
import type { Json } from './event.ts';
import type { VesselView } from './signal.ts';

/** The maritime identification digits of the DPRK (ITU table of MIDs). */
const MID_DPRK = 445;

/** A dated, sourced reason to link a vessel to the DPRK. It is a link, never an accusation. */
export type Nexus = { readonly [key: string]: Json };

/** Returns the reasons known on a day to link the vessel to the DPRK: its flag by MMSI, and lists by a number they name. */
export function nexusOf(vessel: VesselView, at: number, register: Register): readonly Nexus[] {
  const reasons: Nexus[] = [];
  if (midOf(vessel.mmsi) === MID_DPRK) {
    reasons.push({
      kind: 'flag',
      how: `MMSI ${vessel.mmsi} begins with 445`,
      asOf: isoOf(at),
      source: 'ITU table of MIDs',
    });
  }
  for (const imoNumber of vessel.identity.imoNumbers) {
    const match = register.match({ imoNumber, mmsi: null, callSign: null, shipName: null }, at);
    if (match === null || match.level !== 'confirmed') continue;
    for (const entry of match.entries) {
      reasons.push({
        kind: 'designated',
        how: `IMO number ${imoNumber} is on ${entry.list} since ${entry.designatedOn}`,
        asOf: isoOf(at),
        source: entry.source,
      });
    }
  }
  return reasons;
}
