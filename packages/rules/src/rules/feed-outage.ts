import { cellsWithin, circularMeanLonDeg, KM_PER_DEGREE, lonDeltaDeg, wrapLonDeg } from '@offing/geo';
import { HOUR_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventDraft, Json } from '../event.ts';
import { rounded } from '../evidence.ts';
import { numberParam, parseParams } from '../params.ts';
import type { OutageCircle, OutageNotice, Sighting } from '../place/outage-notice.ts';
import type { Rule, Surroundings } from '../rule.ts';

const ID = 'feed-outage';
const VERSION = 1;
/** Of more hulls only the number stands in the evidence. */
const HULLS_LISTED = 100;
/** A watched port is named when the middle of the outage lies within this distance of it, km (ours). */
const NEAR_PORT_KM = 50;

const schema = Type.Object({
  hullsAtLeast: numberParam(
    3,
    2,
    1000,
    'Fewer hulls that fall silent say nothing of the receivers [detections.md, "Before any rule", 3].',
  ),
  share: numberParam(
    0.8,
    0.5,
    1,
    'Share of the hulls heard in the hour before that must fall silent [detections.md, "Before any rule", 3].',
  ),
  togetherMin: numberParam(
    20,
    5,
    120,
    'They fall silent within this time of each other; a feed must be quiet for longer; minutes [detections.md, "Before any rule", 3].',
  ),
});

/** Parameters of the outage rule; units are in the names. */
export type FeedOutageParams = Static<typeof schema>;

/** Returns the rule that tells when receivers are out: of a whole feed or of a region; a RangeError lists faulty parameters. */
export function feedOutage(given: Readonly<Record<string, unknown>> = {}): Rule {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: [],
    react: (state) => ({ state }),
    onOutage: (notice, around) => [draft(params, notice, around)],
  };
}

function draft(params: FeedOutageParams, notice: OutageNotice, { gazetteer }: Surroundings): EventDraft {
  const box = boxOf(notice);
  const near = box === null ? null : gazetteer.watchedApproach(box.middle.lon, box.middle.lat, NEAR_PORT_KM);
  return {
    type: ID,
    change: notice.change,
    vessels: [],
    discriminator: `${notice.feed}\n${notice.cell ?? 'feed'}`,
    firstToldAt: notice.firstToldFrom,
    openedAt: notice.from,
    closedAt: notice.to,
    lon: box?.middle.lon ?? 0,
    lat: box?.middle.lat ?? 0,
    port: near && { id: near.port.id, name: near.port.name, country: near.port.country },
    verdict: null,
    confidence: confidenceOf(params, notice),
    nexus: false,
    evidence: {
      ...figures(params, notice),
      ...(box?.evidence ?? {}),
      portKm: near && rounded(near.kmToPort, 1),
    },
    feeds: [notice.feed],
    synthetic: notice.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason: null,
    knownSince: notice.at,
  };
}

/** More hulls that fall silent at one time leave less to chance; ships on one course may have been leaving. */
function confidenceOf(params: FeedOutageParams, notice: OutageNotice): number {
  const beyond = notice.fell - params.hullsAtLeast + 1;
  const byHulls = 0.5 + 0.45 * (1 - Math.exp(-beyond / 3));
  return rounded(notice.leftOnOneCourse ? Math.min(0.6, byHulls) : byHulls, 2);
}

function figures(params: FeedOutageParams, notice: OutageNotice): { readonly [key: string]: Json } {
  return {
    feed: notice.feed,
    extent: notice.extent,
    lengthH: rounded(((notice.to ?? notice.at) - notice.from) / HOUR_MS, 2),
    judgedUpTo: isoOf(notice.at),
    hullsFellSilent: notice.fell,
    hullsAtLeast: params.hullsAtLeast,
    heardInHourBefore: notice.heardBefore,
    shareFellSilent: notice.heardBefore === 0 ? null : rounded(notice.fell / notice.heardBefore, 2),
    shareAtLeast: params.share,
    togetherMin: params.togetherMin,
    leftOnOneCourse: notice.leftOnOneCourse,
    hulls: notice.hulls.slice(0, HULLS_LISTED).map((hull) => ({
      mmsi: hull.mmsi,
      lastHeard: isoOf(hull.at),
      lon: hull.lon,
      lat: hull.lat,
    })),
  };
}

