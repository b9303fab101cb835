import { indexPlaces, nearestPlace, type PlaceIndex } from '@offing/geo';
import type { Gazetteer, LocatedPort, Port } from '@offing/gazetteer';
import type { Place } from '@offing/units';

/** The berth point nearest to a place: whose it is and how far, km. */
export type NearBerth = { readonly portId: string; readonly km: number };

/** The points at which a stop is a port visit, and whose they are. */
export type Berths = {
  /** All berth points, to make a grid of. */
  readonly places: readonly Place[];
  /** Returns the nearest berth point within a distance, or null. */
  readonly nearest: (lon: number, lat: number, maxKm: number) => NearBerth | null;
  /** Returns the nearest berth point of a port, its parts and its parent within a distance, or null. */
  readonly nearestOfFamily: (portId: string, lon: number, lat: number, maxKm: number) => NearBerth | null;
  /** Returns the nearest berth point of any country but one (ISO 3166-1 alpha-2) within a distance, or null. */
  readonly nearestAbroad: (lon: number, lat: number, maxKm: number, home: string) => NearBerth | null;
  /** Returns whether two ports are one to whoever counts visits: the same, or parts of the same. */
  readonly sameFamily: (portA: string, portB: string) => boolean;
  /** Returns the port as which a call at a port is told: the watched port of which it is an unwatched part, else itself. */
  readonly calledPort: (portId: string) => Port | null;
};

type BerthPlace = { readonly lon: number; readonly lat: number; readonly portId: string };

/**
 * Returns the berth points of all ports of a gazetteer. A DPRK port counts by its own point as well: no public set of
 * anchorage points has those ports.
 */
export function makeBerths(gazetteer: Gazetteer): Berths {
  const places = berthPlaces(gazetteer);
  const rootOf = (portId: string): string => {
    const port = gazetteer.port(portId);
    return port?.parentPortId ?? portId;
  };
  const families = new Map<string, BerthPlace[]>();
  for (const place of places) {
    const root = rootOf(place.portId);
    const family = families.get(root);
    if (family === undefined) families.set(root, [place]);
    else family.push(place);
  }
  const every = indexed(places);
  const byRoot = new Map([...families].map(([root, family]) => [root, indexed(family)]));
  const foreign = new Map<string, Indexed>();
  const abroad = (home: string): Indexed => {
    const known = foreign.get(home);
    if (known !== undefined) return known;
    const list = indexed(places.filter(({ portId }) => gazetteer.port(portId)?.country !== home));
    foreign.set(home, list);
    return list;
  };
  return {
    places,
    nearest: (lon, lat, maxKm) => nearestOf(every, lon, lat, maxKm),
    nearestOfFamily: (portId, lon, lat, maxKm) => {
      const family = byRoot.get(rootOf(portId));
      return family === undefined ? null : nearestOf(family, lon, lat, maxKm);
    },
    nearestAbroad: (lon, lat, maxKm, home) => nearestOf(abroad(home), lon, lat, maxKm),
    sameFamily: (portA, portB) => rootOf(portA) === rootOf(portB),
    calledPort: (portId) => {
      const port = gazetteer.port(portId);
      const parent = port?.watched === false ? gazetteer.port(port.parentPortId ?? '') : null;
      return parent?.watched === true ? parent : port;
    },
  };
}

function berthPlaces({ anchorages, ports }: Gazetteer): BerthPlace[] {
  const berths = anchorages.filter((point) => point.kind === 'berth');
  const ownPoints = ports
    .filter((port): port is LocatedPort => port.country === 'KP' && port.lon !== null && port.lat !== null)
    .map(({ id, lon, lat }) => ({ portId: id, lon, lat }));
  return [...berths, ...ownPoints];
}

type Indexed = { readonly places: readonly BerthPlace[]; readonly index: () => PlaceIndex };

function indexed(places: readonly BerthPlace[]): Indexed {
  let index: PlaceIndex | null = null;
  return {
    places,
    index: () =>
      (index ??= indexPlaces(
        places.map((place) => place.lon),
        places.map((place) => place.lat),
      )),
  };
}

function nearestOf({ places, index }: Indexed, lon: number, lat: number, maxKm: number): NearBerth | null {
  const near = nearestPlace(index(), lon, lat, maxKm);
  return near === null ? null : { portId: places[near.i].portId, km: near.km };
}
