import type { AnchorageKind, AnchoragePoint, Port, PortKind } from './port.ts';
import { readTable, writeTable } from './tables.ts';

const PORT_COLUMNS = [
  'id',
  'kind',
  'name',
  'alt_names',
  'local_name',
  'name_source',
  'country',
  'unlocode',
  'lon',
  'lat',
  'position_source',
  'parent_port_id',
  'watched',
  'note',
] as const;

const ANCHORAGE_COLUMNS = ['port_id', 'kind', 'lon', 'lat'] as const;
/** Anchorage coordinates are kept to 1e-5 degrees, 1.1 m. */
const ANCHORAGE_DECIMALS = 5;

/** Returns the CSV text of a list of ports; alternative names are joined by "; ". */
export function writePorts(ports: readonly Port[]): string {
  const orEmpty = (value: string | number | null): string => (value === null ? '' : String(value));
  return writeTable(
    PORT_COLUMNS,
    ports.map((port) => [
      port.id,
      port.kind,
      port.name,
      port.altNames.join('; '),
      orEmpty(port.localName),
      orEmpty(port.nameSource),
      port.country,
      orEmpty(port.unlocode),
      orEmpty(port.lon),
      orEmpty(port.lat),
      port.positionSource,
      orEmpty(port.parentPortId),
      port.watched ? 'yes' : '',
      orEmpty(port.note),
    ]),
  );
}

/** Returns the ports of a CSV text as `writePorts` makes it; a row without an id is passed over. */
export function readPorts(text: string): Port[] {
  return readTable(text)
    .filter((row) => row['id'] !== '')
    .map((row) => {
      const lon = degrees(row['lon'], 180);
      const lat = degrees(row['lat'], 90);
      const kind: PortKind = row['kind'] === 'label' ? 'label' : 'port';
      const located = lon !== null && lat !== null;
      return {
        id: row['id'],
        kind,
        name: row['name'],
        altNames: row['alt_names'] === '' ? [] : row['alt_names'].split('; '),
        localName: orNull(row['local_name']),
        nameSource: orNull(row['name_source']),
        country: row['country'],
        unlocode: orNull(row['unlocode']),
        lon: located ? lon : null,
        lat: located ? lat : null,
        positionSource: row['position_source'],
        parentPortId: orNull(row['parent_port_id']),
        // Nothing can be near a port whose place is not known, so watching it would promise what cannot be kept.
        watched: located && row['watched'] === 'yes',
        note: orNull(row['note']),
      };
    });
}

function orNull(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell;
}

function degrees(cell: string | undefined, most: number): number | null {
  const value = cell === undefined || cell.trim() === '' ? NaN : Number(cell);
  return Math.abs(value) <= most ? value : null;
}

/** Returns the CSV text of anchorage points, one a line, in the order given. */
export function writeAnchorages(points: readonly AnchoragePoint[]): string {
  return writeTable(
    ANCHORAGE_COLUMNS,
    points.map((point) => [
      point.portId,
      point.kind,
      point.lon.toFixed(ANCHORAGE_DECIMALS),
      point.lat.toFixed(ANCHORAGE_DECIMALS),
    ]),
  );
}

/** Returns the anchorage points of a CSV text as `writeAnchorages` makes it; rows without a valid position are passed over. */
export function readAnchorages(text: string): AnchoragePoint[] {
  const points: AnchoragePoint[] = [];
  // No quotes occur in this table, and it has 30,000 lines: split, do not parse.
  for (const line of text.split('\n').slice(1)) {
    const [portId, word, lon, lat] = line.split(',');
    const kind: AnchorageKind = word === 'berth' ? 'berth' : 'roads';
    const point = { lon: Number(lon), lat: Number(lat), portId, kind };
    if (Math.abs(point.lon) <= 180 && Math.abs(point.lat) <= 90) points.push(point);
  }
  return points;
}
