import { stableId } from '@offing/units';
import type { Announcement } from './announcements.ts';
import { makeGazetteer, withZones, type Gazetteer } from './gazetteer.ts';
import type { AnchoragePoint, Port } from './port.ts';
import { zoneOfFeature, type ZoneFeature } from './zones.ts';

/** What the user gave beside the bundled data. */
export type UserData = {
  readonly ports: readonly Port[];
  readonly zones: readonly ZoneFeature[];
  readonly announcements: readonly Announcement[];
};

/**
 * Returns a gazetteer with what the user gave: ports and announcements behind the bundled ones, of two with one id the
 * user's; and zones. The own point of a port without anchorage points counts as a berth of it. The version names it all.
 */
export function withUserData(gazetteer: Gazetteer, data: UserData): Gazetteer {
  const { ports, zones, announcements } = data;
  if (ports.length + zones.length + announcements.length === 0) return gazetteer;
  const own = new Set(announcements.map(({ id }) => id));
  const pointed = new Set(gazetteer.anchorages.map(({ portId }) => portId));
  const berths = ports.flatMap(({ id, lon, lat }): AnchoragePoint[] =>
    lon === null || lat === null || pointed.has(id) ? [] : [{ lon, lat, portId: id, kind: 'berth' }],
  );
  const made = makeGazetteer(
    [...gazetteer.ports, ...ports],
    [...gazetteer.anchorages, ...berths],
    gazetteer,
    stableId('gazetteer-', [gazetteer.version, JSON.stringify([ports, zones, announcements])]),
    [...gazetteer.announcements.filter(({ id }) => !own.has(id)), ...announcements],
  );
  return withZones(made, zones.map(zoneOfFeature));
}
