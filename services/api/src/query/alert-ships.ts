import { vesselsById, type AlertRecord, type Reader, type VesselRecord } from '@offing/store';

/** Returns the ships of an alert in its order, at most so many; one that is no longer known is left out. */
export function shipsOfAlert(
  reader: Reader,
  { vesselId }: Pick<AlertRecord, 'vesselId'>,
  most: number,
): Promise<readonly VesselRecord[]> {
  return vesselsById(reader, vesselId.slice(0, most));
}
