import { KM_PER_DEGREE } from '@offing/geo';
import type { Scene, ScenePlace } from './scene.ts';

/** A place on the paper, in its units. */
export type PaperPlace = { readonly x: number; readonly y: number };
/** A rectangle on the paper. */
export type PaperBox = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** How a piece of the sea lies on the paper (Mercator: angles and shapes are true). */
export type Projection = {
  readonly box: PaperBox;
  readonly bounds: {
    readonly west: number;
    readonly south: number;
    readonly east: number;
    readonly north: number;
  };
  /** Units of the paper in a kilometre, in the middle. */
  readonly perKm: number;
  readonly of: (place: ScenePlace) => PaperPlace;
};

const RAD = Math.PI / 180;
/** Mercator has no poles. */
const MOST_LAT = 84;

/** Returns the projection that brings all of a scene into a box. */
export function projectionOf({ middle, halfWidthKm, halfHeightKm }: Scene, box: PaperBox): Projection {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const lat = Math.max(-MOST_LAT + 1, Math.min(MOST_LAT - 1, middle.lat));
  const perKm = Math.min(width / 2 / halfWidthKm, height / 2 / halfHeightKm);
  const perDegree = perKm * KM_PER_DEGREE * Math.cos(lat * RAD);
  const middleY = mercator(lat);
  const of = (place: ScenePlace): PaperPlace => ({
    x: box.left + width / 2 + (place.lon - middle.lon) * perDegree,
    y: box.top + height / 2 - (mercator(place.lat) - middleY) * perDegree,
  });
  const halfLon = width / 2 / perDegree;
  const bounds = {
    west: middle.lon - halfLon,
    east: middle.lon + halfLon,
    south: latitude(middleY - height / 2 / perDegree),
    north: latitude(middleY + height / 2 / perDegree),
  };
  return { box, bounds, perKm, of };
}

/** In degrees, so that one degree of longitude is one. */
function mercator(lat: number): number {
  const held = Math.max(-MOST_LAT, Math.min(MOST_LAT, lat));
  return Math.log(Math.tan(Math.PI / 4 + (held * RAD) / 2)) / RAD;
}

function latitude(y: number): number {
  return (2 * Math.atan(Math.exp(y * RAD)) - Math.PI / 2) / RAD;
}
