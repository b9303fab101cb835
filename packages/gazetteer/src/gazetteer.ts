import { distanceM, indexPlaces, nearestPlace, type PlaceIndex, type Shore } from '@offing/geo';
import { stableId } from '@offing/units';
import type { AnchorageKind, AnchoragePoint, Port } from './port.ts';
import { makeWatchGrid } from './watch-grid.ts';

/** What a gazetteer needs to know of the shore. */
export type ShoreAnswers = Pick<Shore, 'shoreDistanceM' | 'isOnLand'>;

/** Which ports to consider: all within `maxKm`, or the watched ones alone. */
export type PortQuery = { readonly maxKm: number; readonly watchedOnly?: boolean };

/** Which anchorage points to consider: those within `maxKm`, of a kind, of watched ports, of one port. */
export type AnchorageQuery = {
  readonly maxKm: number;
  readonly kind?: AnchorageKind;
  readonly watchedOnly?: boolean;
  readonly portId?: string;
};

/** A port and the great-circle distance to its point, km. */
export type NearPort = { readonly port: Port; readonly km: number };

/** An anchorage point and the great-circle distance to it, km. */
export type NearAnchorage = { readonly point: AnchoragePoint; readonly km: number };

/** A watched port that a place lies off; `kmToAnchorage` is null when none of its anchorage points is in range. */
export type Approach = {
  readonly port: Port;
  readonly kmToPort: number;
  readonly kmToAnchorage: number | null;
};

/** Ports, the points where ships lie, and the shore, with the questions the rules ask of them. Read only. */
export type Gazetteer = {
  /** All ports, ordered by id: published ones, labels, and those without a position. */
  readonly ports: readonly Port[];
  readonly anchorages: readonly AnchoragePoint[];
  /** Names the data, to be printed wherever a conclusion rests on them. */
  readonly version: string;
  readonly port: (id: string) => Port | null;
  /** The nearest port (kind `port`, not `label`) by its point, or null. */
  readonly nearestPort: (lon: number, lat: number, query: PortQuery) => NearPort | null;
  readonly nearestAnchorage: (lon: number, lat: number, query: AnchorageQuery) => NearAnchorage | null;
  /**
   * The watched port whose point lies within `maxKm`, or one of whose anchorage points lies within `anchorageKm`
   * (`maxKm` unless given); the nearest of them by either distance, or null.
   */
  readonly watchedApproach: (
    lon: number,
    lat: number,
    maxKm: number,
    anchorageKm?: number,
  ) => Approach | null;
  /** Whether a watched port or one of its anchorage points may lie within 60 km; in 1e-7 degrees, for the hot path. */
  readonly nearWatched: (lonE7: number, latE7: number) => boolean;
  /** Metres to the nearest shore, negative on land, null outside the waters the coast covers. */
  readonly shoreDistanceM: (lon: number, lat: number) => number | null;
  readonly isOnLand: (lon: number, lat: number) => boolean;
};

/**
 * Returns a gazetteer of the given ports, points and shore. Of two ports with one id the later counts, so that a user's
 * own ports can be added behind the published ones. A port without a position is listed but never near, and a point
 * whose port is unknown is left out. Without a `version` it gets a hash of ports and points.
 */
export function makeGazetteer(
  ports: readonly Port[],
  anchorages: readonly AnchoragePoint[],
  shore: ShoreAnswers,
  version?: string,
): Gazetteer {
  const byId = new Map(ports.map((port) => [port.id, port]));
  const sorted = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const points = anchorages.filter((point) => byId.has(point.portId));
  const isWatched = (id: string): boolean => byId.get(id)?.watched === true;
  const located = sorted.filter(isLocated);
  const lists: Lists = {
    ports: indexed(located.filter((port) => port.kind === 'port')),
    watchedPorts: indexed(located.filter((port) => port.watched)),
    points: indexed(points),
    watchedPoints: indexed(points.filter((point) => isWatched(point.portId))),
    pointsOf: grouped(points),
    byId,
  };
  return {
    ports: sorted,
    anchorages: points,
    version: version ?? stableId('gazetteer-', [JSON.stringify(sorted), JSON.stringify(points)]),
    port: (id) => byId.get(id) ?? null,
    nearestPort: (lon, lat, query) => nearestPort(lists, lon, lat, query),
    nearestAnchorage: (lon, lat, query) => nearestAnchorage(lists, lon, lat, query),
    watchedApproach: (lon, lat, maxKm, anchorageKm) =>
      watchedApproach(lists, lon, lat, maxKm, anchorageKm ?? maxKm),
    nearWatched: makeWatchGrid([...lists.watchedPorts.items, ...lists.watchedPoints.items]),
    shoreDistanceM: shore.shoreDistanceM,
    isOnLand: shore.isOnLand,
  };
}

