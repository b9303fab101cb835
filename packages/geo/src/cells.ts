import type { Place } from '@offing/units';
import { EARTH_RADIUS_M, wrapLonDeg } from './sphere.ts';

/** Degrees of latitude in one row of cells; on the sphere 22.2 km. */
export const CELL_LAT_DEG = 0.2;

const ROWS = 900;
const COLUMNS = 1800;
const RAD = Math.PI / 180;
/** Cells of each row from south to north: fewer toward the poles, so that a cell stays about 22 km wide. */
const COLUMNS_OF_ROW = Uint16Array.from({ length: ROWS }, (_, row) => columnsOfRow(row));

function columnsOfRow(row: number): number {
  const middle = Math.abs((row + 0.5) * CELL_LAT_DEG - 90);
  return Math.max(1, Math.floor(COLUMNS * Math.cos(middle * RAD)));
}

function rowOf(lat: number): number {
  // Division by 0.2 is not exact; multiplication by 5 puts 0.2, 0.4, … on their own row.
  return Math.max(0, Math.min(ROWS - 1, Math.floor((lat + 90) * 5)));
}

function columnOf(lon: number, columns: number): number {
  return Math.min(columns - 1, Math.floor(((wrapLonDeg(lon) + 180) / 360) * columns));
}

/**
 * Returns the id of the area cell around a place given in degrees: an integer from 0 to 1,619,999. Cells are 0.2° of
 * latitude high and 20 to 30 km wide up to 89°; the row at each pole has three. Longitudes are wrapped, so 180 and -180
 * fall in the same cell; latitudes beyond a pole count as the pole. The caller keeps NaN out.
 */
export function cellOf(lon: number, lat: number): number {
  const row = rowOf(lat);
  return row * COLUMNS + columnOf(lon, COLUMNS_OF_ROW[row]);
}

/** Returns the middle of a cell, in degrees of longitude and latitude. */
export function cellCentre(cell: number): Place {
  const row = Math.floor(cell / COLUMNS);
  const column = cell - row * COLUMNS;
  return {
    lon: wrapLonDeg(((column + 0.5) / COLUMNS_OF_ROW[row]) * 360 - 180),
    lat: (row + 0.5) * CELL_LAT_DEG - 90,
  };
}

/** Returns the edges of a cell in degrees; the east edge of the last cell of a row is 180. */
export function cellEdges(cell: number): {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
} {
  const row = Math.floor(cell / COLUMNS);
  const columns = COLUMNS_OF_ROW[row];
  const column = cell - row * COLUMNS;
  return {
    west: (column / columns) * 360 - 180,
    south: row / 5 - 90,
    east: ((column + 1) / columns) * 360 - 180,
    north: (row + 1) / 5 - 90,
  };
}

/**
 * Returns the ids of all cells of which any part may lie within a radius of a place: every cell that holds a point within
 * `radiusKm` by `distanceM`, and at most a rim of cells that only touch it. Ids ascend; none is repeated.
 */
export function cellsWithin(lon: number, lat: number, radiusKm: number): number[] {
  // A hair more than asked, so that rounding never loses a cell that touches the circle.
  const angle = (radiusKm * 1000) / EARTH_RADIUS_M + 1e-9;
  const first = rowOf(lat - angle / RAD);
  const last = rowOf(lat + angle / RAD);
  const cells: number[] = [];
  for (let row = first; row <= last; row++) addRow(cells, row, lon, widestDeg(row, lat * RAD, angle));
  return cells;
}

/** Half the width of a circle (centre latitude and radius in radians) inside a row of cells, degrees of longitude. */
function widestDeg(row: number, centre: number, angle: number): number {
  const south = (row * CELL_LAT_DEG - 90) * RAD;
  const north = ((row + 1) * CELL_LAT_DEG - 90) * RAD;
  // The circle reaches farthest east where its meridian is tangent: sin φ = sin φ0 / cos δ. Beyond the pole it has no such place.
  const sinTangent = Math.sin(centre) / Math.cos(angle);
  const tangent = Math.abs(sinTangent) > 1 ? Math.sign(sinTangent) * (Math.PI / 2) : Math.asin(sinTangent);
  const at = angle >= Math.PI / 2 ? centre : Math.max(south, Math.min(north, tangent));
  const divisor = Math.cos(centre) * Math.cos(at);
  const cosine = (Math.cos(angle) - Math.sin(centre) * Math.sin(at)) / divisor;
  if (!(divisor > 1e-12) || angle >= Math.PI / 2 || cosine <= -1) return 180;
  return cosine >= 1 ? 0 : Math.acos(cosine) / RAD;
}

function addRow(cells: number[], row: number, lon: number, halfWidth: number): void {
  const columns = COLUMNS_OF_ROW[row];
  const perDegree = columns / 360;
  const middle = (wrapLonDeg(lon) + 180) * perDegree;
  const west = Math.floor(middle - halfWidth * perDegree - 1e-9);
  const east = Math.floor(middle + halfWidth * perDegree + 1e-9);
  const start = row * COLUMNS;
  if (east - west + 1 >= columns) {
    for (let column = 0; column < columns; column++) cells.push(start + column);
    return;
  }
  const found: number[] = [];
  for (let column = west; column <= east; column++) found.push(start + ((column + columns) % columns));
  if (west < 0 || east >= columns) found.sort((a, b) => a - b);
  for (const cell of found) cells.push(cell);
}
