import { destinationPoint, distanceM, lonDeltaDeg } from '@offing/geo';
import type { Json } from '@offing/rules';
import { METRES_PER_NAUTICAL_MILE } from '@offing/units';
import type { PublicAlert } from '../schemas/event.ts';
import type { PublicPort } from '../schemas/port.ts';

/** A place in degrees; longitudes run on beyond 180° where a scene lies across the antimeridian. */
export type ScenePlace = { readonly lon: number; readonly lat: number };
/** A position of a track, its instant in ms. */
export type ScenePoint = ScenePlace & { readonly at: number };
/** A place that the evidence names, with words for it. */
export type SceneMark = ScenePlace & { readonly label: string; readonly at: string | null };

/** What a silent ship can have reached. */
export type Reach = {
  readonly edge: readonly ScenePlace[];
  /** The way that it had time for, km. */
  readonly wayKm: number;
  /** Whether it can have gone to a place and on to where it was heard again. */
  readonly holds: (place: ScenePlace) => boolean;
};

/** What the picture of an alert shows of the sea. */
export type Scene = {
  /** Where the alert is about, and how far around it the picture reaches at least, km. */
  readonly middle: ScenePlace;
  readonly halfWidthKm: number;
  readonly halfHeightKm: number;
  readonly tracks: readonly (readonly ScenePoint[])[];
  /** From where a ship was last heard to where it was heard again; null where the alert is about no silence. */
  readonly gap: { readonly off: ScenePlace; readonly on: ScenePlace | null } | null;
  readonly reach: Reach | null;
  readonly marks: readonly SceneMark[];
  /** Those that matter most first. */
  readonly ports: readonly (ScenePlace & { readonly name: string; readonly isNamed: boolean })[];
};

/** As much of what a ship can have reached is shown, km; of more the places of the alert itself would be dots. */
const MOST_REACH_SHOWN_KM = 60;
/** A picture of less sea than this around a place says nothing of where it is, km. */
const LEAST_HALF_KM = 22;
/** Room around what must be seen. */
const ROOM = 1.35;
/** Some anchorages are only numbered, such as CHN-2033; that is no name to put on a map. */
const ANCHORAGE_NUMBER = /^[A-Z]{3}-\d+$/;
const PORT_OF_ALERT_KM = 150;
const MOST_MARKS = 12;
const REACH_CORNERS = 72;
/** Beyond this a reach is most of the theatre and says nothing in a picture, km. */
const MOST_REACH_KM = 4_000;

/** Returns what the picture of an alert shows, from its evidence, the tracks of its ships and the ports. */
export function sceneOf(
  alert: PublicAlert,
  tracks: readonly (readonly ScenePoint[])[],
  ports: readonly PublicPort[],
): Scene {
  const near = <P extends ScenePlace>(place: P): P => ({
    ...place,
    lon: alert.lon + lonDeltaDeg(alert.lon, place.lon),
  });
  const marks = marksOf(alert.evidence).map(near).slice(0, MOST_MARKS);
  const gap = gapOf(alert, near);
  const reach = gap === null ? null : reachOf(alert.evidence, gap, near);
  const listed = listedPorts(alert, ports).map(near);
  const seen: ScenePlace[] = [
    { lon: alert.lon, lat: alert.lat },
    ...marks,
    ...listed.filter(({ isAlerts, ...port }) => isAlerts && kmBetween(port, alert) <= PORT_OF_ALERT_KM),
  ];
  return {
    ...frameOf(seen, Math.min(reach?.wayKm ?? 0, MOST_REACH_SHOWN_KM)),
    tracks: tracks.map((track) => track.map(near)),
    gap,
    reach,
    marks,
    ports: listed,
  };
}

function frameOf(
  places: readonly ScenePlace[],
  leastKm: number,
): Pick<Scene, 'middle' | 'halfWidthKm' | 'halfHeightKm'> {
  const lons = places.map(({ lon }) => lon);
  const lats = places.map(({ lat }) => lat);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
  const halfWidthKm = kmBetween({ lon: west, lat: middle.lat }, { lon: east, lat: middle.lat }) / 2;
  const halfHeightKm = kmBetween({ lon: middle.lon, lat: south }, { lon: middle.lon, lat: north }) / 2;
  return {
    middle,
    halfWidthKm: Math.max(LEAST_HALF_KM, leastKm, ROOM * halfWidthKm),
    halfHeightKm: Math.max(LEAST_HALF_KM, leastKm, ROOM * halfHeightKm),
  };
}

