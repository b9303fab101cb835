import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decodeCoast, decodeShoreRaster, makeShore } from '@offing/geo';
import { makeGazetteer, type Gazetteer } from './gazetteer.ts';
import { readAnchorages, readPorts } from './records.ts';

/** Returns the gazetteer of the bundled data; throws when a bundled file is missing or damaged. */
export function loadGazetteer(): Gazetteer {
  const read = (name: string): Buffer => readFileSync(new URL(`../data/${name}`, import.meta.url));
  const coast = decodeCoast(gunzipSync(read('coast.bin.gz')));
  const raster = decodeShoreRaster(gunzipSync(read('raster.bin.gz')));
  if (coast === null || raster === null) throw new Error('the bundled coast is damaged; install Offing anew');
  const ports = readPorts(read('ports.csv').toString());
  const anchorages = readAnchorages(gunzipSync(read('anchorages.csv.gz')).toString());
  return makeGazetteer(ports, anchorages, makeShore(coast, raster));
}
