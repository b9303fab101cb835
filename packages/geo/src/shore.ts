import { areBounds, type Bounds, type Coast } from './coast.ts';
import { type CoastIndex, indexCoast, isLand, nearestShore, type ShorePoint } from './coast-index.ts';
import { pushVarint, readVarint, type VarintReader } from './varint.ts';

/** Steps of the shore raster in a degree: one node each 0.05°, 5.6 km of latitude. */
export const RASTER_STEPS_PER_DEGREE = 20;
/** Unit in which the shore raster keeps distances, m. */
export const RASTER_UNIT_M = 50;
/** The largest distance the shore raster can hold, m; anything farther counts as this. */
export const RASTER_MAX_M = 65_535 * RASTER_UNIT_M;
/** Below this distance `shoreDistanceM` is taken from the edges of the coast, not from the raster, m. */
export const EXACT_SHORE_M = 50_000;

/** The raster is never off by more than this, m (tested: 5 km). */
const ROUGH_M = 6_000;

/** Distances to the nearest shore at the nodes of a lattice, rows from south to north, in units of `RASTER_UNIT_M`. */
export type ShoreRaster = { readonly bounds: Bounds; readonly columns: number; readonly units: Uint16Array };

const MAGIC = 0x4f535231; // "OSR1"

/** Returns the number of nodes of a raster along the parallels and along the meridians of its bounds. */
export function rasterSize(bounds: Bounds): { readonly columns: number; readonly rows: number } {
  return {
    columns: (bounds.east - bounds.west) * RASTER_STEPS_PER_DEGREE + 1,
    rows: (bounds.north - bounds.south) * RASTER_STEPS_PER_DEGREE + 1,
  };
}

/** Returns the bytes of a raster: magic, bounds, then what each node differs from the plane through its three neighbours. */
export function encodeShoreRaster({ bounds, columns, units }: ShoreRaster): Uint8Array {
  const bytes: number[] = [];
  for (const value of [MAGIC, bounds.west, bounds.south, bounds.east, bounds.north]) pushVarint(bytes, value);
  for (let i = 0; i < units.length; i++) pushVarint(bytes, units[i] - foreseen(units, i, columns));
  return Uint8Array.from(bytes);
}

/** Returns the raster written by `encodeShoreRaster`, or null when the bytes are not one, whole and no longer. */
export function decodeShoreRaster(bytes: Uint8Array): ShoreRaster | null {
  const reader: VarintReader = { bytes, at: 0 };
  if (readVarint(reader) !== MAGIC) return null;
  const [west, south, east, north] = Array.from({ length: 4 }, () => readVarint(reader));
  const bounds = { west, south, east, north };
  if (!areBounds(bounds)) return null;
  const { columns, rows } = rasterSize(bounds);
  // Each node takes at least one byte: false bounds must not ask for gigabytes.
  if (columns * rows > bytes.length) return null;
  const units = new Uint16Array(columns * rows);
  for (let i = 0; i < units.length; i++) {
    const value = foreseen(units, i, columns) + readVarint(reader);
    if (!(value >= 0 && value <= 65_535)) return null;
    units[i] = value;
  }
  return reader.at === bytes.length ? { bounds, columns, units } : null;
}

function foreseen(units: Uint16Array, i: number, columns: number): number {
  const left = i % columns === 0 ? -1 : i - 1;
  if (i < columns) return left < 0 ? 0 : units[left];
  if (left < 0) return units[i - columns];
  return units[left] + units[i - columns] - units[left - columns];
}

/** Where the shore is, for places inside the theatre (the bounds of its raster). */
export type Shore = {
  readonly bounds: Bounds;
  readonly index: CoastIndex;
  /**
   * The distance to the nearest shore in metres, negative on land; null outside the theatre. Below 50 km it is exact to
   * 0.1 % of the coast as drawn (whose own error is about 100 m); beyond, it is interpolated and within 3 km. Shores
   * beyond the coast's own bounds are not seen.
   */
  readonly shoreDistanceM: (lon: number, lat: number) => number | null;
  /** The same without sign, interpolated everywhere, within 5 km: cheap, for the hot path. */
  readonly roughShoreDistanceM: (lon: number, lat: number) => number | null;
  /** Whether a place lies at sea and at least so far (metres) from every shore; null outside the theatre. */
  readonly isOffShore: (lon: number, lat: number, leastM: number) => boolean | null;
  /** Whether a place lies on land as drawn; false outside the coast. A berth in a young harbour may: never drop a position for it. */
  readonly isOnLand: (lon: number, lat: number) => boolean;
  /** The nearest point of the shore within `maxM` (below 100 km), or null. */
  readonly nearestShore: (lon: number, lat: number, maxM: number) => ShorePoint | null;
};

/** Returns the questions one can ask about the shore, from the coast and its raster; builds the index of the coast. */
export function makeShore(coast: Coast, raster: ShoreRaster): Shore {
  const index = indexCoast(coast);
  const roughShoreDistanceM = (lon: number, lat: number): number | null => interpolate(raster, lon, lat);
  const shoreDistanceM = (lon: number, lat: number): number | null => {
    const rough = interpolate(raster, lon, lat);
    if (rough === null) return null;
    // The raster may be some 5 km off, so it only decides whether looking at the edges can be worth while.
    const near = rough > EXACT_SHORE_M + 10_000 ? null : nearestShore(index, lon, lat, EXACT_SHORE_M);
    const metres =
      near === null ? Math.max(rough, rough > EXACT_SHORE_M + 10_000 ? 0 : EXACT_SHORE_M) : near.distanceM;
    return isLand(index, lon, lat) ? -metres : metres;
  };
  const isOffShore = (lon: number, lat: number, leastM: number): boolean | null => {
    const rough = interpolate(raster, lon, lat);
    if (rough === null || rough < leastM - ROUGH_M) return rough === null ? null : false;
    if (rough > leastM + ROUGH_M) return !isLand(index, lon, lat);
    return (shoreDistanceM(lon, lat) ?? 0) >= leastM;
  };
  return {
    bounds: raster.bounds,
    index,
    shoreDistanceM,
    isOffShore,
    roughShoreDistanceM,
    isOnLand: (lon, lat) => isLand(index, lon, lat),
    nearestShore: (lon, lat, maxM) => nearestShore(index, lon, lat, maxM),
  };
}

function interpolate({ bounds, columns, units }: ShoreRaster, lon: number, lat: number): number | null {
  if (!(lon >= bounds.west && lon <= bounds.east && lat >= bounds.south && lat <= bounds.north)) return null;
  const x = (lon - bounds.west) * RASTER_STEPS_PER_DEGREE;
  const y = (lat - bounds.south) * RASTER_STEPS_PER_DEGREE;
  // On the eastern and northern rim the square inside is used.
  const column = Math.min(Math.floor(x), columns - 2);
  const row = Math.min(Math.floor(y), units.length / columns - 2);
  const u = x - column;
  const v = y - row;
  const at = row * columns + column;
  const south = units[at] * (1 - u) + units[at + 1] * u;
  const north = units[at + columns] * (1 - u) + units[at + columns + 1] * u;
  return (south * (1 - v) + north * v) * RASTER_UNIT_M;
}
