import { pushVarint, readVarint, type VarintReader } from './varint.ts';

/** Units in a degree of the coordinates of a coast; one unit is 11 m at the equator, the rounding of its source. */
export const COAST_UNITS_PER_DEGREE = 10_000;

/** A rectangle in whole degrees, west < east, south < north, not across the antimeridian. */
export type Bounds = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** Returns whether four numbers are a rectangle in whole degrees on the globe, west < east and south < north. */
export function areBounds({ west, south, east, north }: Bounds): boolean {
  return (
    [west, south, east, north].every(Number.isInteger) &&
    -180 <= west &&
    west < east &&
    east <= 180 &&
    -90 <= south &&
    south < north &&
    north <= 90
  );
}

/**
 * The land of a rectangle as closed rings. Ring r holds the vertices from `ringStart[r]` up to `ringStart[r + 1]`, the
 * last equal to the first; coordinates are integers in 1e-4 degrees. A place is land when an odd number of rings is
 * around it (islands, and the waters within them). Edges along the bounds come from clipping and are not shore.
 */
export type Coast = {
  readonly bounds: Bounds;
  readonly ringStart: Uint32Array;
  readonly lons: Int32Array;
  readonly lats: Int32Array;
};

const MAGIC = 0x4f434f31; // "OCO1"
/** A closed ring around any area has four vertices, the last equal to the first. */
const LEAST_VERTICES = 4;

/**
 * Returns the bytes of a coast: magic, the four bounds, the number of rings and of vertices, then for each ring its
 * number of vertices and the steps from vertex to vertex (first lon, then lat), all as variable-length integers.
 */
export function encodeCoast(coast: Coast): Uint8Array {
  const { bounds, ringStart, lons, lats } = coast;
  const bytes: number[] = [];
  const rings = ringStart.length - 1;
  for (const value of [MAGIC, bounds.west, bounds.south, bounds.east, bounds.north, rings, lons.length])
    pushVarint(bytes, value);
  let lon = 0;
  let lat = 0;
  for (let ring = 0; ring < rings; ring++) {
    pushVarint(bytes, ringStart[ring + 1] - ringStart[ring]);
    for (let i = ringStart[ring]; i < ringStart[ring + 1]; i++) {
      pushVarint(bytes, lons[i] - lon);
      pushVarint(bytes, lats[i] - lat);
      lon = lons[i];
      lat = lats[i];
    }
  }
  return Uint8Array.from(bytes);
}

/**
 * Returns the coast written by `encodeCoast`, or null when the bytes are not one: wrong magic, cut short or too long,
 * bounds off the globe, a ring that is not closed, a vertex outside the bounds.
 */
export function decodeCoast(bytes: Uint8Array): Coast | null {
  const reader: VarintReader = { bytes, at: 0 };
  if (readVarint(reader) !== MAGIC) return null;
  const [west, south, east, north, rings, vertices] = Array.from({ length: 6 }, () => readVarint(reader));
  const bounds = { west, south, east, north };
  // Each vertex takes at least two bytes: a false count must not ask for gigabytes.
  if (!areBounds(bounds) || !(rings >= 0 && vertices >= 0)) return null;
  if (rings > bytes.length || 2 * vertices > bytes.length) return null;
  const coast = {
    bounds,
    ringStart: new Uint32Array(rings + 1),
    lons: new Int32Array(vertices),
    lats: new Int32Array(vertices),
  };
  return readRings(reader, coast) ? coast : null;
}

function readRings(reader: VarintReader, coast: Coast): boolean {
  const { ringStart, lons, lats } = coast;
  const [west, south, east, north] = unitsOfBounds(coast.bounds);
  let lon = 0;
  let lat = 0;
  let i = 0;
  for (let ring = 0; ring + 1 < ringStart.length; ring++) {
    const start = i;
    const end = start + readVarint(reader);
    if (!(end >= start + LEAST_VERTICES && end <= lons.length)) return false;
    for (; i < end; i++) {
      lon += readVarint(reader);
      lat += readVarint(reader);
      // NaN, from bytes that ended too early, fails here too. The index relies on all vertices being inside.
      if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return false;
      lons[i] = lon;
      lats[i] = lat;
    }
    if (lons[start] !== lon || lats[start] !== lat) return false;
    ringStart[ring + 1] = end;
  }
  return i === lons.length && reader.at === reader.bytes.length;
}

function unitsOfBounds({ west, south, east, north }: Bounds): number[] {
  return [west, south, east, north].map((degrees) => degrees * COAST_UNITS_PER_DEGREE);
}

/** Returns the rings of a coast as [lon, lat] in degrees, closed; for drawing and for tests, not for the hot path. */
export function coastRings(coast: Coast): [number, number][][] {
  return Array.from({ length: coast.ringStart.length - 1 }, (_, ring) => {
    const places: [number, number][] = [];
    for (let i = coast.ringStart[ring]; i < coast.ringStart[ring + 1]; i++)
      places.push([coast.lons[i] / COAST_UNITS_PER_DEGREE, coast.lats[i] / COAST_UNITS_PER_DEGREE]);
    return places;
  });
}
