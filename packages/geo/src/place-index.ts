import KDBush from 'kdbush';
import { distanceM, EARTH_RADIUS_M, wrapLonDeg } from './sphere.ts';

const RAD = Math.PI / 180;
const FIRST_KM = 4;
const GROWTH = 3;
/** Squares in a degree for which it is remembered which places can be the nearest to any point inside. */
const SQUARES_PER_DEG = 20;
/** So many squares are remembered; then all are forgotten. */
const MOST_SQUARES = 16_384;
/** Nearer to a pole than this no square is remembered, degrees. */
const POLAR_DEG = 89;
/** Of so few places each is looked at. */
const FEW = 24;
/** A degree of latitude is no shorter than this, km. */
const LEAST_KM_PER_DEGREE = 111;
/** No two places are so near that a distance could be rounded away by more than this, km. */
const HAIR_KM = 1e-9;

/** The places that can be the nearest to a point of a square, those near its middle first; where there is none, none lies within `reachKm` of any point of it. */
type Square = { readonly candidates: readonly number[]; readonly reachKm: number };

/** A square that was asked about once: whoever asks again may ask often. */
const ASKED_ONCE: Square = { candidates: [], reachKm: -1 };

/** A fixed set of places, by their numbers from 0, that can be searched by distance. */
export type PlaceIndex = {
  readonly lons: Float64Array;
  readonly lats: Float64Array;
  readonly tree: KDBush;
  /** The numbers of all places. */
  readonly all: readonly number[];
  /** What was found out so far, by square. */
  readonly squares: Map<number, Square>;
};

/** A place of an index by its number, and how far it is from where one asked, km. */
export type NearPlace = { readonly i: number; readonly km: number };

/** Returns an index of places given in degrees; both arrays have one entry for each place. */
export function indexPlaces(lons: ArrayLike<number>, lats: ArrayLike<number>): PlaceIndex {
  const wrapped = Float64Array.from(lons, wrapLonDeg);
  const tree = new KDBush(wrapped.length);
  for (let i = 0; i < wrapped.length; i++) tree.add(wrapped[i], lats[i]);
  // The tree of an empty set cannot be finished; it is never searched.
  if (wrapped.length > 0) tree.finish();
  return { lons: wrapped, lats: Float64Array.from(lats), tree, all: [...wrapped.keys()], squares: new Map() };
}

/**
 * Returns the place of an index nearest to a place by great circle, at most `maxKm` away and accepted by `accept`, or
 * null; of two at the same distance the one with the lower number. Right across the antimeridian and at the poles.
 */
export function nearestPlace(
  index: PlaceIndex,
  lon: number,
  lat: number,
  maxKm: number,
  accept?: (i: number) => boolean,
): NearPlace | null {
  if (accept !== undefined) return search(index, lon, lat, maxKm, accept);
  if (index.lons.length <= FEW) return nearestOf(index, index.all, lon, lat, maxKm);
  if (!(Math.abs(lat) < POLAR_DEG)) return search(index, lon, lat, maxKm);
  const square = squareAt(index, wrapLonDeg(lon), lat, maxKm);
  return square === null
    ? search(index, lon, lat, maxKm)
    : nearestOf(index, square.candidates, lon, lat, maxKm);
}

/** The nearest of some places of an index that lies at most `maxKm` away. */
function nearestOf(
  index: PlaceIndex,
  candidates: readonly number[],
  lon: number,
  lat: number,
  maxKm: number,
): NearPlace | null {
  let best = -1;
  let bestKm = maxKm;
  for (const i of candidates) {
    if (Math.abs(index.lats[i] - lat) * LEAST_KM_PER_DEGREE > bestKm + HAIR_KM) continue;
    const km = distanceM(lon, lat, index.lons[i], index.lats[i]) / 1000;
    if (km > bestKm || (km === bestKm && best >= 0 && i > best)) continue;
    best = i;
    bestKm = km;
  }
  return best < 0 ? null : { i: best, km: bestKm };
}

