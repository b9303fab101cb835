import { destinationPoint, distanceM } from '@offing/geo';
import { COAST_LAT, type TrackRow } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { HOUR_MS, MINUTE_MS } from '@offing/units';
import { randomFrom } from './traffic.ts';

/** How a sea is made: the same options give the same sea. */
export type SeaOptions = { readonly seed: number; readonly ships: number; readonly days: number };

/** A stretch for which a transmitter was off, ms; `inPort` where it lay in a harbour, as small craft do every night. */
export type SwitchOff = {
  readonly from: number;
  readonly to: number;
  readonly inPort: boolean;
  /** How many of the reports that it would have sent in the first six hours would have been received. */
  missed: number;
};

/** A sea as it was received, and what its ships really did. */
export type Sea = {
  readonly rows: readonly TrackRow[];
  /** By MMSI. */
  readonly switchOffs: ReadonlyMap<number, readonly SwitchOff[]>;
  /** Positions that were sent, received or not. */
  readonly sent: number;
};

type Random = () => number;

/** A receiver on the coast: everything well inside its range is heard, nothing beyond it. */
type Station = {
  readonly lon: number;
  readonly lat: number;
  readonly rangeKm: number;
  readonly outages: readonly { readonly from: number; readonly to: number }[];
};

/** Water that no receiver hears, behind an island or a cape. */
type Hole = { readonly lon: number; readonly lat: number; readonly radiusKm: number };

type Coverage = {
  readonly stations: readonly Station[];
  readonly holes: readonly Hole[];
  /** When the whole feed was out. */
  readonly feedOut: readonly { readonly from: number; readonly to: number }[];
  /** Share of messages lost to chance. */
  readonly loss: number;
};

/** Where a ship is at a step, and whether it lies in a harbour. */
type Step = {
  readonly lon: number;
  readonly lat: number;
  readonly sogKn: number;
  readonly cogDeg: number;
  readonly navStatus: number;
  readonly inPort: boolean;
};

/** When every sea begins, ms. */
export const SEA_START = Date.parse('2020-03-01T00:00:00Z');
const STEP_MS = 10 * MINUTE_MS;
const STEP_H = 1 / 6;
const MISSED_MS = 6 * HOUR_MS;
/** The sea lies off the made-up coast, between these longitudes and south to this latitude. */
const WEST = 117;
const EAST = 129;
const SOUTH = 34.2;
const PORTS_LON = [120, 122.75, 127] as const;
/** Of the ships that trade, so many switch off once, under way or on the roads. */
const SHARE_OFF = 0.7;

/** Returns a sea: every ship's true way, thinned by stations, holes, outages and loss, with some ships switched off for real. */
export function makeSea(options: SeaOptions): Sea {
  const random = randomFrom(options.seed);
  const steps = options.days * 144;
  const coverage = makeCoverage(random, options.days);
  const rows: TrackRow[] = [];
  const switchOffs = new Map<number, readonly SwitchOff[]>();
  let sent = 0;
  for (let i = 0; i < options.ships; i++) {
    const mmsi = 413_000_001 + i;
    const isSmall = random() < 0.2;
    const way = isSmall ? fishingWay(random, steps) : tradingWay(random, steps);
    const offs = isSmall ? harbourNights(way) : darkTime(random, way);
    if (offs.length > 0) switchOffs.set(mmsi, offs);
    // Antennas and transmitters differ: some ships are heard only half as far.
    const power = (isSmall ? 0.5 : 0.75) + 0.25 * random();
    const phaseMs = Math.floor(random() * STEP_MS);
    for (let step = 0; step < steps; step++) {
      const at = SEA_START + step * STEP_MS + phaseMs;
      const off = offs.find((dark) => at >= dark.from && at < dark.to);
      const isReceived = isHeard(coverage, way[step], at, power, random);
      if (off !== undefined) {
        if (isReceived && at < off.from + MISSED_MS) off.missed++;
        continue;
      }
      sent++;
      if (!isReceived) continue;
      const { lon, lat, sogKn, cogDeg, navStatus } = way[step];
      const aisClass = isSmall ? AIS_CLASS.B : AIS_CLASS.A;
      rows.push({ at, mmsi, lon, lat, sogKn, cogDeg, navStatus, aisClass });
    }
  }
  return { rows, switchOffs, sent };
}

