import type { Port } from '../src/port.ts';
import type { SetPoint } from './anchorage-set.ts';
import { NAMED_PORTS, type NamedPort, type PlaceSource } from './named-ports.ts';

/** Returns the ports of the rows of the list of ports, then those that only `NAMED_PORTS` knows. */
export function portsOf(
  rows: readonly Readonly<Record<string, string>>[],
  points: readonly SetPoint[],
): Port[] {
  const listed = rows.map((row) => portOf(row, points));
  const made = NAMED_PORTS.flatMap((named) => (named.made === undefined ? [] : [madePort(named, points)]));
  const ids = new Set([...listed, ...made].map(({ id }) => id));
  for (const { id } of NAMED_PORTS) if (!ids.has(id)) throw new Error(`${id} is in no source`);
  return [...listed, ...made];
}

function portOf(row: Readonly<Record<string, string>>, points: readonly SetPoint[]): Port {
  const named = NAMED_PORTS.find((port) => port.id === row['port_id']);
  const name = named?.name ?? row['name'];
  const alt = row['alt_names'].split(';').map((text) => text.trim());
  return {
    id: row['port_id'],
    kind: 'port',
    name,
    altNames: [...new Set([row['name'], ...alt])].filter((text) => text !== '' && text !== name),
    ...localName(named),
    country: row['country'],
    unlocode: row['unlocode'] || null,
    ...(placeOf(named?.place, points) ?? {
      lon: Number(row['lon']),
      lat: Number(row['lat']),
      positionSource: `${row['position_source']}, ${row['position_kind']}`,
    }),
    parentPortId: named?.parentPortId ?? null,
    watched: named?.watched ?? false,
    note: row['notes'] || null,
  };
}

function madePort(named: NamedPort, points: readonly SetPoint[]): Port {
  return {
    id: named.id,
    kind: 'port',
    name: named.name,
    altNames: [],
    ...localName(named),
    country: named.made?.country ?? '',
    unlocode: named.made?.unlocode ?? null,
    ...(placeOf(named.place, points) ?? {
      lon: null,
      lat: null,
      positionSource: 'not confirmed by any source',
    }),
    parentPortId: named.parentPortId ?? null,
    watched: named.watched,
    note: named.made?.note ?? null,
  };
}

function localName(named: NamedPort | undefined): Pick<Port, 'localName' | 'nameSource'> {
  const own = named?.localName ?? null;
  return { localName: own, nameSource: own === null ? null : 'general knowledge' };
}

function placeOf(
  place: PlaceSource | undefined,
  points: readonly SetPoint[],
): Pick<Port, 'lon' | 'lat' | 'positionSource'> | null {
  if (place === undefined) return null;
  if ('lon' in place) return { lon: place.lon, lat: place.lat, positionSource: place.source };
  const box = place.box ?? { west: -180, south: -90, east: 180, north: 90 };
  const berths = points.filter(
    ({ kind, label, lon, lat }) =>
      kind === 'berth' &&
      label === place.berthsOf &&
      lon >= box.west &&
      lon <= box.east &&
      lat >= box.south &&
      lat <= box.north,
  );
  if (berths.length === 0) throw new Error(`no berths of ${place.berthsOf}`);
  return {
    lon: median(berths.map(({ lon }) => lon)),
    lat: median(berths.map(({ lat }) => lat)),
    positionSource: place.source,
  };
}

function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[values.length >> 1];
  return Math.round(middle * 1e4) / 1e4;
}
