// Makes packages/gazetteer/data from the source files of a folder (the argument); see data/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeCoast, decodeShoreRaster, indexPlaces, makeShore, nearestPlace } from '@offing/geo';
import { readTable } from '../src/tables.ts';
import { writeAnchorages, writePorts } from '../src/records.ts';
import type { AnchoragePoint, Port } from '../src/port.ts';
import { NAMED_PORTS } from './named-ports.ts';

/** A point of the sets nearer to the shore than this is a berth, metres (detections.md, 7). */
const BERTH_SHORE_M = 1000;
/** A point belongs to a port of its country within this distance, km (detections.md, 7). */
const PORT_KM = 30;
/** A named port with no berth point within this distance gets its own point as one, km (detections.md, 7). */
const BERTH_KM = 5;
const COUNTRY: Readonly<Record<string, string>> = {
  CHN: 'CN',
  HKG: 'CN',
  JPN: 'JP',
  KOR: 'KR',
  RUS: 'RU',
  TWN: 'TW',
};

const source = process.argv[2] ?? '.';
const data = fileURLToPath(new URL('../data/', import.meta.url));
const shore = loadShore();
const rows = readTable(gunzipSync(readFileSync(`${source}/gfw_anchorages_east_asia.csv.gz`)).toString());
const ports = portsOf(readTable(readFileSync(`${source}/ports_east_asia.csv`, 'utf8')));
const indexes: Record<string, { index: ReturnType<typeof indexPlaces> }> = {};
const labels = new Map<string, Port>();
const points = rows.map(pointOf);
const all = [...ports, ...labels.values()];
const overrides = berthOverrides();
writeFileSync(`${data}ports.csv`, writePorts(all));
writeFileSync(`${data}anchorages.csv.gz`, gzipSync(writeAnchorages([...points, ...overrides]), { level: 9 }));
const berths = points.filter((point) => point.kind === 'berth').length;
console.log(
  `${ports.length} ports, ${labels.size} labels, ${points.length} points, ${berths} of them berths`,
);
console.log(`berths added at the port's own point: ${overrides.map((point) => point.portId).join(' ')}`);

function loadShore() {
  const coast = decodeCoast(gunzipSync(readFileSync(`${data}coast.bin.gz`)));
  const raster = decodeShoreRaster(gunzipSync(readFileSync(`${data}raster.bin.gz`)));
  if (coast === null || raster === null) throw new Error('coast.bin.gz or raster.bin.gz is damaged');
  return makeShore(coast, raster);
}

function portsOf(table: readonly Readonly<Record<string, string>>[]): Port[] {
  const huanghua = rows.filter((row) => row['label'] === 'HUANGHUA');
  return [...table.map(portOf), taean(), ...(huanghua.length > 0 ? [labelPort(huanghua)] : [])];
}

function portOf(row: Readonly<Record<string, string>>): Port {
  const named = NAMED_PORTS.find((port) => port.id === row['port_id']);
  const own = row['name'];
  const alt = row['alt_names'].split(';').map((name) => name.trim());
  return {
    id: row['port_id'],
    kind: 'port',
    name: named?.name ?? own,
    altNames: [...new Set([...(named && named.name !== own ? [own] : []), ...alt])].filter(
      (name) => name !== '',
    ),
    localName: named?.localName ?? null,
    nameSource: named ? 'general knowledge' : null,
    country: row['country'],
    unlocode: row['unlocode'] || null,
    lon: named?.place?.lon ?? Number(row['lon']),
    lat: named?.place?.lat ?? Number(row['lat']),
    positionSource: named?.place?.source ?? `${row['position_source']}, ${row['position_kind']}`,
    parentPortId: named?.parentPortId ?? null,
    watched: named?.watched ?? false,
    note: row['notes'] || null,
  };
}

function taean(): Port {
  return {
    id: 'KP-TAEAN',
    kind: 'port',
    name: 'Taean',
    altNames: [],
    localName: '태안',
    nameSource: 'general knowledge',
    country: 'KP',
    unlocode: null,
    lon: null,
    lat: null,
    positionSource: 'not confirmed by any source',
    parentPortId: null,
    watched: false,
    note: 'unlocated',
  };
}

/** Huanghua is in no list of ports; its place is the median of the points of that label. */
function labelPort(labelled: readonly Readonly<Record<string, string>>[]): Port {
  const median = (key: string) =>
    labelled.map((row) => Number(row[key])).sort((a, b) => a - b)[labelled.length >> 1];
  const named = NAMED_PORTS.find((port) => port.id === 'GFW-HUANGHUA');
  return {
    ...taean(),
    id: 'GFW-HUANGHUA',
    name: 'Huanghua',
    localName: named?.localName ?? null,
    country: 'CN',
    lon: Math.round(median('longitude') * 1e4) / 1e4,
    lat: Math.round(median('latitude') * 1e4) / 1e4,
    positionSource: 'GFW anchorages (median of label HUANGHUA)',
    watched: true,
    note: null,
  };
}

function pointOf(row: Readonly<Record<string, string>>): AnchoragePoint {
  const lon = Number(row['longitude']);
  const lat = Number(row['latitude']);
  const country = COUNTRY[row['iso3']] ?? row['iso3'];
  const shoreM = shore.shoreDistanceM(lon, lat);
  const kind = shoreM !== null && shoreM <= BERTH_SHORE_M ? 'berth' : 'roads';
  return { lon, lat, kind, portId: nearestOf(country, lon, lat) ?? labelOf(row, country, lon, lat) };
}

function nearestOf(country: string, lon: number, lat: number): string | null {
  const candidates = ports.filter((port) => port.country === country && port.lon !== null);
  const { index } = (indexes[country] ??= {
    index: indexPlaces(
      candidates.map((port) => port.lon ?? 0),
      candidates.map((port) => port.lat ?? 0),
    ),
  });
  const near = nearestPlace(index, lon, lat, PORT_KM);
  return near === null ? null : candidates[near.i].id;
}

function labelOf(row: Readonly<Record<string, string>>, country: string, lon: number, lat: number): string {
  const id = `GFW-${country}-${row['label'].replace(/[^A-Z0-9]+/g, '-')}`;
  const name = row['label'].toLowerCase().replace(/(^|[ -])[a-z]/g, (letter) => letter.toUpperCase());
  if (!labels.has(id)) {
    labels.set(id, {
      ...taean(),
      id,
      kind: 'label',
      name,
      localName: null,
      nameSource: null,
      country,
      lon,
      lat,
      positionSource: `GFW anchorages, first point of label ${row['label']}`,
      note: null,
    });
  }
  return id;
}

function berthOverrides(): AnchoragePoint[] {
  return NAMED_PORTS.filter(({ watched }) => watched).flatMap(({ id }) => {
    const port = ports.find((candidate) => candidate.id === id);
    if (port === undefined || port.lon === null || port.lat === null)
      throw new Error(`${id} is in no source`);
    const berthsOf = points.filter((point) => point.kind === 'berth');
    const index = indexPlaces(
      berthsOf.map((point) => point.lon),
      berthsOf.map((point) => point.lat),
    );
    if (nearestPlace(index, port.lon, port.lat, BERTH_KM) !== null) return [];
    return [{ lon: port.lon, lat: port.lat, portId: id, kind: 'berth' as const }];
  });
}
