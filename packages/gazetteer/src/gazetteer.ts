import { distanceM, indexPlaces, nearestPlace, type PlaceIndex, type Shore } from '@offing/geo';
import { stableId, type Place } from '@offing/units';
import type { Announcement } from './announcements.ts';
import type { CoastCountry } from './coast-countries.ts';
import type { AnchorageKind, AnchoragePoint, Port } from './port.ts';
import type { Zone } from './zones.ts';
import { makeWatchGrid, NEAR_WATCHED_KM } from './watch-grid.ts';

/** What a gazetteer needs to know of the shore; without `coastCountry` nobody's coast is known. */
export type ShoreAnswers = Pick<Shore, 'shoreDistanceM' | 'isOnLand'> & {
  readonly isOffShore?: Shore['isOffShore'];
  readonly coastCountry?: Gazetteer['coastCountry'];
  readonly coastPlaces?: Gazetteer['coastPlaces'];
};

/** Which ports to consider: all within `maxKm`, or the watched ones alone. */
export type PortQuery = { readonly maxKm: number; readonly watchedOnly?: boolean };

/** Which anchorage points to consider: those within `maxKm`, of a kind, of watched ports, of one port. */
export type AnchorageQuery = {
  readonly maxKm: number;
  readonly kind?: AnchorageKind;
  readonly watchedOnly?: boolean;
  readonly portId?: string;
};

/** A port whose place is known. */
export type LocatedPort = Port & { readonly lon: number; readonly lat: number };

/** A port and the great-circle distance to its point, km. */
export type NearPort = { readonly port: LocatedPort; readonly km: number };

/** An anchorage point and the great-circle distance to it, km. */
export type NearAnchorage = { readonly point: AnchoragePoint; readonly km: number };

/** A watched port that a place lies off; `kmToAnchorage` is null when none of its anchorage points is in range. */
export type Approach = {
  readonly port: LocatedPort;
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
  /** The nearest anchorage point that answers the query, or null; `watchedOnly` takes in the parts of watched ports. */
  readonly nearestAnchorage: (lon: number, lat: number, query: AnchorageQuery) => NearAnchorage | null;
  /**
   * The watched port whose point lies within `maxKm`, or one of whose anchorage points lies within `anchorageKm`
   * (`maxKm` unless given), or null. Of several the one that the nearest anchorage point belongs to, unless the own point
   * of a watched port is at least as near: a big port's roads reach farther than the middle between two ports' points.
   * The anchorage points of an unwatched part of a watched port (see `parentPortId`) count as the watched port's.
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
  /** Whether a place lies at sea and at least so far (metres) from every shore; null where no shore is known. */
  readonly isOffShore: (lon: number, lat: number, leastM: number) => boolean | null;
  readonly isOnLand: (lon: number, lat: number) => boolean;
  /** Whose shore is the nearest, where it lies within `maxKm` (below 100); null where none does or no source tells. */
  readonly coastCountry: (lon: number, lat: number, maxKm: number) => CoastCountry | null;
  /** The vertices of the coasts of some countries (ISO 3166-1 alpha-2), to make a grid of. */
  readonly coastPlaces: (countries: ReadonlySet<string>) => readonly Place[];
  /** Dated statements of states and ports on who may call. */
  readonly announcements: readonly Announcement[];
  /** Polygons of the user's, by id; see `withZones`. */
  readonly zones: readonly Zone[];
};

/**
 * Returns a gazetteer of the given ports, points and shore. Of two ports with one id the later counts, so that a user's
 * own ports can be added behind the published ones. A port without a position is listed but never near, and a point
 * whose port is unknown is left out. Without a `version` it gets a hash of ports, points and announcements.
 */
export function makeGazetteer(
  ports: readonly Port[],
  anchorages: readonly AnchoragePoint[],
  shore: ShoreAnswers,
  version?: string,
  announcements: readonly Announcement[] = [],
): Gazetteer {
  const byId = new Map(ports.map((port) => [port.id, port]));
  const sorted = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const points = anchorages.filter((point) => byId.has(point.portId));
  const located = sorted.filter(isLocated);
  const lists: Lists = {
    ports: indexed(located.filter((port) => port.kind === 'port')),
    watchedPorts: indexed(located.filter((port) => port.watched)),
    points: indexed(points),
    watchedPoints: indexed(points.filter((point) => watchedOwner(byId, point.portId) !== null)),
    pointsOf: grouped(points, (point) => point.portId),
    pointsOfWatched: grouped(points, (point) => watchedOwner(byId, point.portId)?.id ?? null),
    byId,
  };
  const isOffShore = (lon: number, lat: number, leastM: number): boolean | null => {
    const shoreM = shore.shoreDistanceM(lon, lat);
    return shoreM === null ? null : shoreM >= leastM;
  };
  const nearWatched = makeWatchGrid([...lists.watchedPorts.items, ...lists.watchedPoints.items]);
  return {
    ports: sorted,
    anchorages: points,
    version:
      version ??
      stableId(
        'gazetteer-',
        [sorted, points, announcements].map((list) => JSON.stringify(list)),
      ),
    port: (id) => byId.get(id) ?? null,
    nearestPort: (lon, lat, query) => nearestPort(lists, lon, lat, query),
    nearestAnchorage: (lon, lat, query) => nearestAnchorage(lists, lon, lat, query),
    watchedApproach: (lon, lat, maxKm, anchorageKm = maxKm) => {
      const isFar = Math.max(maxKm, anchorageKm) <= NEAR_WATCHED_KM && !nearWatched(lon * 1e7, lat * 1e7);
      return isFar ? null : watchedApproach(lists, lon, lat, maxKm, anchorageKm);
    },
    nearWatched,
    shoreDistanceM: shore.shoreDistanceM,
    isOffShore: shore.isOffShore ?? isOffShore,
    isOnLand: shore.isOnLand,
    coastCountry: shore.coastCountry ?? (() => null),
    coastPlaces: shore.coastPlaces ?? (() => []),
    announcements,
    zones: [],
  };
}

