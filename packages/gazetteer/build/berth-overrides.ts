import { indexPlaces, nearestPlace } from '@offing/geo';
import type { AnchoragePoint, Port } from '../src/port.ts';
import type { BerthOverride } from '../src/records.ts';
import { NAMED_PORTS } from './named-ports.ts';

/** A named port with no berth point within this distance gets its own point as one, km (detections.md, 7). */
const BERTH_KM = 5;

/** Returns a berth at the port's own point for every named port with a position and no berth of its country near it. */
export function berthOverrides(
  ports: readonly Port[],
  anchorages: readonly AnchoragePoint[],
): BerthOverride[] {
  const countryOf = new Map(ports.map((port) => [port.id, port.country]));
  return NAMED_PORTS.flatMap(({ id }) => {
    const port = ports.find((candidate) => candidate.id === id);
    if (port === undefined || port.lon === null || port.lat === null) return [];
    const berths = anchorages.filter(
      ({ kind, portId }) => kind === 'berth' && countryOf.get(portId) === port.country,
    );
    const index = indexPlaces(
      berths.map(({ lon }) => lon),
      berths.map(({ lat }) => lat),
    );
    if (nearestPlace(index, port.lon, port.lat, BERTH_KM) !== null) return [];
    return [{ portId: id, lon: port.lon, lat: port.lat, source: port.positionSource }];
  });
}
