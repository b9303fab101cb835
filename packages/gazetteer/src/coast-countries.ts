import { COAST_UNITS_PER_DEGREE, type Coast, type Shore } from '@offing/geo';
import type { Place } from '@offing/units';
import { readRows, writeTable } from './tables.ts';

/** From which vertex of the coast on its edges are a country's (ISO 3166-1 alpha-2, empty where no source tells). */
export type CountryRun = { readonly vertex: number; readonly country: string };

/** Whose coast is near: the country of the nearest shore, and how far it is, km. */
export type CoastCountry = { readonly country: string; readonly km: number };

const COLUMNS = ['vertex', 'country'] as const;
const COUNTRY = /^([A-Z]{2})?$/;

/** Returns the CSV text of the countries along a coast; the last row holds the number of vertices and no country. */
export function writeCoastCountries(runs: readonly CountryRun[], vertices: number): string {
  const rows = [...runs, { vertex: vertices, country: '' }];
  return writeTable(
    COLUMNS,
    rows.map(({ vertex, country }) => [String(vertex), country]),
  );
}

/**
 * Returns, by vertex of a coast, the country of the edge that begins there, from a CSV text of `writeCoastCountries`;
 * null when the text is not one, or not of this coast.
 */
export function readCoastCountries(text: string, coast: Coast): readonly string[] | null {
  const runs = readRows(text)
    .slice(1)
    .map(([vertex, country]) => ({ vertex: vertex === '' ? NaN : Number(vertex), country }));
  const end = runs.at(-1);
  if (end?.vertex !== coast.lons.length || runs[0].vertex !== 0) return null;
  const countries: string[] = [];
  for (const [i, run] of runs.slice(0, -1).entries()) {
    const to = runs[i + 1].vertex;
    if (!Number.isInteger(to) || to <= run.vertex || !COUNTRY.test(run.country)) return null;
    for (let vertex = run.vertex; vertex < to; vertex++) countries.push(run.country);
  }
  return countries;
}

/** Returns the questions of whose coast is near, from a shore and the countries of its edges. */
export function makeCoastAnswers(
  shore: Shore,
  countries: readonly string[],
): {
  readonly coastCountry: (lon: number, lat: number, maxKm: number) => CoastCountry | null;
  readonly coastPlaces: (wanted: ReadonlySet<string>) => readonly Place[];
} {
  const { lons, lats } = shore.index.coast;
  return {
    coastCountry: (lon, lat, maxKm) => {
      const near = shore.nearestShore(lon, lat, maxKm * 1000);
      const country = near === null ? '' : countries[near.edge];
      return near === null || country === '' ? null : { country, km: near.distanceM / 1000 };
    },
    coastPlaces: (wanted) =>
      countries.flatMap((country, vertex) =>
        wanted.has(country)
          ? [{ lon: lons[vertex] / COAST_UNITS_PER_DEGREE, lat: lats[vertex] / COAST_UNITS_PER_DEGREE }]
          : [],
      ),
  };
}
