import type { AnchorageKind, AnchoragePoint, Port, PortKind } from './port.ts';
import { readRows, readTable, writeTable } from './tables.ts';

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
const BERTH_COLUMNS = ['port_id', 'lon', 'lat', 'source'] as const;
/** Anchorage coordinates are kept to 1e-5 degrees, 1.1 m. */
const ANCHORAGE_DECIMALS = 5;

/** Why a row of a table was refused; `row` counts from 1, the header and blank lines left out. */
export type RefusedRow = {
  readonly row: number;
  readonly code:
    | 'no-id'
    | 'repeated-id'
    | 'no-name'
    | 'unknown-kind'
    | 'bad-position'
    | 'bad-watched'
    | 'watched-nowhere'
    | 'bad-day';
};

/** The records of a table and the rows that were refused. */
export type Records<Item> = { readonly records: readonly Item[]; readonly refused: readonly RefusedRow[] };

/** A berth that the anchorage set lacks, and where its position comes from; degrees. */
export type BerthOverride = {
  readonly portId: string;
  readonly lon: number;
  readonly lat: number;
  readonly source: string;
};

type Cells = Readonly<Record<string, string | undefined>>;
type Position = { readonly lon: number; readonly lat: number };

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

/**
 * Returns the ports of a CSV text as `writePorts` makes it. A missing kind is `port`; a missing position is allowed, half
 * a position or one outside the globe is not. A port that is to be watched without a position is refused, since nothing
 * can be near it and watching it would promise what cannot be kept.
 */
export function readPorts(text: string): Records<Port> {
  const seen = new Set<string>();
  return readEach(readTable(text), (cells: Cells) => {
    const port = readPort(cells);
    if (typeof port === 'string') return port;
    if (seen.has(port.id)) return 'repeated-id';
    seen.add(port.id);
    return port;
  });
}

function readPort(cells: Cells): Port | RefusedRow['code'] {
  const id = orNull(cells['id']);
  const name = orNull(cells['name']);
  const kind = portKind(cells['kind'] ?? '');
  const position = positionOf(cells['lon'], cells['lat']);
  const watched = cells['watched'] ?? '';
  if (id === null) return 'no-id';
  if (name === null) return 'no-name';
  if (kind === null) return 'unknown-kind';
  if (position === 'bad') return 'bad-position';
  if (watched !== '' && watched !== 'yes') return 'bad-watched';
  if (watched === 'yes' && position === null) return 'watched-nowhere';
  return {
    id,
    kind,
    name,
    altNames: orNull(cells['alt_names'])?.split('; ') ?? [],
    localName: orNull(cells['local_name']),
    nameSource: orNull(cells['name_source']),
    country: cells['country'] ?? '',
    unlocode: orNull(cells['unlocode']),
    lon: position?.lon ?? null,
    lat: position?.lat ?? null,
    positionSource: cells['position_source'] ?? '',
    parentPortId: orNull(cells['parent_port_id']),
    watched: watched === 'yes',
    note: orNull(cells['note']),
  };
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

/**
 * Returns the anchorage points of a CSV text as `writeAnchorages` makes it, its columns in that order. A kind other than
 * `berth` and `roads` is refused: taking it for either would make or hide port visits.
 */
export function readAnchorages(text: string): Records<AnchoragePoint> {
  return readEach(readRows(text).slice(1), ([portId, word, lon, lat]) => {
    const kind = anchorageKind(word);
    const position = positionOf(lon, lat);
    if (portId === '') return 'no-id';
    if (kind === null) return 'unknown-kind';
    if (position === null || position === 'bad') return 'bad-position';
    return { lon: position.lon, lat: position.lat, portId, kind };
  });
}

/** Returns the CSV text of berths that were added to the anchorage set, with their sources. */
export function writeBerths(berths: readonly BerthOverride[]): string {
  return writeTable(
    BERTH_COLUMNS,
    berths.map(({ portId, lon, lat, source }) => [portId, String(lon), String(lat), source]),
  );
}

/** Returns the berths of a CSV text as `writeBerths` makes it. */
export function readBerths(text: string): Records<BerthOverride> {
  return readEach(readTable(text), (cells: Cells) => {
    const portId = orNull(cells['port_id']);
    const position = positionOf(cells['lon'], cells['lat']);
    if (portId === null) return 'no-id';
    if (position === null || position === 'bad') return 'bad-position';
    return { portId, ...position, source: cells['source'] ?? '' };
  });
}

function readEach<Row, Item extends object>(
  rows: readonly Row[],
  read: (row: Row) => Item | RefusedRow['code'],
): Records<Item> {
  const records: Item[] = [];
  const refused: RefusedRow[] = [];
  for (const [i, row] of rows.entries()) {
    const result = read(row);
    if (typeof result === 'string') refused.push({ row: i + 1, code: result });
    else records.push(result);
  }
  return { records, refused };
}

function portKind(word: string): PortKind | null {
  if (word === '') return 'port';
  return word === 'port' || word === 'label' ? word : null;
}

function anchorageKind(word: string | undefined): AnchorageKind | null {
  return word === 'berth' || word === 'roads' ? word : null;
}

function orNull(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell;
}

/** Returns a position in degrees, null when both cells are empty, `bad` when it is half given or none of this globe. */
function positionOf(lonCell: string | undefined, latCell: string | undefined): Position | null | 'bad' {
  const [lon, lat] = [lonCell?.trim() ?? '', latCell?.trim() ?? ''];
  if (lon === '' && lat === '') return null;
  const position = { lon: Number(lon), lat: Number(lat) };
  const valid = lon !== '' && lat !== '' && Math.abs(position.lon) <= 180 && Math.abs(position.lat) <= 90;
  return valid ? position : 'bad';
}
