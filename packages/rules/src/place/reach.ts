import { distanceM } from '@offing/geo';
import type { Gazetteer, LocatedPort } from '@offing/gazetteer';
import { HOUR_MS, METRES_PER_NAUTICAL_MILE } from '@offing/units';
import type { Json } from '../event.ts';
import { rounded } from '../evidence.ts';
import type { Fix } from '../signal.ts';

/** Speed of a ship of which none was observed, kn (ours: few cargo ships are faster, so that the hours stay an upper bound). */
const UNKNOWN_SERVICE_KN = 15;
/** Anchorage points lie up to this far from the point of their port, km (gazetteer: 30 km, and a rim). */
const PORT_REACH_KM = 35;

/** What a silence left time for at one port. */
export type PortInReach = {
  readonly port: LocatedPort;
  /** Great-circle distance from the last position to the nearest place where a ship lies in the port, km. */
  readonly offKm: number;
  /** The same to the position at which it was heard again; null while it is silent. */
  readonly onKm: number | null;
  /** Hours from the last position on after which the ship can have been there at the earliest. */
  readonly afterH: number;
  /** Hours that can have been spent there at most. */
  readonly hoursAlongside: number;
};

/** The ports that a silent ship can have reached, nearest first. */
export type Reach = {
  /** The speed that was assumed, kn, and whether the ship itself was seen to make it good. */
  readonly speedKn: number;
  readonly isObserved: boolean;
  readonly silenceH: number;
  readonly ports: readonly PortInReach[];
};

/**
 * Returns the ports that a ship can have reached between its last position and its next (or an instant, while it is
 * silent) at the highest speed that it was seen to make good, and the hours that it can have spent in each. The way is
 * the great circle, which no ship can shorten, and the nearest of the port's berths, roads and its own point: so the hours
 * are an upper bound, and a port that is not named was out of reach. A ship that came farther than that speed allows was
 * at least as fast as its way.
 */
export function reachOf(
  off: Fix,
  on: { readonly lon: number; readonly lat: number } | null,
  to: number,
  serviceKn: number | null,
  gazetteer: Gazetteer,
): Reach {
  const silenceH = (to - off.at) / HOUR_MS;
  const wayKm = on === null ? 0 : kmBetween(off, on);
  const leastKn = silenceH > 0 ? kmToNm(wayKm) / silenceH : 0;
  const assumedKn = Math.max(serviceKn ?? UNKNOWN_SERVICE_KN, off.sogKn ?? 0);
  const speedKn = Math.max(assumedKn, leastKn);
  const range = speedKn * silenceH;
  const ports: PortInReach[] = [];
  for (const { port, places } of placesOf(gazetteer)) {
    const roughly = kmBetween(off, port) + (on === null ? 0 : kmBetween(on, port));
    if (kmToNm(roughly - (on === null ? 1 : 2) * PORT_REACH_KM) > range) continue;
    const best = nearest(places, off, on);
    const hours = silenceH - kmToNm(best.offKm + (best.onKm ?? 0)) / speedKn;
    if (!(hours > 0)) continue;
    ports.push({ port, ...best, afterH: kmToNm(best.offKm) / speedKn, hoursAlongside: hours });
  }
  ports.sort((a, b) => a.offKm - b.offKm || (a.port.id < b.port.id ? -1 : 1));
  return { speedKn, isObserved: serviceKn !== null, silenceH, ports };
}

/** Returns reach as it stands in evidence: the nearest ports, and how many there are. */
export function reachEvidence(reach: Reach, most: number): { readonly [key: string]: Json } {
  return {
    speedKn: rounded(reach.speedKn, 1),
    speedFrom: reach.isObserved ? 'observed' : 'assumed',
    silenceH: rounded(reach.silenceH, 2),
    portsInReach: reach.ports.length,
    ports: reach.ports.slice(0, most).map((entry) => portEvidence(entry)),
  };
}

/** Returns one port in reach as it stands in evidence. */
export function portEvidence({ port, offKm, onKm, afterH, hoursAlongside }: PortInReach): {
  readonly [key: string]: Json;
} {
  return {
    id: port.id,
    name: port.name,
    country: port.country,
    offKm: rounded(offKm, 1),
    onKm: onKm === null ? null : rounded(onKm, 1),
    reachedAfterH: rounded(afterH, 2),
    hoursAlongsideAtMost: Math.ceil(hoursAlongside * 100) / 100,
  };
}

type Place = { readonly lon: number; readonly lat: number };
type PortPlaces = { readonly port: LocatedPort; readonly places: readonly Place[] };

const known = new WeakMap<Gazetteer, readonly PortPlaces[]>();

/** Every port with the places where ships lie in it: its berths and roads, and its own point. */
function placesOf(gazetteer: Gazetteer): readonly PortPlaces[] {
  const before = known.get(gazetteer);
  if (before !== undefined) return before;
  const points = new Map<string, Place[]>();
  for (const point of gazetteer.anchorages) {
    const list = points.get(point.portId);
    if (list === undefined) points.set(point.portId, [point]);
    else list.push(point);
  }
  const ports = gazetteer.ports.flatMap((port) => {
    const { lon, lat } = port;
    if (port.kind !== 'port' || lon === null || lat === null) return [];
    return [{ port: { ...port, lon, lat }, places: [{ lon, lat }, ...(points.get(port.id) ?? [])] }];
  });
  known.set(gazetteer, ports);
  return ports;
}

/** The place of a port with the shortest way there, and on to where the ship was heard again. */
function nearest(
  places: readonly Place[],
  off: Place,
  on: Place | null,
): { readonly offKm: number; readonly onKm: number | null } {
  let best = { offKm: Infinity, onKm: on === null ? null : Infinity };
  for (const place of places) {
    const offKm = kmBetween(off, place);
    const onKm = on === null ? null : kmBetween(on, place);
    if (offKm + (onKm ?? 0) < best.offKm + (best.onKm ?? 0)) best = { offKm, onKm };
  }
  return best;
}

function kmBetween(a: Place, b: Place): number {
  return distanceM(a.lon, a.lat, b.lon, b.lat) / 1000;
}

function kmToNm(km: number): number {
  return (km * 1000) / METRES_PER_NAUTICAL_MILE;
}
