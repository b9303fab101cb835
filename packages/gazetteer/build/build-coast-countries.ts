// Makes coast-countries.csv.gz from coast.bin.gz and the countries of Natural Earth (the argument); see data/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeCoast } from '@offing/geo';
import { writeCoastCountries } from '../src/coast-countries.ts';
import { coastCountriesOf, type CountriesTopology } from './coast-countries.ts';

const source = process.argv[2];
if (source === undefined) throw new Error('usage: build-coast-countries.ts COUNTRIES-10M.json');
const data = fileURLToPath(new URL('../data/', import.meta.url));
const coast = decodeCoast(gunzipSync(readFileSync(`${data}coast.bin.gz`)));
if (coast === null) throw new Error('coast.bin.gz is damaged');
const runs = coastCountriesOf(coast, JSON.parse(readFileSync(source, 'utf8')) as CountriesTopology);
const text = writeCoastCountries(runs, coast.lons.length);
writeFileSync(`${data}coast-countries.csv.gz`, gzipSync(text, { level: 9 }));
const counts = new Map<string, number>();
for (const [i, { vertex, country }] of runs.entries())
  counts.set(country, (counts.get(country) ?? 0) + (runs[i + 1]?.vertex ?? coast.lons.length) - vertex);
console.log(`${runs.length} runs; vertices by country: ${JSON.stringify(Object.fromEntries(counts))}`);
