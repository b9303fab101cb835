import type { Gazetteer, NearPort } from '@offing/gazetteer';

/**
 * Returns the port by which a place at sea is named, with the distance to its point, or null: the watched port that it lies
 * off within `maxKm`, unless another port, no part of that one, is nearer than its point and all its anchorage points.
 */
export function namedPort(gazetteer: Gazetteer, lon: number, lat: number, maxKm: number): NearPort | null {
  const nearest = gazetteer.nearestPort(lon, lat, { maxKm });
  const approach = gazetteer.watchedApproach(lon, lat, maxKm);
  if (approach === null) return nearest;
  const { port, kmToPort, kmToAnchorage } = approach;
  const isOther =
    nearest !== null &&
    nearest.port.parentPortId !== port.id &&
    nearest.km < Math.min(kmToPort, kmToAnchorage ?? Infinity);
  return isOther ? nearest : { port, km: kmToPort };
}
