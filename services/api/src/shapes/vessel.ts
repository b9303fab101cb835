import type { IdentityRecord, PositionRecord, ShipLink, VesselRecord } from '@offing/store';
import { isoOf } from '@offing/units';
import type { PublicIdentity, PublicPosition, PublicVessel } from '../schemas/vessel.ts';

/** The classes of AIS as printed, by their number. */
export const AIS_CLASSES: readonly (string | null)[] = [null, 'A', 'B'];
/** The kinds of receivers as printed, by their number. */
export const RECEIVER_KINDS: readonly (string | null)[] = [null, 'terrestrial', 'satellite'];

/** Returns a vessel as it stands in the API and in exports; `flag` is the country of its MMSI, if known. */
export function publicVessel(record: VesselRecord, flag: string | null): PublicVessel {
  return {
    vesselId: record.vesselId,
    mmsi: record.mmsi,
    hull: record.hull,
    flag,
    imoNumber: record.imoNumber,
    shipName: record.shipName,
    callSign: record.callSign,
    shipType: record.shipType,
    lengthM: record.lengthM,
    beamM: record.beamM,
    draughtM: record.draughtM,
    destination: record.destination,
    aisClass: AIS_CLASSES[record.aisClass] ?? null,
    firstAt: isoOf(record.firstAt),
    lastAt: isoOf(record.lastAt),
    lon: record.lon,
    lat: record.lat,
    positions: record.positions,
    feeds: record.feeds,
    synthetic: record.synthetic,
  };
}

/** Returns a static report as it stands in a vessel's identity history. */
export function publicIdentity(record: IdentityRecord): PublicIdentity {
  return { ...record, at: isoOf(record.at) };
}

/** Returns a position as it stands in the API and in exports. */
export function publicPosition(record: PositionRecord): PublicPosition {
  return {
    ...record,
    at: isoOf(record.at),
    receivedAt: record.receivedAt === null ? null : isoOf(record.receivedAt),
    aisClass: AIS_CLASSES[record.aisClass] ?? null,
    receiverKind: RECEIVER_KINDS[record.receiverKind] ?? null,
  };
}

/** Returns a link between two hulls as it stands in a vessel's answer. */
export function publicLink({ decision, ...link }: ShipLink) {
  return {
    ...link,
    knownSince: isoOf(link.knownSince),
    decision: decision === null ? null : { ...decision, decidedAt: isoOf(decision.decidedAt) },
  };
}
