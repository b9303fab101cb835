import type { Place } from '@offing/units';

/**
 * Metres from the centre to the surface of the sphere used for every distance here: the mean radius of WGS84,
 * (2a + b) / 3 (IUGG, Moritz 2000, Geodetic Reference System 1980).
 */
export const EARTH_RADIUS_M = 6_371_008.8;

/** Kilometres along a great circle in one degree on that sphere. */
export const KM_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180_000;

const RAD = Math.PI / 180;
const M_PER_DEGREE = EARTH_RADIUS_M * RAD;

/** Returns a longitude in degrees brought into -180 (included) to 180 (excluded). */
export function wrapLonDeg(lon: number): number {
  if (lon >= -180 && lon < 180) return lon;
  const turned = (((lon + 180) % 360) + 360) % 360;
  return turned - 180;
}

/** Returns the shorter way round from one longitude to another, degrees east, -180 (included) to 180 (excluded). */
export function lonDeltaDeg(lonFrom: number, lonTo: number): number {
  return wrapLonDeg(lonTo - lonFrom);
}

/**
 * Returns the great-circle distance between two places given in degrees, in metres: the haversine formula on a sphere
 * of the mean radius (Sinnott 1984, Sky and Telescope 68). It never differs by more than 0.57 % from the geodesic of
 * WGS84, the share by
 * which the ellipsoid's meridian at the equator curves more strongly than the sphere. Longitudes may lie outside ±180.
 */
export function distanceM(lonA: number, latA: number, lonB: number, latB: number): number {
  const sinLat = Math.sin(((latB - latA) * RAD) / 2);
  const sinLon = Math.sin(((lonB - lonA) * RAD) / 2);
  const h = sinLat * sinLat + Math.cos(latA * RAD) * Math.cos(latB * RAD) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Returns nearly the same as `distanceM` for short ranges, in metres: Pythagoras on the plane with the cosine of the
 * middle latitude. Differs from `distanceM` by at most 0.01 % up to 60 km and 70° of latitude, 0.2 % up to 100 km and
 * 80° (both tested, across the antimeridian as well); do not use it beyond.
 */
export function distanceFastM(lonA: number, latA: number, lonB: number, latB: number): number {
  let east = lonB - lonA;
  if (east > 180) east -= 360;
  else if (east < -180) east += 360;
  const north = latB - latA;
  east *= Math.cos((latA + north / 2) * RAD);
  return M_PER_DEGREE * Math.sqrt(east * east + north * north);
}

/** Returns the true course at the first place along the great circle to the second, degrees, 0 (included) to 360 (excluded). */
export function bearingDeg(lonA: number, latA: number, lonB: number, latB: number): number {
  const east = (lonB - lonA) * RAD;
  const a = latA * RAD;
  const b = latB * RAD;
  const y = Math.sin(east) * Math.cos(b);
  const x = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(east);
  const degrees = Math.atan2(y, x) / RAD;
  return degrees < 0 ? Math.min(degrees + 360, 359.9999999999999) : degrees;
}

/** Returns the place reached from a place on a true bearing (degrees) after a distance in metres along the great circle. */
export function destinationPoint(lon: number, lat: number, bearing: number, metres: number): Place {
  const angle = metres / EARTH_RADIUS_M;
  const course = bearing * RAD;
  const from = lat * RAD;
  const sinTo = Math.sin(from) * Math.cos(angle) + Math.cos(from) * Math.sin(angle) * Math.cos(course);
  const y = Math.sin(course) * Math.sin(angle) * Math.cos(from);
  const x = Math.cos(angle) - Math.sin(from) * sinTo;
  return {
    lon: wrapLonDeg(lon + Math.atan2(y, x) / RAD),
    lat: Math.asin(Math.max(-1, Math.min(1, sinTo))) / RAD,
  };
}

/**
 * Returns the mean of longitudes on the circle, degrees, -180 (included) to 180 (excluded); null when there are none or
 * when they balance out all round the globe, so that no direction is their mean.
 */
export function circularMeanLonDeg(lons: ArrayLike<number>): number | null {
  let x = 0;
  let y = 0;
  for (let i = 0; i < lons.length; i++) {
    x += Math.cos(lons[i] * RAD);
    y += Math.sin(lons[i] * RAD);
  }
  if (Math.hypot(x, y) <= 1e-9 * lons.length) return null;
  return wrapLonDeg(Math.atan2(y, x) / RAD);
}

/**
 * Returns the place a share (0 to 1) of the way between two places, longitude and latitude both linear and the shorter
 * way round; over 100 km below 70° of latitude it stays within 600 m of the great circle.
 */
export function placeBetween(lonA: number, latA: number, lonB: number, latB: number, share: number): Place {
  return { lon: wrapLonDeg(lonA + lonDeltaDeg(lonA, lonB) * share), lat: latA + (latB - latA) * share };
}
