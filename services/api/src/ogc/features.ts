import {
  alertVersions,
  listAlerts,
  listVessels,
  thinnedTracks,
  vesselById,
  type Box,
  type TrackPoint,
  type VesselRecord,
} from '@offing/store';
import { isoOf } from '@offing/units';
import type { ApiContext } from '../context.ts';
import { Problem } from '../plugins/problem.ts';
import type { CursorKey, KeyPart } from '../query/cursor.ts';
import type { PublicPort } from '../schemas/port.ts';
import { flagOf } from '../shapes/flags.ts';
import { publicAlert } from '../shapes/event.ts';
import { publicVessel } from '../shapes/vessel.ts';
import { eventKey, eventMark } from '../routes/marks.ts';
import type { CollectionId } from './collections.ts';

/** A feature of GeoJSON. */
export type Feature = {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: object | null;
  readonly properties: object;
};

/** What is asked of a collection. */
export type FeatureQuery = {
  readonly box?: Box;
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  readonly after: CursorKey | null;
};

/** A feature with its place in the order of the collection. */
export type Placed = { readonly feature: Feature; readonly key: CursorKey };

/** A page of a collection: its features, and whether there is another behind it. */
export type FeaturePage = { readonly placed: readonly Placed[]; readonly hasMore: boolean };

/** A collection: a page of it, and single features. */
export type Collection = {
  readonly cursorKey: readonly KeyPart[];
  /** Most features on a page. */
  readonly most: number;
  readonly page: (context: ApiContext, query: FeatureQuery) => Promise<FeaturePage>;
  readonly single: (context: ApiContext, id: string) => Promise<Feature | undefined>;
};

const TRACK_POINTS = 500;
/** Positions that the lines of one page are made of, at most; a hull with more has a page of its own. */
const MOST_POSITIONS = 1_000_000;

/** The collections by their ids. */
export const FEATURES_OF: Readonly<Record<CollectionId, Collection>> = {
  alerts: {
    cursorKey: eventKey,
    most: 1000,
    async page({ reader }, { limit, after, ...filter }) {
      const page = { limit: limit + 1, ...eventMark(after) };
      const records = await listAlerts(reader, { ...filter, states: ['open', 'closed'] }, page);
      return pageOf(records, limit, (record) => ({
        feature: alertFeature(publicAlert(record)),
        key: [record.openedAt, record.eventId],
      }));
    },
    async single({ reader }, id) {
      const newest = (await alertVersions(reader, id)).at(-1);
      return newest === undefined ? undefined : alertFeature(publicAlert(newest));
    },
  },
  tracks: {
    cursorKey: ['integer', 'integer', 'text'],
    most: 50,
    async page({ reader }, { limit, after, ...filter }) {
      const mark =
        after === null
          ? {}
          : { after: { mmsi: Number(after[0]), hull: Number(after[1]), vesselId: String(after[2]) } };
      // One position is no line: QGIS takes a layer that begins with shapeless features for a table, and draws none of it.
      const vessels = await listVessels(
        reader,
        { ...filter, leastPositions: 2 },
        { limit: limit + 1, ...mark },
      );
      const { from, to } = filter;
      const span = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const shown = vessels.slice(0, shownOf(vessels, limit));
      const tracks = await thinnedTracks(reader, shown, { ...span, points: TRACK_POINTS });
      return pageOf(vessels, shown.length, (vessel, index) => ({
        feature: trackFeature(vessel, tracks[index]),
        key: [vessel.mmsi, vessel.hull, vessel.vesselId],
      }));
    },
    async single({ reader }, id) {
      const vessel = await vesselById(reader, id);
      if (vessel === undefined) return undefined;
      const [points] = await thinnedTracks(reader, [vessel], { points: TRACK_POINTS });
      return trackFeature(vessel, points);
    },
  },
  ports: {
    cursorKey: ['text'],
    most: 1000,
    page({ gazetteer }, { box, limit, after }) {
      if (gazetteer === undefined)
        throw new Problem('reference-missing', 'No gazetteer is loaded; see /readyz');
      const found = gazetteer.ports
        .filter((port) => isIn(port, box) && (after === null || port.id > String(after[0])))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit + 1);
      return Promise.resolve(
        pageOf(found, limit, (port) => ({ feature: portFeature(port), key: [port.id] })),
      );
    },
    single({ gazetteer }, id) {
      const port = gazetteer?.ports.find((one) => one.id === id && one.lon !== null);
      return Promise.resolve(port === undefined ? undefined : portFeature(port));
    },
  },
};

/** Of what was read more than is shown tells only that there is a next page. */
function pageOf<Item>(
  found: readonly Item[],
  shown: number,
  placed: (item: Item, index: number) => Placed,
): FeaturePage {
  return { placed: found.slice(0, shown).map(placed), hasMore: found.length > shown };
}

/** How many hulls make a page whose lines can be made in time. */
function shownOf(vessels: readonly VesselRecord[], limit: number): number {
  let positions = 0;
  const over = vessels.findIndex((vessel) => (positions += vessel.positions ?? 0) > MOST_POSITIONS);
  return Math.min(limit, over < 0 ? limit : Math.max(1, over));
}

function isIn({ lon, lat }: PublicPort, box: Box | undefined): boolean {
  if (lon === null || lat === null) return false;
  if (box === undefined) return true;
  const inLon =
    box.west <= box.east ? lon >= box.west && lon <= box.east : lon >= box.west || lon <= box.east;
  return inLon && lat >= box.south && lat <= box.north;
}

/** Flat properties: a layer's table has no place for objects. */
function alertFeature({
  id,
  lon,
  lat,
  port,
  rule,
  evidence,
  reference,
  ...rest
}: ReturnType<typeof publicAlert>): Feature {
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: {
      ...flat(rest),
      portId: port?.id ?? null,
      portName: port?.name ?? null,
      portCountry: port?.country ?? null,
      ruleVersion: rule.version,
      evidence: JSON.stringify(evidence),
      reference: JSON.stringify(reference),
    },
  };
}

function trackFeature(vessel: VesselRecord, points: readonly TrackPoint[]): Feature {
  const { lon: _, lat: __, ...face } = publicVessel(vessel, flagOf(vessel.mmsi));
  const [first, last] = [points.at(0), points.at(-1)];
  return {
    type: 'Feature',
    id: vessel.vesselId,
    geometry: lineOf(points),
    properties: {
      ...flat(face),
      fromAt: first === undefined ? null : isoOf(first.at),
      toAt: last === undefined ? null : isoOf(last.at),
    },
  };
}

/** Cut at the antimeridian (RFC 7946, section 3.1.9); always of one type, as a layer wants it. */
function lineOf(points: readonly TrackPoint[]): object | null {
  const parts: [number, number][][] = [];
  let before: TrackPoint | undefined;
  for (const point of points) {
    if (before === undefined || Math.abs(point.lon - before.lon) > 180) parts.push([]);
    parts[parts.length - 1].push([point.lon, point.lat]);
    before = point;
  }
  const lines = parts.filter((part) => part.length > 1);
  return lines.length === 0 ? null : { type: 'MultiLineString', coordinates: lines };
}

function portFeature({ lon, lat, id, ...rest }: PublicPort): Feature {
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: flat({ id, ...rest }),
  };
}

function flat(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? value.join('; ') : value,
    ]),
  );
}