type Located = Port & { readonly lon: number; readonly lat: number };

/** Items and the index of their places, in the same order. */
type Indexed<Item> = { readonly items: readonly Item[]; readonly index: PlaceIndex };

type Lists = {
  readonly ports: Indexed<Located>;
  readonly watchedPorts: Indexed<Located>;
  readonly points: Indexed<AnchoragePoint>;
  readonly watchedPoints: Indexed<AnchoragePoint>;
  readonly pointsOf: ReadonlyMap<string, Indexed<AnchoragePoint>>;
  readonly byId: ReadonlyMap<string, Port>;
};

function isLocated(port: Port): port is Located {
  return port.lon !== null && port.lat !== null;
}

function indexed<Item extends { readonly lon: number; readonly lat: number }>(
  items: readonly Item[],
): Indexed<Item> {
  return {
    items,
    index: indexPlaces(
      items.map((item) => item.lon),
      items.map((item) => item.lat),
    ),
  };
}

function grouped(points: readonly AnchoragePoint[]): Map<string, Indexed<AnchoragePoint>> {
  const groups = new Map<string, AnchoragePoint[]>();
  for (const point of points) {
    const group = groups.get(point.portId);
    if (group === undefined) groups.set(point.portId, [point]);
    else group.push(point);
  }
  return new Map([...groups].map(([id, group]) => [id, indexed(group)]));
}

function nearestPort(
  lists: Lists,
  lon: number,
  lat: number,
  { maxKm, watchedOnly }: PortQuery,
): NearPort | null {
  const { items, index } = watchedOnly === true ? lists.watchedPorts : lists.ports;
  const near = nearestPlace(index, lon, lat, maxKm);
  return near === null ? null : { port: items[near.i], km: near.km };
}

function nearestAnchorage(
  lists: Lists,
  lon: number,
  lat: number,
  query: AnchorageQuery,
): NearAnchorage | null {
  const { kind, maxKm, portId, watchedOnly } = query;
  if (watchedOnly === true && portId !== undefined && lists.byId.get(portId)?.watched !== true) return null;
  const every = watchedOnly === true ? lists.watchedPoints : lists.points;
  const searched = portId === undefined ? every : lists.pointsOf.get(portId);
  if (searched === undefined) return null;
  const accept = kind === undefined ? undefined : (i: number): boolean => searched.items[i].kind === kind;
  const near = nearestPlace(searched.index, lon, lat, maxKm, accept);
  return near === null ? null : { point: searched.items[near.i], km: near.km };
}

function watchedApproach(
  lists: Lists,
  lon: number,
  lat: number,
  maxKm: number,
  anchorageKm: number,
): Approach | null {
  const byPoint = nearestPort(lists, lon, lat, { maxKm, watchedOnly: true });
  const byAnchorage = nearestAnchorage(lists, lon, lat, { maxKm: anchorageKm, watchedOnly: true });
  if (byPoint === null && byAnchorage === null) return null;
  const port =
    byAnchorage === null || (byPoint !== null && byPoint.km <= byAnchorage.km)
      ? byPoint?.port
      : lists.byId.get(byAnchorage.point.portId);
  if (port === undefined || port.lon === null || port.lat === null) return null;
  const own = nearestAnchorage(lists, lon, lat, { maxKm: anchorageKm, portId: port.id });
  return { port, kmToPort: distanceM(lon, lat, port.lon, port.lat) / 1000, kmToAnchorage: own?.km ?? null };
}
