import type { Designation, Register } from '@offing/designations';
import { DAY_MS, isoOf, midOf } from '@offing/units';
import type { Json } from './event.ts';
import { holdsAt, nexusEvidence, type NexusEntry } from './place/nexus-entry.ts';
import type { VesselView } from './signal.ts';

/** The maritime identification digits of the DPRK (ITU table of MIDs). */
export const MID_DPRK = 445;
/** How long a flag that a ship no longer flies links it to the flag's country (ours: two years). */
const FORMER_FLAG_MS = 730 * DAY_MS;
/** The flag of the DPRK as lists print it. */
const DPRK_FLAGS: ReadonlySet<string> = new Set([
  "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA",
  'DPRK',
  'KOREA, NORTH',
  'KP',
  'NORTH KOREA',
  'PRK',
]);

/** A dated, sourced reason to link a vessel to the DPRK. It is a link, never an accusation. */
export type Nexus = { readonly [key: string]: Json };

/**
 * Returns the reasons known at an instant (ms) to link the vessel to the DPRK: its flag by MMSI, lists by a number they
 * name, and what the fold remembers of it, as far as that has not expired: its DPRK port visits, former flags, meetings.
 */
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
  for (const imoNumber of vessel.identity.imoNumbers)
    reasons.push(...listedReasons(imoNumber, at, register), ...listedFlags(imoNumber, at, register));
  const ownFlag = String(vessel.mmsi);
  const remembered = vessel.nexus.filter(
    (entry) => holdsAt(entry, at) && !(entry.kind === 'flag' && entry.key === ownFlag),
  );
  return [...reasons, ...remembered.map((entry) => nexusEvidence(entry, at))];
}

/** Returns the link of a hull that flies the DPRK flag now, for the time when it no longer does; `from` and `at` in ms. */
export function flagNexus(mmsi: number, from: number, at: number): NexusEntry {
  return {
    kind: 'flag',
    key: String(mmsi),
    from,
    until: at + FORMER_FLAG_MS,
    how: `sent the same IMO number under MMSI ${mmsi}, which begins with 445`,
    source: 'AIS; ITU table of MIDs',
    secondHand: false,
    note: null,
  };
}

function listedReasons(imoNumber: number, at: number, register: Register): Nexus[] {
  const match = register.match({ imoNumber, mmsi: null, callSign: null, shipName: null }, at, at);
  if (match === null || match.level !== 'confirmed') return [];
  return match.entries.map((entry) => ({
    kind: 'designated',
    how: `IMO number ${imoNumber} is on ${entry.list} since ${entry.designatedOn}`,
    asOf: isoOf(at),
    source: entry.source,
  }));
}

/** The flag of the DPRK as a list prints it, for as long as the listing stands and two years more. */
function listedFlags(imoNumber: number, at: number, register: Register): Nexus[] {
  return (flaggedEntries(register).get(imoNumber) ?? [])
    .filter(({ designatedOn, delistedOn }) => {
      const until = delistedOn === null ? Infinity : Date.parse(delistedOn) + FORMER_FLAG_MS;
      return Date.parse(designatedOn) <= at && at < until;
    })
    .map((entry) => ({
      kind: 'flag',
      how: `${entry.list} gives the flag ${entry.flag} for IMO number ${imoNumber} (listed ${entry.designatedOn})`,
      asOf: isoOf(at),
      source: entry.source,
    }));
}

const flagged = new WeakMap<Register, ReadonlyMap<number, readonly Designation[]>>();

function flaggedEntries(register: Register): ReadonlyMap<number, readonly Designation[]> {
  const known = flagged.get(register);
  if (known !== undefined) return known;
  const byImo = new Map<number, Designation[]>();
  for (const entry of register.designations) {
    const { imoNumber, flag } = entry;
    if (imoNumber === null || flag === null || !DPRK_FLAGS.has(flag.trim().toUpperCase())) continue;
    byImo.set(imoNumber, [...(byImo.get(imoNumber) ?? []), entry]);
  }
  flagged.set(register, byImo);
  return byImo;
}
