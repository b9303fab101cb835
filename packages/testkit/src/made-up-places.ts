import {
  makeGazetteer,
  type AnchoragePoint,
  type Announcement,
  type CoastCountry,
  type Gazetteer,
  type Port,
} from '@offing/gazetteer';
import type { Place } from '@offing/units';

/** Latitude of the made-up coast: land lies north of it all round the globe, sea south of it, degrees. */
export const COAST_LAT = 38;

/** South of this the made-up coast says nothing: open sea, degrees. */
const COAST_ENDS_LAT = 30;
const METRES_PER_DEGREE = 111_195;

/**
 * Returns a made-up theatre on a straight coast along 38° N: Eastwick, a watched port with berths and roads; Farwick, a
 * watched port 240 km east of it; Linewick, a watched port whose roads lie on the antimeridian; Quietport, which nobody
 * watches; and Barehaven, a DPRK port without anchorage points. The coast from 124 to 126° E is the DPRK's, on to 128° E the
 * ROK's, all other China's; nothing is announced unless given.
 */
export function madeUpGazetteer(announcements: readonly Announcement[] = []): Gazetteer {
  const shore = { shoreDistanceM, isOnLand: (_: number, lat: number) => lat > COAST_LAT };
  return makeGazetteer(PORTS, POINTS, { ...shore, coastCountry, coastPlaces }, 'made up', announcements);
}

function shoreDistanceM(_: number, lat: number): number | null {
  return lat < COAST_ENDS_LAT ? null : (COAST_LAT - lat) * METRES_PER_DEGREE;
}

function countryAt(lon: number): string {
  if (lon >= 124 && lon < 126) return 'KP';
  return lon >= 126 && lon < 128 ? 'KR' : 'CN';
}

function coastCountry(lon: number, lat: number, maxKm: number): CoastCountry | null {
  const km = (Math.abs(COAST_LAT - lat) * METRES_PER_DEGREE) / 1000;
  return km > maxKm ? null : { country: countryAt(lon), km };
}

function coastPlaces(countries: ReadonlySet<string>): readonly Place[] {
  const lons = Array.from({ length: 3600 }, (_, i) => -180 + i / 10);
  return lons.filter((lon) => countries.has(countryAt(lon))).map((lon) => ({ lon, lat: COAST_LAT }));
}

function port(id: string, name: string, country: string, lon: number, watched: boolean): Port {
  return {
    id,
    kind: 'port',
    name,
    altNames: [],
    localName: null,
    nameSource: null,
    country,
    unlocode: null,
    lon,
    lat: COAST_LAT,
    positionSource: 'made up',
    parentPortId: null,
    watched,
    note: null,
  };
}

function pointsOf(portId: string, lon: number): AnchoragePoint[] {
  return [
    { portId, kind: 'berth', lon, lat: 37.995 },
    { portId, kind: 'berth', lon: lon + 0.01, lat: 37.995 },
    { portId, kind: 'roads', lon, lat: 37.9 },
    { portId, kind: 'roads', lon: lon + 0.05, lat: 37.88 },
  ].map((point) => ({ ...point, kind: point.kind === 'berth' ? 'berth' : 'roads' }));
}

const PORTS: readonly Port[] = [
  port('made-eastwick', 'Eastwick', 'CN', 120, true),
  port('made-farwick', 'Farwick', 'CN', 122.75, true),
  port('made-linewick', 'Linewick', 'CN', 179.98, true),
  port('made-quietport', 'Quietport', 'KR', 127, false),
  port('made-barehaven', 'Barehaven', 'KP', 125, false),
];

const POINTS: readonly AnchoragePoint[] = [
  ...pointsOf('made-eastwick', 120),
  ...pointsOf('made-farwick', 122.75),
  ...pointsOf('made-linewick', 179.98),
  ...pointsOf('made-quietport', 127),
];
