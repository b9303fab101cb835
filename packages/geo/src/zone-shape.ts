import { lonDeltaDeg, KM_PER_DEGREE } from './sphere.ts';

/** Rings of a zone as [lon, lat] in degrees, closed; a place is inside when an odd number of rings is around it. */
export type ZoneRings = readonly (readonly (readonly [number, number])[])[];

/** How far a place lies from a zone. */
export type ZoneShape = {
  /** West and east may go beyond 180 degrees, where the zone crosses the antimeridian. */
  readonly bounds: {
    readonly west: number;
    readonly south: number;
    readonly east: number;
    readonly north: number;
  };
  /**
   * Kilometres to the edge, negative inside. Edges are straight in longitude and latitude, as drawn; within 100 km it is
   * exact to 1 %, farther off it only tells that the edge is far.
   */
  readonly edgeKm: (lon: number, lat: number) => number;
};

const RAD = Math.PI / 180;

/** Returns the shape of a zone; its rings must be less than 180 degrees wide. */
export function makeZoneShape(rings: ZoneRings): ZoneShape {
  const [originLon] = rings[0][0];
  const lines = rings.map((ring) => unwrapped(ring, originLon));
  const lons = lines.flatMap((line) => line.map(([lon]) => lon));
  const lats = lines.flatMap((line) => line.map(([, lat]) => lat));
  const bounds = { west: least(lons), south: least(lats), east: most(lons), north: most(lats) };
  const middle = (bounds.west + bounds.east) / 2;
  return {
    bounds,
    edgeKm: (lon, lat) => {
      const near = middle + lonDeltaDeg(middle, lon);
      const km = nearestEdgeKm(lines, near, lat);
      return isAround(lines, near, lat) ? -km : km;
    },
  };
}

type Line = readonly (readonly [number, number])[];

/** The ring with each longitude on the short way from the one before, so that the antimeridian is no border. */
function unwrapped(ring: Line, originLon: number): Line {
  let last = originLon;
  return ring.map(([lon, lat]) => {
    last += lonDeltaDeg(last, lon);
    return [last, lat] as const;
  });
}

function isAround(lines: readonly Line[], lon: number, lat: number): boolean {
  let around = false;
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [lonA, latA] = line[i - 1];
      const [lonB, latB] = line[i];
      if (latA > lat !== latB > lat && lon < lonA + ((lonB - lonA) * (lat - latA)) / (latB - latA))
        around = !around;
    }
  }
  return around;
}

function nearestEdgeKm(lines: readonly Line[], lon: number, lat: number): number {
  let best = Infinity;
  for (const line of lines)
    for (let i = 1; i < line.length; i++) best = Math.min(best, edgeDistance(line[i - 1], line[i], lon, lat));
  return Math.sqrt(best) * KM_PER_DEGREE;
}

/** The square of the distance to an edge in degrees of latitude, on the plane of the latitude between place and edge. */
function edgeDistance(
  [lonA, latA]: readonly [number, number],
  [lonB, latB]: readonly [number, number],
  lon: number,
  lat: number,
): number {
  let share = 0.5;
  let distance = Infinity;
  for (let pass = 0; pass < 3; pass++) {
    const cos = Math.cos((lat + (latA + share * (latB - latA) - lat) / 2) * RAD);
    const ax = (lonA - lon) * cos;
    const dx = (lonB - lonA) * cos;
    const ay = latA - lat;
    const dy = latB - latA;
    const length = dx * dx + dy * dy;
    share = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
    distance = (ax + share * dx) ** 2 + (ay + share * dy) ** 2;
  }
  return distance;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}
