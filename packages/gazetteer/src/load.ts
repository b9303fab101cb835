import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decodeCoast, decodeShoreRaster, makeShore, type Coast } from '@offing/geo';
import { stableId } from '@offing/units';
import { readAnnouncements } from './announcements.ts';
import { makeCoastAnswers, readCoastCountries } from './coast-countries.ts';
import { makeGazetteer, type Gazetteer } from './gazetteer.ts';
import type { AnchoragePoint } from './port.ts';
import { readAnchorages, readBerths, readPorts, type Records } from './records.ts';

const BUNDLED = new URL('../data/', import.meta.url);

/**
 * Returns the gazetteer of the bundled data, or of files of the same names in another folder (its URL ends in "/");
 * throws when a file is missing or damaged.
 */
export function loadGazetteer(folder: URL = BUNDLED): Gazetteer {
  const read = (name: string): Buffer => readFileSync(new URL(name, folder));
  const coast = loadCoast(folder);
  const raster = decodeShoreRaster(gunzipSync(read('raster.bin.gz')));
  if (raster === null) throw damaged('raster.bin.gz');
  const texts = {
    ports: read('ports.csv').toString(),
    anchorages: gunzipSync(read('anchorages.csv.gz')).toString(),
    berths: read('berths.csv').toString(),
    countries: gunzipSync(read('coast-countries.csv.gz')).toString(),
    announcements: read('announcements.csv').toString(),
  };
  const countries = readCoastCountries(texts.countries, coast);
  if (countries === null) throw damaged('coast-countries.csv.gz');
  const shore = makeShore(coast, raster);
  const berths = whole('berths.csv', readBerths(texts.berths)).map(
    ({ lon, lat, portId }): AnchoragePoint => ({ lon, lat, portId, kind: 'berth' }),
  );
  return makeGazetteer(
    whole('ports.csv', readPorts(texts.ports)),
    [...whole('anchorages.csv.gz', readAnchorages(texts.anchorages)), ...berths],
    { ...shore, ...makeCoastAnswers(shore, countries) },
    stableId('gazetteer-', Object.values(texts)),
    whole('announcements.csv', readAnnouncements(texts.announcements)),
  );
}

/** Returns the bundled coast alone, for drawing; its maker is named wherever it is shown: © OpenStreetMap contributors. */
export function loadCoast(folder: URL = BUNDLED): Coast {
  return readCoast('coast.bin.gz', folder);
}

/**
 * Returns the bundled coasts to draw: that of the theatre, and that of the world without the theatre's rectangle. In both
 * an outline runs counterclockwise and stands before the waters within it, which run clockwise. Throws when a file is
 * missing or damaged.
 */
export function loadMapCoasts(): readonly Coast[] {
  return [loadCoast(), readCoast('world.bin.gz', BUNDLED)];
}

function readCoast(name: string, folder: URL): Coast {
  const coast = decodeCoast(gunzipSync(readFileSync(new URL(name, folder))));
  if (coast === null) throw damaged(name);
  return coast;
}

/** What the project ships has no bad rows; a table with one was changed on its way. */
function whole<Item>(file: string, { records, refused }: Records<Item>): readonly Item[] {
  if (refused.length > 0) throw damaged(`${file}, row ${refused[0].row} (${refused[0].code})`);
  if (records.length === 0) throw damaged(file);
  return records;
}

function damaged(what: string): Error {
  return new Error(`the bundled gazetteer is damaged: ${what}; install Offing anew`);
}
