import { COAST_UNITS_PER_DEGREE, indexPlaces, nearestPlace, type Coast } from '@offing/geo';
import type { CountryRun } from '../src/coast-countries.ts';

/** The part of a TopoJSON file of countries that is used; `id` is ISO 3166-1 numeric. */
export type CountriesTopology = {
  readonly transform: {
    readonly scale: readonly [number, number];
    readonly translate: readonly [number, number];
  };
  readonly arcs: readonly (readonly (readonly [number, number])[])[];
  readonly objects: {
    readonly countries: {
      readonly geometries: readonly {
        readonly id?: string;
        readonly type: string;
        readonly arcs?: readonly unknown[];
      }[];
    };
  };
};

/** ISO 3166-1, numeric to alpha-2, of the countries with a coast in the theatre. */
const CODES: Readonly<Record<string, string>> = {
  '156': 'CN',
  '158': 'TW',
  '344': 'HK',
  '392': 'JP',
  '408': 'KP',
  '410': 'KR',
  '446': 'MO',
  '608': 'PH',
  '643': 'RU',
  '704': 'VN',
};
/** A shore farther than this from every country's drawn coast has none, km. */
const MOST_KM = 25;
/** Borders and coasts are filled with points this far apart, degrees (about 500 m). */
const STEP_DEG = 0.005;

type Ring = readonly (readonly [number, number])[];
type Country = { readonly code: string; readonly rings: readonly Ring[] };

/** Returns the countries along a coast: of the polygon around a vertex, or else of the nearest drawn coast. */
export function coastCountriesOf(coast: Coast, topology: CountriesTopology): readonly CountryRun[] {
  const { west, south, east, north } = coast.bounds;
  const countries = countriesOf(topology).map(({ code, rings }) => ({
    code,
    rings: rings.filter((ring) =>
      ring.some(([lon, lat]) => lon >= west - 1 && lon <= east + 1 && lat >= south - 1 && lat <= north + 1),
    ),
  }));
  const nearest = nearestCoast(topology, coast);
  const runs: CountryRun[] = [];
  for (let vertex = 0; vertex < coast.lons.length; vertex++) {
    const lon = coast.lons[vertex] / COAST_UNITS_PER_DEGREE;
    const lat = coast.lats[vertex] / COAST_UNITS_PER_DEGREE;
    const country = countries.find(({ rings }) => isAround(rings, lon, lat))?.code ?? nearest(lon, lat);
    if (runs.at(-1)?.country !== country) runs.push({ vertex, country });
  }
  return runs;
}

function countriesOf({ arcs, transform, objects }: CountriesTopology): readonly Country[] {
  const lines = arcs.map((arc) => placesOf(arc, transform));
  return objects.countries.geometries.flatMap((geometry) => {
    const code = CODES[geometry.id ?? ''];
    if (code === undefined) return [];
    return [{ code, rings: ringsOf(geometry).map((ring) => joined(ring, lines)) }];
  });
}

function placesOf(
  arc: readonly (readonly [number, number])[],
  { scale, translate }: CountriesTopology['transform'],
): Ring {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]] as const;
  });
}

/** The rings of a geometry as lists of arcs; an arc `~i` is arc `i` backwards. */
function ringsOf({ type, arcs }: { readonly type: string; readonly arcs?: readonly unknown[] }): number[][] {
  if (type === 'Polygon') return arcs as number[][];
  return type === 'MultiPolygon' ? (arcs as number[][][]).flat() : [];
}

function joined(ring: readonly number[], lines: readonly Ring[]): Ring {
  return ring.flatMap((arc) => (arc < 0 ? [...lines[~arc]].reverse() : lines[arc]));
}

/** Returns a look-up of the nearest coast that is drawn: of the arcs that one country alone has. */
function nearestCoast(topology: CountriesTopology, coast: Coast): (lon: number, lat: number) => string {
  const lines = topology.arcs.map((arc) => placesOf(arc, topology.transform));
  const [lons, lats, codes] = [[] as number[], [] as number[], [] as string[]];
  for (const [arc, code] of ownArcs(topology)) {
    for (const [lon, lat] of filled(lines[arc])) {
      const { west, south, east, north } = coast.bounds;
      if (lon < west - 1 || lon > east + 1 || lat < south - 1 || lat > north + 1) continue;
      lons.push(lon);
      lats.push(lat);
      codes.push(code);
    }
  }
  const index = indexPlaces(lons, lats);
  return (lon, lat) => {
    const near = nearestPlace(index, lon, lat, MOST_KM);
    return near === null ? '' : codes[near.i];
  };
}

/** Arcs that belong to one country only: coast, not land border. */
function ownArcs({ objects }: CountriesTopology): ReadonlyMap<number, string> {
  const uses = new Map<number, number>();
  const codes = new Map<number, string>();
  for (const geometry of objects.countries.geometries) {
    for (const arc of ringsOf(geometry)
      .flat()
      .map((sign) => (sign < 0 ? ~sign : sign))) {
      uses.set(arc, (uses.get(arc) ?? 0) + 1);
      codes.set(arc, CODES[geometry.id ?? ''] ?? '');
    }
  }
  return new Map([...codes].filter(([arc, code]) => code !== '' && uses.get(arc) === 1));
}

function filled(line: Ring): [number, number][] {
  return line.slice(1).flatMap(([lon, lat], i) => {
    const [lonA, latA] = line[i];
    const steps = Math.max(1, Math.ceil(Math.hypot(lon - lonA, lat - latA) / STEP_DEG));
    return Array.from({ length: steps + 1 }, (_, step): [number, number] => [
      lonA + ((lon - lonA) * step) / steps,
      latA + ((lat - latA) * step) / steps,
    ]);
  });
}

function isAround(rings: readonly Ring[], lon: number, lat: number): boolean {
  let around = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [lonA, latA] = ring[i];
      const [lonB, latB] = ring[j];
      if (latA > lat !== latB > lat && lon < lonA + ((lonB - lonA) * (lat - latA)) / (latB - latA))
        around = !around;
    }
  }
  return around;
}
