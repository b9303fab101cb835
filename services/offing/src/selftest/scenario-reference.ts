import { makeRegister, type Designation } from '@offing/designations';
import { withUserData } from '@offing/gazetteer';
import type { Reference } from '../reference.ts';
import type { DrawnZone, ListedShip, Scenario } from './expectations.ts';

/** Returns the reference data of a scenario: the given ones with the lists and zones that it brings. */
export function referenceOf(
  { listed = [], zones = [] }: Scenario,
  { gazetteer, register }: Reference,
): Reference {
  return {
    gazetteer: withUserData(gazetteer, { ports: [], announcements: [], zones: zones.map(zoneOf) }),
    register:
      listed.length === 0 ? register : makeRegister([...register.designations, ...listed.map(designationOf)]),
  };
}

function zoneOf({ id, corners }: DrawnZone) {
  return { id, name: id, rings: [[...corners, corners[0]]] };
}

function designationOf(ship: ListedShip, place: number): Designation {
  const knownSince = Date.parse(ship.designated_on);
  return {
    designationId: `made-up-${place}`,
    list: ship.list,
    entryId: null,
    imoNumber: ship.imo,
    mmsi: null,
    callSign: null,
    shipName: ship.name,
    flag: null,
    program: null,
    designatedOn: ship.designated_on,
    delistedOn: ship.delisted_on,
    knownSince,
    delistingKnownSince: ship.delisted_on === null ? null : Date.parse(ship.delisted_on),
    source: 'made up for a scenario',
  };
}
