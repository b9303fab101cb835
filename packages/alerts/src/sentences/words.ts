import type { EventDraft, EventVessel } from '@offing/rules';
import { plainText } from './plain-text.ts';

/** Returns the ship of an event (the first of several) by its name and numbers, as claimed. */
export function shipName(event: EventDraft): string {
  return vesselName(event.vessels[0]);
}

/** Returns a ship by its name and numbers, as claimed. */
export function vesselName(vessel: EventVessel): string {
  const imo = vessel.imoNumber === null ? '' : `, IMO ${vessel.imoNumber}`;
  const name = vessel.shipName === null ? '' : plainText(vessel.shipName);
  return `${name === '' ? 'A ship without a name' : name} (MMSI ${vessel.mmsi}${imo})`;
}

/** Returns where an event was: how far from its port, else its coordinates. */
export function placeOf(event: EventDraft): string {
  const km = event.evidence['portKm'];
  const place = `at ${coordinate(event.lat, 'N', 'S')} ${coordinate(event.lon, 'E', 'W')}`;
  if (event.port === null) return place;
  const port = plainText(event.port.name);
  return typeof km === 'number' ? `${km} km from ${port}` : `near ${port}, ${place}`;
}

/** Returns a coordinate to a hundredth of a degree, with its hemisphere. */
export function coordinate(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(2)}\u00b0${value < 0 ? negative : positive}`;
}
