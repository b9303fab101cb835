import type { Gazetteer, LocatedPort } from '@offing/gazetteer';

/** Where no anchorage point lies within this distance, the gazetteer may know none of those there are, km (ours). */
const CHARTED_KM = 100;
/** This far from any shore there is no anchorage that could be missing, km (ours). */
const OPEN_SEA_KM = 50;
/** A watched port within this distance is named, km (detections.md, `hovering`). */
const PORT_KM = 50;

/** What the gazetteer says of where two ships met; distances in km, null where nothing is near or known. */
export type MeetingWaters = {
  readonly anchorageKm: number | null;
  readonly portKm: number | null;
  readonly shoreKm: number | null;
  /** Nearer to an anchorage point, or to a port that has none on record, than the rule's distance. */
  readonly isNearAnchorage: boolean;
  /** Whether the gazetteer would know an anchorage there. */
  readonly isCharted: boolean;
  /** The watched port that it lies off, and how far it is. */
  readonly port: LocatedPort | null;
  readonly watchedKm: number | null;
};

/** Returns what the gazetteer says of a place; `limitKm` is the distance from anchorages that the rule asks for. */
export function meetingWaters(
  lon: number,
  lat: number,
  limitKm: number,
  gazetteer: Gazetteer,
): MeetingWaters {
  const anchorage = gazetteer.nearestAnchorage(lon, lat, { maxKm: CHARTED_KM });
  const near = gazetteer.nearestPort(lon, lat, { maxKm: CHARTED_KM });
  const shoreM = gazetteer.shoreDistanceM(lon, lat);
  const shoreKm = shoreM === null ? null : shoreM / 1000;
  const approach = gazetteer.watchedApproach(lon, lat, PORT_KM);
  return {
    anchorageKm: anchorage?.km ?? null,
    portKm: near?.km ?? null,
    shoreKm,
    isNearAnchorage: (anchorage?.km ?? Infinity) < limitKm || (near?.km ?? Infinity) < limitKm,
    isCharted: isCharted(anchorage?.km ?? null, shoreKm),
    port: approach?.port ?? null,
    watchedKm: approach?.kmToPort ?? null,
  };
}

/** Returns whether the gazetteer would know an anchorage at a place: it knows others around, or no shore is near. */
export function hasAnchorageData(lon: number, lat: number, gazetteer: Gazetteer): boolean {
  const anchorage = gazetteer.nearestAnchorage(lon, lat, { maxKm: CHARTED_KM });
  const shoreM = gazetteer.shoreDistanceM(lon, lat);
  return isCharted(anchorage?.km ?? null, shoreM === null ? null : shoreM / 1000);
}

function isCharted(anchorageKm: number | null, shoreKm: number | null): boolean {
  return anchorageKm !== null || (shoreKm !== null && shoreKm >= OPEN_SEA_KM);
}
