import type { Announcement, Port } from '@offing/gazetteer';
import { midOf } from '@offing/units';
import { MID_DPRK } from '../nexus.ts';
import type { Surroundings } from '../rule.ts';
import type { VesselView } from '../signal.ts';

/**
 * Returns the announcements that bar a vessel from a port at an instant (ms), as recorded: by its DPRK flag, or by a list.
 * Those that count days since a DPRK call are another rule's, and those that bar cargo bar no ship.
 */
export function barredBy(
  vessel: VesselView,
  port: Pick<Port, 'id' | 'country'>,
  at: number,
  { gazetteer, register }: Pick<Surroundings, 'gazetteer' | 'register'>,
): readonly Announcement[] {
  return gazetteer.announcements.filter((announcement) => {
    const here =
      announcement.portId === null ? announcement.country === port.country : announcement.portId === port.id;
    const inForce = announcement.from <= at && (announcement.until === null || at < announcement.until);
    return here && inForce && isBarred(vessel, announcement, at, register);
  });
}

function isBarred(
  vessel: VesselView,
  { barred, list }: Announcement,
  at: number,
  register: Surroundings['register'],
): boolean {
  if (barred === 'dprk-flag') return midOf(vessel.mmsi) === MID_DPRK;
  if (barred !== 'listed' || list === null) return false;
  return vessel.identity.imoNumbers.some((imoNumber) =>
    register
      .statusOn(imoNumber, at)
      .some((entry) => entry.list === list.name && (entry.program ?? '').startsWith(list.program)),
  );
}