const MARK_WORDS: Readonly<Record<string, string>> = {
  off: 'last heard',
  on: 'heard again',
  first: 'first',
  last: 'last',
  from: 'from',
  to: 'to',
};

type JsonObject = { readonly [key: string]: Json };

/** The positions that evidence names at its first level, and those in its lists. */
function marksOf(evidence: PublicAlert['evidence']): readonly SceneMark[] {
  const marks: SceneMark[] = [];
  for (const [key, value] of Object.entries(evidence)) {
    const words = MARK_WORDS[key] ?? '';
    if (isPlaced(value)) marks.push(markOf(value, words));
    else if (Array.isArray(value)) marks.push(...value.filter(isPlaced).map((item) => markOf(item, '')));
  }
  return marks;
}

function markOf({ lon, lat, at }: Placed, label: string): SceneMark {
  return { lon, lat, label, at: typeof at === 'string' ? at : null };
}

type Placed = JsonObject & { readonly lon: number; readonly lat: number };

function isPlaced(value: Json | undefined): value is Placed {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { lon, lat } = value as JsonObject;
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

function gapOf({ evidence }: PublicAlert, near: (place: Placed) => Placed): Scene['gap'] {
  const { off, on } = evidence;
  if (!isPlaced(off)) return null;
  return { off: near(off), on: isPlaced(on) ? near(on) : null };
}

function reachOf(
  { reach }: PublicAlert['evidence'],
  { off, on }: { readonly off: ScenePlace; readonly on: ScenePlace | null },
  near: (place: ScenePlace) => ScenePlace,
): Scene['reach'] {
  const { speedKn, silenceH } = (typeof reach === 'object' && reach !== null ? reach : {}) as JsonObject;
  if (typeof speedKn !== 'number' || typeof silenceH !== 'number') return null;
  const wayKm = (speedKn * silenceH * METRES_PER_NAUTICAL_MILE) / 1000;
  if (!(wayKm > 0 && wayKm <= MOST_REACH_KM)) return null;
  const edge = Array.from({ length: REACH_CORNERS }, (_, corner) => {
    const bearing = (360 * corner) / REACH_CORNERS;
    return near(destinationPoint(off.lon, off.lat, bearing, 1000 * farthest(off, on, bearing, wayKm)));
  });
  const holds = (place: ScenePlace) =>
    kmBetween(off, place) + (on === null ? 0 : kmBetween(place, on)) <= wayKm;
  return { edge, wayKm, holds };
}

/** How far a ship can have gone in a direction and still have come to where it was heard again, km. */
function farthest(off: ScenePlace, on: ScenePlace | null, bearing: number, wayKm: number): number {
  if (on === null) return wayKm;
  let [least, most] = [0, wayKm];
  for (let i = 0; i < 24; i++) {
    const km = (least + most) / 2;
    const place = destinationPoint(off.lon, off.lat, bearing, 1000 * km);
    if (km + kmBetween(place, on) <= wayKm) least = km;
    else most = km;
  }
  return least;
}

/** The alert's own port first, then those that its evidence names, then watched ones, then all others. */
function listedPorts(alert: PublicAlert, ports: readonly PublicPort[]) {
  const named = new Set(JSON.stringify(alert.evidence).match(/"id":"[^"]{1,40}"/g) ?? []);
  const placed = ports.flatMap(({ id, name, lon, lat, watched }) => {
    if (lon === null || lat === null) return [];
    const isAlerts = id === alert.port?.id;
    const isNumber = ANCHORAGE_NUMBER.test(name);
    const isNamed = isAlerts || named.has(`"id":"${id}"`);
    return [
      { lon, lat, name, isAlerts, isNamed, rank: isAlerts ? 0 : isNamed ? 1 : watched ? 2 : 3, isNumber },
    ];
  });
  return placed.filter(({ isNumber }) => !isNumber).sort((a, b) => a.rank - b.rank);
}

function kmBetween(a: ScenePlace, b: ScenePlace): number {
  return distanceM(a.lon, a.lat, b.lon, b.lat) / 1000;
}
