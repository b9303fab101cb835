import { cellCentre, cellEdges } from '@offing/geo';
import type { CoverageRecord } from '@offing/store';
import { isoOf } from '@offing/units';
import type { PublicCoverage } from '../schemas/coverage.ts';
import { AIS_CLASSES, RECEIVER_KINDS } from './vessel.ts';

/** Returns coverage as it stands in the API. */
export function publicCoverage(record: CoverageRecord): PublicCoverage {
  const { west, south, east, north } = cellEdges(record.cell);
  const { lon, lat } = cellCentre(record.cell);
  return {
    hour: isoOf(record.hourAt),
    feed: record.feed,
    aisClass: AIS_CLASSES[record.aisClass] ?? null,
    receiverKind: RECEIVER_KINDS[record.receiverKind] ?? null,
    cell: record.cell,
    west: rounded(west),
    south: rounded(south),
    east: rounded(east),
    north: rounded(north),
    lon: rounded(lon),
    lat: rounded(lat),
    vessels: record.vessels,
    messages: record.messages,
  };
}

/** Degrees to 1e-7, as positions have them. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
