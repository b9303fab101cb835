import type { Port } from './port.ts';
import { readTable } from './tables.ts';
import { readUserTable, type NoteFault, type UserRow, type UserTable } from './user-faults.ts';

const ID = /^[A-Za-z0-9_.-]{1,60}$/;
const YES = /^(yes|true|1)$/i;
const NO = /^(no|false|0)$/i;

/**
 * Returns the ports of a CSV text of the user's: name, country, lat and lon, and where wanted id, watched (yes unless it says
 * no), alt_names ("; " between), local_name, unlocode, parent_port_id and note. Without an id the port gets one from its
 * country and name.
 */
export function readUserPorts(text: string): UserTable<Port> {
  const needed = [['name'], ['country'], ['lat', 'latitude'], ['lon', 'lng', 'long', 'longitude']];
  return readUserTable(readTable(text), needed, portOf);
}

function portOf({ cell }: UserRow, fault: NoteFault): Port | null {
  const name = cell('name');
  const country = cell('country').toUpperCase();
  const lat = degreesOf(cell('lat', 'latitude'), 90);
  const lon = degreesOf(cell('lon', 'lng', 'long', 'longitude'), 180);
  const watched = cell('watched');
  const id = cell('id', 'portid') || `user-${country.toLowerCase()}-${slugOf(name)}`;
  if (name === '' || name.length > 100) return fault('name', name, 'a name of 1 to 100 characters');
  if (!/^[A-Z]{2}$/.test(country)) return fault('country', country, 'ISO 3166-1 alpha-2, such as CN');
  if (lat === null) return fault('lat', cell('lat', 'latitude'), 'degrees north from -90 to 90');
  if (lon === null)
    return fault('lon', cell('lon', 'lng', 'long', 'longitude'), 'degrees east from -180 to 180');
  if (!ID.test(id)) return fault('id', id, '1 to 60 letters, digits and the signs _ . -');
  if (watched !== '' && !YES.test(watched) && !NO.test(watched))
    return fault('watched', watched, 'yes or no');
  return {
    id,
    kind: 'port',
    name,
    altNames: cell('altnames') === '' ? [] : cell('altnames').split(/\s*;\s*/),
    localName: cell('localname') || null,
    nameSource: null,
    country,
    unlocode: cell('unlocode') || null,
    lon,
    lat,
    positionSource: cell('positionsource', 'source') || 'given by the user',
    parentPortId: cell('parentportid', 'parent') || null,
    watched: !NO.test(watched),
    note: cell('note') || null,
  };
}

function degreesOf(text: string, most: number): number | null {
  const value = Number(text);
  return /^[+-]?\d{1,3}(\.\d{1,12})?$/.test(text) && Math.abs(value) <= most ? value : null;
}

/** A name as it may stand in an id; a name without a Latin letter by its code points. */
function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return plain === ''
    ? Array.from(name)
        .map((sign) => sign.codePointAt(0)?.toString(16))
        .join('-')
        .slice(0, 40)
    : plain;
}