/** Returns the gazetteer with zones of the user's. */
export function withZones(gazetteer: Gazetteer, zones: readonly Zone[]): Gazetteer {
  return { ...gazetteer, zones };
}

/** Items and the index of their places, in the same order; the index is made when it is first asked for. */
type Indexed<Item> = { readonly items: readonly Item[]; readonly index: () => PlaceIndex };

type Lists = {
  readonly ports: Indexed<LocatedPort>;
  readonly watchedPorts: Indexed<LocatedPort>;
  readonly points: Indexed<AnchoragePoint>;
  readonly watchedPoints: Indexed<AnchoragePoint>;
  readonly pointsOf: ReadonlyMap<string, Indexed<AnchoragePoint>>;
  /** By watched port: its own points and those of its unwatched parts. */
  readonly pointsOfWatched: ReadonlyMap<string, Indexed<AnchoragePoint>>;
  readonly byId: ReadonlyMap<string, Port>;
};

function isLocated(port: Port): port is LocatedPort {
  return port.lon !== null && port.lat !== null;
}

/** The watched port whose waters those of a port are: itself, or the one it is a part of; null when nobody watches them. */
function watchedOwner(byId: ReadonlyMap<string, Port>, id: string): LocatedPort | null {
  const port = byId.get(id);
  const parent = byId.get(port?.parentPortId ?? '');
  for (const candidate of [port, parent])
    if (candidate?.watched === true && isLocated(candidate)) return candidate;
  return null;
}

function indexed<Item extends { readonly lon: number; readonly lat: number }>(
  items: readonly Item[],
): Indexed<Item> {
  let index: PlaceIndex | null = null;
  return {
    items,
    index: () =>
      (index ??= indexPlaces(
        items.map((item) => item.lon),
        items.map((item) => item.lat),
      )),
  };
}

function grouped(
  points: readonly AnchoragePoint[],
  portOf: (point: AnchoragePoint) => string | null,
): Map<string, Indexed<AnchoragePoint>> {
  const groups = new Map<string, AnchoragePoint[]>();
  for (const point of points) {
    const portId = portOf(point);
    if (portId === null) continue;
    const group = groups.get(portId);
    if (group === undefined) groups.set(portId, [point]);
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
  const near = nearestPlace(index(), lon, lat, maxKm);
  return near === null ? null : { port: items[near.i], km: near.km };
}

function nearestAnchorage(
  lists: Lists,
  lon: number,
  lat: number,
  query: AnchorageQuery,
): NearAnchorage | null {
  const { kind, maxKm, portId, watchedOnly } = query;
  if (watchedOnly === true && portId !== undefined && watchedOwner(lists.byId, portId) === null) return null;
  const every = watchedOnly === true ? lists.watchedPoints : lists.points;
  const searched = portId === undefined ? every : lists.pointsOf.get(portId);
  if (searched === undefined) return null;
  const accept = kind === undefined ? undefined : (i: number): boolean => searched.items[i].kind === kind;
  const near = nearestPlace(searched.index(), lon, lat, maxKm, accept);
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
  const owner = byAnchorage === null ? null : watchedOwner(lists.byId, byAnchorage.point.portId);
  const pointFirst = byPoint !== null && (byAnchorage === null || byPoint.km <= byAnchorage.km);
  const port = pointFirst ? byPoint.port : owner;
  if (port === null) return null;
  const ownPoints = lists.pointsOfWatched.get(port.id);
  const own = ownPoints === undefined ? null : nearestPlace(ownPoints.index(), lon, lat, anchorageKm);
  return { port, kmToPort: distanceM(lon, lat, port.lon, port.lat) / 1000, kmToAnchorage: own?.km ?? null };
}
