import type { Shore } from '@offing/geo';
import type { AnchorageKind } from '../src/port.ts';

/** A point of the anchorage set, not yet given to a port. */
export type SetPoint = {
  readonly lon: number;
  readonly lat: number;
  readonly kind: AnchorageKind;
  readonly label: string;
  readonly country: string;
};

/** A point of the set on land or nearer to the shore than this is a berth, metres (detections.md, 7). */
const BERTH_SHORE_M = 1000;
const COUNTRY: Readonly<Record<string, string>> = {
  CHN: 'CN',
  HKG: 'CN',
  JPN: 'JP',
  KOR: 'KR',
  RUS: 'RU',
  TWN: 'TW',
};

/** Returns the points of the rows of GFW's anchorage set, in their order; berth or roads by the shore. */
export function pointsOf(rows: readonly Readonly<Record<string, string>>[], shore: Shore): SetPoint[] {
  return rows.map((row) => {
    const lon = Number(row['longitude']);
    const lat = Number(row['latitude']);
    const country = COUNTRY[row['iso3']];
    if (country === undefined) throw new Error(`no such country: ${row['iso3']}`);
    // Beyond the theatre there are no distances, but the coast goes on for a degree and knows land from sea.
    const shoreM = shore.shoreDistanceM(lon, lat) ?? (shore.isOnLand(lon, lat) ? 0 : Infinity);
    return { lon, lat, kind: shoreM <= BERTH_SHORE_M ? 'berth' : 'roads', label: row['label'], country };
  });
}