function makeCoverage(random: Random, days: number): Coverage {
  const stations: Station[] = [];
  // Receivers stand 30 to 90 km apart: some stretches of the coast hang on one of them.
  for (let lon = WEST; lon < EAST; lon += 0.35 + 0.7 * random()) {
    const outages = random() < 0.4 ? [stretch(random, days, 2, 30)] : [];
    stations.push({ lon, lat: COAST_LAT, rangeKm: 50 + 45 * random(), outages });
  }
  const holes = Array.from({ length: 4 }, () => ({
    lon: WEST + (EAST - WEST) * random(),
    lat: COAST_LAT - 0.1 - 0.5 * random(),
    radiusKm: 8 + 10 * random(),
  }));
  const feedOut = [stretch(random, days, 1, 5), stretch(random, days, 6, 12)];
  return { stations, holes, feedOut, loss: 0.1 + 0.3 * random() };
}

function stretch(random: Random, days: number, leastH: number, mostH: number) {
  const from = SEA_START + random() * days * 24 * HOUR_MS;
  return { from, to: from + (leastH + (mostH - leastH) * random()) * HOUR_MS };
}

/** Whether some receiver heard a message. */
function isHeard(coverage: Coverage, step: Step, at: number, power: number, random: Random): boolean {
  const isOut = (list: Station['outages']): boolean => list.some(({ from, to }) => at >= from && at < to);
  const chance = random();
  if (isOut(coverage.feedOut) || chance < coverage.loss) return false;
  if (coverage.holes.some((hole) => kmBetween(hole, step) < hole.radiusKm)) return false;
  return coverage.stations.some((station) => {
    if (isOut(station.outages)) return false;
    const reach = kmBetween(station, step) / (station.rangeKm * power);
    // Full inside 70 % of the range, then less and less.
    return reach < 0.7 || (reach < 1 && chance < 1 - (reach - 0.7) / 0.3);
  });
}

function kmBetween(a: { readonly lon: number; readonly lat: number }, b: Step): number {
  return distanceM(a.lon, a.lat, b.lon, b.lat) / 1000;
}

/** The way of a trading ship: along the coast, or between the ocean and a port with a wait on the roads. */
function tradingWay(random: Random, steps: number): Step[] {
  return random() < 0.45 ? coasting(random, steps) : calling(random, steps);
}

/** Up and down the coast on a lane of its own. */
function coasting(random: Random, steps: number): Step[] {
  const way: Step[] = [];
  const sogKn = 7 + 7 * random();
  const lane = COAST_LAT - 0.07 - 0.8 * random() ** 1.5;
  let east = random() < 0.5;
  let at = { lon: WEST + (EAST - WEST) * random(), lat: lane };
  for (let step = 0; step < steps; step++) {
    if (at.lon > EAST + 0.5) east = false;
    if (at.lon < WEST - 0.5) east = true;
    const cogDeg = (east ? 90 : 270) + (random() - 0.5) * 6;
    at = { ...destinationPoint(at.lon, at.lat, cogDeg, sogKn * STEP_H * 1852), lat: lane };
    way.push({ ...at, sogKn, cogDeg, navStatus: 0, inPort: false });
  }
  return way;
}

