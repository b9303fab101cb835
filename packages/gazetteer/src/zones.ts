import { makeZoneShape, type ZoneRings, type ZoneShape } from '@offing/geo';

/** A polygon given by the user. */
export type Zone = { readonly id: string; readonly name: string; readonly shape: ZoneShape };

/** A zone as it is kept: its rings as in GeoJSON, of all polygons one after the other. */
export type ZoneFeature = { readonly id: string; readonly name: string; readonly rings: ZoneRings };

/** Returns the zone of a feature. */
export function zoneOfFeature({ id, name, rings }: ZoneFeature): Zone {
  return { id, name, shape: makeZoneShape(rings) };
}

/** Why a feature of a zones file was refused; `feature` counts from 1, 0 is the file itself. */
export type ZoneFault = {
  readonly feature: number;
  readonly code:
    | 'not-json'
    | 'no-features'
    | 'no-polygon'
    | 'no-id'
    | 'repeated-id'
    | 'bad-position'
    | 'bad-ring'
    | 'too-wide'
    | 'too-many-vertices';
};

/** The zones of a file, and what was refused of it. */
export type ZoneFile = { readonly zones: readonly Zone[]; readonly faults: readonly ZoneFault[] };

/** A zone of more vertices than this would make every position near it slow. */
const MOST_VERTICES = 10_000;
const MOST_ID_LENGTH = 64;

/** The features of a file, and what was refused of it. */
export type ZoneFeatures = { readonly zones: readonly ZoneFeature[]; readonly faults: readonly ZoneFault[] };

/** Returns the zones of a GeoJSON text, as `readZoneFeatures` reads them. */
export function readZones(text: string): ZoneFile {
  const { zones, faults } = readZoneFeatures(text);
  return { zones: zones.map(zoneOfFeature), faults };
}

/**
 * Returns the zones of a GeoJSON text: a FeatureCollection (or one Feature) of Polygon and MultiPolygon. The id is the
 * feature's `id`, else its property `id`, else its property `name`; the name is that property, else the id.
 */
export function readZoneFeatures(text: string): ZoneFeatures {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { zones: [], faults: [{ feature: 0, code: 'not-json' }] };
  }
  const features = featuresOf(parsed);
  if (features === null) return { zones: [], faults: [{ feature: 0, code: 'no-features' }] };
  const zones = new Map<string, ZoneFeature>();
  const faults: ZoneFault[] = [];
  for (const [i, feature] of features.entries()) {
    const zone = zoneOf(feature);
    if (typeof zone === 'string') faults.push({ feature: i + 1, code: zone });
    else if (zones.has(zone.id)) faults.push({ feature: i + 1, code: 'repeated-id' });
    else zones.set(zone.id, zone);
  }
  return { zones: [...zones.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), faults };
}

function featuresOf(parsed: unknown): readonly unknown[] | null {
  if (!isObject(parsed)) return null;
  if (parsed['type'] === 'Feature') return [parsed];
  const features = parsed['features'];
  return parsed['type'] === 'FeatureCollection' && Array.isArray(features) && features.length > 0
    ? features
    : null;
}

function zoneOf(feature: unknown): ZoneFeature | ZoneFault['code'] {
  if (!isObject(feature)) return 'no-polygon';
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  const name = textOf(properties['name']);
  const id = textOf(feature['id']) ?? textOf(properties['id']) ?? name;
  if (id === null) return 'no-id';
  const rings = ringsOf(feature['geometry']);
  if (typeof rings === 'string') return rings;
  const { bounds } = makeZoneShape(rings);
  if (bounds.east - bounds.west >= 180) return 'too-wide';
  return { id, name: name ?? id, rings };
}

function ringsOf(geometry: unknown): ZoneRings | ZoneFault['code'] {
  if (!isObject(geometry)) return 'no-polygon';
  const { type, coordinates } = geometry;
  if (!Array.isArray(coordinates)) return 'no-polygon';
  if (type !== 'Polygon' && type !== 'MultiPolygon') return 'no-polygon';
  const polygons: unknown[] = type === 'Polygon' ? [coordinates] : coordinates;
  const rings: unknown[] = polygons.flatMap((polygon) =>
    Array.isArray(polygon) ? (polygon as unknown[]) : [null],
  );
  if (rings.length === 0) return 'no-polygon';
  let vertices = 0;
  for (const ring of rings) {
    if (!Array.isArray(ring) || ring.length < 4) return 'bad-ring';
    vertices += ring.length;
    if (vertices > MOST_VERTICES) return 'too-many-vertices';
    if (!ring.every(isPosition)) return 'bad-position';
    const [first, last] = [ring[0], ring[ring.length - 1]];
    if (first[0] !== last[0] || first[1] !== last[1]) return 'bad-ring';
  }
  return rings as ZoneRings;
}

function isPosition(value: unknown): value is readonly [number, number] {
  if (!Array.isArray(value) || value.length < 2) return false;
  const [lon, lat] = value as unknown[];
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 360 && Math.abs(lat) <= 90;
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' && text.length <= MOST_ID_LENGTH ? text.trim() : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