/** The square around a place (longitude within ±180), good for questions up to `maxKm`; null when it was never asked about. */
function squareAt(index: PlaceIndex, lon: number, lat: number, maxKm: number): Square | null {
  const column = Math.floor((lon + 180) * SQUARES_PER_DEG);
  const row = Math.floor((lat + 90) * SQUARES_PER_DEG);
  const key = row * (360 * SQUARES_PER_DEG) + column;
  const known = index.squares.get(key);
  if (known !== undefined && (known.candidates.length > 0 || known.reachKm >= maxKm)) return known;
  if (index.squares.size >= MOST_SQUARES) index.squares.clear();
  const square = known === undefined ? ASKED_ONCE : makeSquare(index, column, row, maxKm);
  index.squares.set(key, square);
  return known === undefined ? null : square;
}

/**
 * Whatever is the nearest to a point of a square lies at most the square's width farther from its middle than what is the
 * nearest to its middle.
 */
function makeSquare(index: PlaceIndex, column: number, row: number, maxKm: number): Square {
  const lon = (column + 0.5) / SQUARES_PER_DEG - 180;
  const lat = (row + 0.5) / SQUARES_PER_DEG - 90;
  const [west, south, north] = [column, row, row + 1].map((line) => line / SQUARES_PER_DEG);
  const corners = [south, north].map((line) => distanceM(lon, lat, west - 180, line - 90));
  const radiusKm = Math.max(...corners) / 1000 + 1e-6;
  const nearest = search(index, lon, lat, maxKm + radiusKm);
  if (nearest === null) return { candidates: [], reachKm: maxKm };
  const found = placesWithin(index, lon, lat, nearest.km + 2 * radiusKm);
  return { candidates: found.map(({ i }) => i), reachKm: Infinity };
}

function search(
  index: PlaceIndex,
  lon: number,
  lat: number,
  maxKm: number,
  accept?: (i: number) => boolean,
): NearPlace | null {
  for (let km = Math.min(FIRST_KM, maxKm); ; km = Math.min(km * GROWTH, maxKm)) {
    let best: NearPlace | null = null;
    eachWithin(index, lon, lat, km, (i, found) => {
      if (best !== null && (found > best.km || (found === best.km && i > best.i))) return;
      if (accept === undefined || accept(i)) best = { i, km: found };
    });
    // All places of the circle were looked at, so the nearest of them is the nearest of all.
    if (best !== null || km >= maxKm) return best;
  }
}

/** Returns all places of an index at most `km` away from a place, nearest first. */
export function placesWithin(index: PlaceIndex, lon: number, lat: number, km: number): NearPlace[] {
  const found: NearPlace[] = [];
  eachWithin(index, lon, lat, km, (i, distance) => found.push({ i, km: distance }));
  return found.sort((a, b) => a.km - b.km || a.i - b.i);
}

/**
 * Returns half the width in degrees of longitude of a circle around a latitude at its widest, 180 when it reaches around
 * a pole.
 */
export function circleHalfWidthDeg(lat: number, km: number): number {
  const angle = (km * 1000) / EARTH_RADIUS_M;
  const sine = Math.sin(angle) / Math.cos(lat * RAD);
  return angle >= Math.PI / 2 - Math.abs(lat * RAD) || !(sine < 1) ? 180 : Math.asin(sine) / RAD;
}

function eachWithin(
  { lons, lats, tree }: PlaceIndex,
  lon: number,
  lat: number,
  km: number,
  call: (i: number, km: number) => void,
): void {
  if (lons.length === 0 || !(km >= 0)) return;
  const high = (km * 1000) / EARTH_RADIUS_M / RAD + 1e-9;
  const wide = circleHalfWidthDeg(lat, km) + 1e-9;
  const middle = wrapLonDeg(lon);
  const boxes =
    wide >= 180
      ? [[-180, 180]]
      : [
          [Math.max(-180, middle - wide), Math.min(180, middle + wide)],
          ...(middle - wide < -180 ? [[middle - wide + 360, 180]] : []),
          ...(middle + wide >= 180 ? [[-180, middle + wide - 360]] : []),
        ];
  for (const [west, east] of boxes) {
    for (const i of tree.range(west, lat - high, east, lat + high)) {
      const distance = distanceM(lon, lat, lons[i], lats[i]) / 1000;
      if (distance <= km) call(i, distance);
    }
  }
}
