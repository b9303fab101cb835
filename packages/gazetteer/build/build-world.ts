// Makes world.bin.gz from the lands of the world without the theatre as GeoJSON (the argument); see data/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { encodeCoast, type Bounds } from '@offing/geo';
import { coastOf } from './coast.ts';

const WORLD: Bounds = { west: -180, south: -90, east: 180, north: 90 };

const source = process.argv[2];
if (source === undefined) throw new Error('usage: build-world.ts WORLD.geo.json');
const file = fileURLToPath(new URL('../data/world.bin.gz', import.meta.url));
const coast = coastOf(JSON.parse(readFileSync(source, 'utf8')), WORLD);
writeFileSync(file, gzipSync(encodeCoast(coast), { level: 9 }));
console.log(`${coast.ringStart.length - 1} rings, ${coast.lons.length} vertices`);