/** From the ocean to the roads of a port, alongside, and out again, over and over, from somewhere in between. */
function calling(random: Random, steps: number): Step[] {
  const way: Step[] = [];
  const sogKn = 8 + 6 * random();
  const skip = Math.floor(random() * 400);
  while (way.length < steps + skip) {
    const port = PORTS_LON[Math.floor(random() * PORTS_LON.length)];
    const lon = port + (random() - 0.5) * 0.08;
    const far = SOUTH + 2.2 * random();
    const slant = (random() - 0.5) * 60;
    const roads = { lon, lat: 37.86 + 0.05 * random() };
    const gate = destinationPoint(roads.lon, roads.lat, 180 + slant, (roads.lat - far) * 111_195);
    sailTo(way, gate, roads, sogKn);
    lie(way, roads, Math.floor(20 + 280 * random()), 1, false);
    const berth = { lon: port + 0.01 * random(), lat: 37.996 };
    sailTo(way, roads, berth, 6);
    lie(way, berth, Math.floor(60 + 180 * random()), 5, true);
    sailTo(way, berth, gate, sogKn);
  }
  return way.slice(skip, skip + steps);
}

/** Small craft that fish off the coast by day and lie in a harbour by night. */
function fishingWay(random: Random, steps: number): Step[] {
  const way: Step[] = [];
  const harbour = { lon: WEST + (EAST - WEST) * random(), lat: COAST_LAT - 0.003 };
  while (way.length < steps) {
    const ground = destinationPoint(harbour.lon, harbour.lat, 120 + 120 * random(), 8000 + 30_000 * random());
    sailTo(way, harbour, ground, 8);
    for (let step = 0; step < 30; step++) {
      const cogDeg = random() * 360;
      way.push({ ...ground, sogKn: 2 + 2 * random(), cogDeg, navStatus: 7, inPort: false });
    }
    sailTo(way, ground, harbour, 8);
    lie(way, harbour, 60 + Math.floor(60 * random()), 5, true);
  }
  return way.slice(0, steps);
}

type Place = { readonly lon: number; readonly lat: number };

function sailTo(way: Step[], from: Place, to: Place, sogKn: number): void {
  const km = distanceM(from.lon, from.lat, to.lon, to.lat) / 1000;
  const count = Math.max(1, Math.round(km / (sogKn * 1.852 * STEP_H)));
  const north = (to.lat - from.lat) * 60;
  const east = (to.lon - from.lon) * 60 * Math.cos((from.lat * Math.PI) / 180);
  const cogDeg = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  for (let step = 0; step < count; step++) {
    const share = step / count;
    const lon = from.lon + (to.lon - from.lon) * share;
    const lat = from.lat + (to.lat - from.lat) * share;
    way.push({ lon, lat, sogKn, cogDeg, navStatus: 0, inPort: false });
  }
}

function lie(way: Step[], at: Place, steps: number, navStatus: number, inPort: boolean): void {
  for (let step = 0; step < steps; step++)
    way.push({ ...at, sogKn: 0.1, cogDeg: (step * 40) % 360, navStatus, inPort });
}

/** Small craft switch off while they lie in harbour. */
function harbourNights(way: readonly Step[]): SwitchOff[] {
  const nights: SwitchOff[] = [];
  way.forEach((step, i) => {
    if (!step.inPort || (i > 1 && way[i - 2].inPort)) return;
    const end = way.findIndex((later, j) => j > i && !later.inPort);
    if (end < 0 || (i > 0 && !way[i - 1].inPort)) return;
    nights.push({ from: SEA_START + i * STEP_MS, to: SEA_START + end * STEP_MS, inPort: true, missed: 0 });
  });
  return nights;
}

/** One time in a while a trading ship switches off for 7 to 40 hours, somewhere on its way but not alongside. */
function darkTime(random: Random, way: readonly Step[]): SwitchOff[] {
  if (random() >= SHARE_OFF) return [];
  for (let tries = 0; tries < 20; tries++) {
    const step = Math.floor((0.1 + 0.7 * random()) * way.length);
    // Ships hide near where they do what they hide: seldom far out on the ocean.
    if (way[step].inPort || (way[step].lat < 37 && random() < 0.8)) continue;
    const from = SEA_START + step * STEP_MS;
    return [{ from, to: from + (7 + 33 * random() ** 2) * HOUR_MS, inPort: false, missed: 0 }];
  }
  return [];
}
