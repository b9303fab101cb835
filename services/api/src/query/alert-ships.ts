import { vesselById, type AlertRecord, type Reader, type VesselRecord } from '@offing/store';

/** Returns the ships of an alert in its order, at most so many; one that is no longer known is left out. */
export async function shipsOfAlert(
  reader: Reader,
  { vesselId }: Pick<AlertRecord, 'vesselId'>,
  most: number,
): Promise<readonly VesselRecord[]> {
  const ships: VesselRecord[] = [];
  for (const id of vesselId.slice(0, most)) {
    const ship = await vesselById(reader, id);
    if (ship !== undefined) ships.push(ship);
  }
  return ships;
}