/** The middle of the water that was not heard, its bounds and its cells; null where no hull is known. */
function boxOf({ circles, hulls }: OutageNotice): {
  readonly middle: { readonly lon: number; readonly lat: number };
  readonly evidence: { readonly [key: string]: Json };
} | null {
  const places: readonly OutageCircle[] = circles.length > 0 ? circles : hulls.map(pointOf);
  if (places.length === 0) return null;
  const mean = circularMeanLonDeg(places.map((place) => place.lon)) ?? places[0].lon;
  const edges = places.map(({ lon, lat, radiusKm }) => {
    const high = radiusKm / KM_PER_DEGREE;
    const wide = high / Math.max(0.02, Math.cos((lat * Math.PI) / 180));
    const east = lonDeltaDeg(mean, lon);
    return { west: east - wide, east: east + wide, south: lat - high, north: lat + high };
  });
  const west = Math.min(...edges.map((edge) => edge.west));
  const east = Math.max(...edges.map((edge) => edge.east));
  const south = Math.max(-90, Math.min(...edges.map((edge) => edge.south)));
  const north = Math.min(90, Math.max(...edges.map((edge) => edge.north)));
  const cells = new Set(places.flatMap(({ lon, lat, radiusKm }) => cellsWithin(lon, lat, radiusKm)));
  const all = east - west >= 360;
  return {
    middle: { lon: wrapLonDeg(mean + (west + east) / 2), lat: (south + north) / 2 },
    evidence: {
      bbox: [
        all ? -180 : rounded(wrapLonDeg(mean + west), 3),
        rounded(south, 3),
        all ? 180 : rounded(wrapLonDeg(mean + east), 3),
        rounded(north, 3),
      ],
      cells: cells.size,
      circles: circles.map(({ lon, lat, radiusKm }) => ({ lon, lat, radiusKm })),
    },
  };
}

function pointOf({ lon, lat }: Sighting): OutageCircle {
  return { lon, lat, radiusKm: 0 };
}

const docs = {
  title: 'Feed outage',
  summary:
    'A whole feed, or its receivers around a place, went quiet: what was not heard then says nothing about ships.',
  life: [
    'A whole feed: opens when other feeds go on past the pause that it never makes, live also by the clock when nothing comes at all, else with its own next message; closes with that message.',
    'A region: opens when the last of its ships has been silent for 80 min, is told again when twice as many hulls belong to it, and closes when half as many ships are heard there in an hour as before.',
    'Late positions that show ships in that water withdraw or shorten it.',
    'The same outages void gaps: see transponder-gap.',
  ],
  silentFor: [
    'fewer hulls than the least, and a decline in which ships fall silent one after the other',
    'the passes of a satellite and any other rhythm of a feed, once it has been heard twice',
    'ships under way on one course to where nobody is heard: they are leaving together, unless half of them come back together',
    'a recording that ends: nothing is known of what follows it',
  ],
  limits: [
    'A region in which fewer than the least number of ships were heard in the hour before can go out unseen.',
    'Ships that switch off together, with hardly any other heard within 25 km, look like an outage.',
    'In the first hour of a feed nobody knows how its ships pause, so that only the whole feed can be told as out.',
    'The end of a regional outage is known to ten minutes.',
  ],
  innocent: [
    'a receiver, its power or its line failed',
    'the provider was down or throttled the connection',
    'weather bent radio waves away from the receivers for some hours',
  ],
  sources: ['detections.md, "Before any rule", 3: 80 % of at least three hulls within 20 min'],
} as const;
