// Makes coast.bin.gz and raster.bin.gz from the lands of the theatre as GeoJSON (the argument); see data/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { encodeCoast, encodeShoreRaster, type Bounds } from '@offing/geo';
import { coastOf } from './coast.ts';
import { rasterOf } from './raster.ts';

/** The theatre: 105-150° E, 15-55° N, from the Gulf of Tonkin to Sakhalin. */
const THEATRE: Bounds = { west: 105, south: 15, east: 150, north: 55 };
/** The coast goes a degree beyond it, so that distances at the rim of the theatre see the shore on the other side. */
const CLIPPED_TO: Bounds = { west: 104, south: 14, east: 151, north: 56 };

const source = process.argv[2];
if (source === undefined) throw new Error('usage: build-coast.ts LANDS.geo.json');
const data = fileURLToPath(new URL('../data/', import.meta.url));
const coast = coastOf(JSON.parse(readFileSync(source, 'utf8')), CLIPPED_TO);
writeFileSync(`${data}coast.bin.gz`, gzipSync(encodeCoast(coast), { level: 9 }));
writeFileSync(`${data}raster.bin.gz`, gzipSync(encodeShoreRaster(rasterOf(coast, THEATRE)), { level: 9 }));
console.log(`${coast.ringStart.length - 1} rings, ${coast.lons.length} vertices`);
