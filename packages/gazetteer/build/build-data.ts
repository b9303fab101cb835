// Makes ports.csv, berths.csv and anchorages.csv.gz from the source files of a folder (the argument); see data/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeCoast, decodeShoreRaster, makeShore } from '@offing/geo';
import { writeAnchorages, writeBerths, writePorts } from '../src/records.ts';
import { readTable } from '../src/tables.ts';
import { pointsOf } from './anchorage-set.ts';
import { berthOverrides } from './berth-overrides.ts';
import { makePlacer } from './placer.ts';
import { portsOf } from './port-list.ts';

const source = process.argv[2];
if (source === undefined) throw new Error('usage: build-data.ts FOLDER');
const data = fileURLToPath(new URL('../data/', import.meta.url));
const coast = decodeCoast(gunzipSync(readFileSync(`${data}coast.bin.gz`)));
const raster = decodeShoreRaster(gunzipSync(readFileSync(`${data}raster.bin.gz`)));
if (coast === null || raster === null) throw new Error('coast.bin.gz or raster.bin.gz is damaged');

const points = pointsOf(
  readTable(gunzipSync(readFileSync(`${source}/gfw_anchorages_east_asia.csv.gz`)).toString()),
  makeShore(coast, raster),
);
const ports = portsOf(readTable(readFileSync(`${source}/ports_east_asia.csv`, 'utf8')), points);
const place = makePlacer(ports);
const anchorages = points.map((point) => ({
  lon: point.lon,
  lat: point.lat,
  kind: point.kind,
  portId: place.portIdOf(point),
}));
const labels = place.labels();
const berths = berthOverrides(ports, anchorages);

writeFileSync(`${data}ports.csv`, writePorts([...ports, ...labels]));
writeFileSync(`${data}berths.csv`, writeBerths(berths));
writeFileSync(`${data}anchorages.csv.gz`, gzipSync(writeAnchorages(anchorages), { level: 9 }));
const alongside = anchorages.filter(({ kind }) => kind === 'berth').length;
console.log(
  `${ports.length} ports, ${labels.length} labels, ${anchorages.length} points (${alongside} berths)`,
);
console.log(`berths at the port's own point: ${berths.map(({ portId }) => portId).join(' ')}`);
