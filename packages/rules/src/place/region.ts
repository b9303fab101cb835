import { OUTAGE_LIMITS, type OutageLimits } from './outages.ts';
import { chanceOfAtLeast } from './rare-count.ts';
import { PIECE_MS, type Reception, type Witness } from './reception.ts';

/** A region is looked at in circles of these radii around the ship, km (ours: less is a shadow, more is a receiver's whole reach). */
const REGION_KM = [25, 50] as const;
/** Ships that fall silent together by chance do so with more than this probability (ours). */
const TOGETHER_CHANCE = 0.003;
/** Of the windows before so many show what is usual; ships heard and fallen that are taken for granted beside them (ours). */
const USUAL_WINDOWS = 6;
const PRIOR_HEARD = 20;
const PRIOR_FELL = 0.5;
/** A region is back when this share of the ships of the hour before is heard in an hour again (ours). */
const BACK_SHARE = 0.5;
const PIECES_BEFORE = 6;
const PIECES_SILENT = 6;
/** A ship's own pauses are known when it was heard over this many pieces (ours: an hour less the piece that it began in). */
const PIECES_KNOWN = 5;
/** Ships heard this lately have not fallen silent, ms (ours: three pieces). */
const LATE_MS = 3 * PIECE_MS;
/** How far back a ship's own pauses are looked for (ours: reception is remembered for a little longer). */
const RHYTHM_PIECES = 45;
/** A ship has fallen silent when it pauses for this many times its longest pause before (ours). */
const PAUSE_FACTOR = 1.5;

/** What happened to the ships around one that fell silent: nothing, some fell silent with it, or the region went out. */
export type RegionState = {
  /** `edge`: so many fell silent together that the ship may lie at the edge of a region that is out. */
  readonly kind: 'heard' | 'edge' | 'out';
  readonly radiusKm: number;
  /** Ships heard within the radius in the hour before, the silent one among them, and how many fell silent with it. */
  readonly before: number;
  readonly fell: number;
  /** MMSIs of those that fell silent with it, in order; empty while nothing is out. */
  readonly fellMmsi: readonly number[];
  /** When the region was heard again, ms; null while it is out, and when it never was. */
  readonly backAt: number | null;
  /** Pieces up to here were looked at, ms. */
  readonly until: number;
};

/** A ship that fell silent, and the last piece in which it was heard. */
type Fallen = { readonly mmsi: number; readonly piece: number };

/** Around what is asked: the last position of a ship, and the feed that heard it. */
export type RegionQuery = {
  readonly lon: number;
  readonly lat: number;
  readonly at: number;
  readonly feed: number;
  /** Mean time between the ship's reports, ms: its silence can have begun as much later than its last position. */
  readonly cadenceMs: number;
  /** When a silence of many ships is one of the receivers; the defaults when left out. */
  readonly limits?: OutageLimits;
};

/** Returns how far apart in time the last positions of ships may lie that fell silent with one of this interval, ms. */
export function togetherMs(query: Pick<RegionQuery, 'cadenceMs' | 'limits'>): number {
  return (query.limits ?? OUTAGE_LIMITS).quietMs + query.cadenceMs;
}

/**
 * Returns whether the ships around one that fell silent fell silent with it: at least three, and 80 % of those heard in
 * the hour before, within 20 min and the ship's own interval, for an hour or more. Ships that leave together look like
 * this only where no others are heard.
 */
export function regionAt(reception: Reception, query: RegionQuery, now: number): RegionState {
  const states = REGION_KM.map((radiusKm) => fallIn(reception, query, radiusKm, now));
  const rank = { out: 2, edge: 1, heard: 0 } as const;
  const worst = states.reduce((a, b) => (rank[b.kind] > rank[a.kind] ? b : a));
  return worst.kind === 'out' ? comeBack(worst, reception, query, query.at, now) : worst;
}

/**
 * Returns whether a region can be out at all: false where so many of the ships heard in the hour before were heard in the
 * last half hour that too few can have fallen silent. A quarter of the cost of `regionAt`, which sees
 * regions that are back by now as well.
 */
export function mayBeOut(reception: Reception, query: RegionQuery, now: number): boolean {
  const { share, hulls } = query.limits ?? OUTAGE_LIMITS;
  const offPiece = Math.floor(query.at / PIECE_MS);
  const pieces = {
    from: offPiece - PIECES_BEFORE,
    off: offPiece,
    late: Math.ceil((now - LATE_MS) / PIECE_MS),
  };
  return REGION_KM.some((radiusKm) => {
    const { before, missing } = reception.fallen({ ...query, radiusKm }, pieces, now);
    return before >= hulls && missing >= before * share;
  });
}

/** Returns the state with what was heard since it was looked at last. */
export function watchRegion(
  region: RegionState,
  reception: Reception,
  query: RegionQuery,
  now: number,
): RegionState {
  if (region.kind !== 'out' || region.backAt !== null) return region;
  return comeBack(region, reception, query, region.until, now);
}

function fallIn(reception: Reception, query: RegionQuery, radiusKm: number, now: number): RegionState {
  const limits = query.limits ?? OUTAGE_LIMITS;
  const offPiece = Math.floor(query.at / PIECE_MS);
  const nowPiece = Math.floor(now / PIECE_MS);
  const window = Math.ceil(togetherMs(query) / PIECE_MS);
  const ships = heardAround(reception, query, radiusKm, (offPiece - RHYTHM_PIECES) * PIECE_MS, now);
  const { before, silent } = fallAt(ships, offPiece, window, nowPiece);
  const fell = silent.length;
  const isOut = fell >= limits.hulls && fell / before >= limits.share;
  const isEdge = isOut || fell - 1 >= leastBeyondChance(ships, offPiece, window, nowPiece, before);
  const kind = isOut ? 'out' : isEdge ? 'edge' : 'heard';
  return { kind, radiusKm, before, fell, fellMmsi: isOut ? silent : [], backAt: null, until: query.at };
}

/** The ships heard in the hour before a piece, and the MMSIs of those that fell silent together then. */
function fallAt(
  ships: readonly Witness[],
  offPiece: number,
  window: number,
  nowPiece: number,
): { readonly before: number; readonly silent: readonly number[] } {
  const around = ships.filter((ship) =>
    ship.pieces.some((piece) => piece >= offPiece - PIECES_BEFORE && piece <= offPiece),
  );
  const fallen = around.flatMap((ship) => fellSilent(ship, offPiece, window, nowPiece) ?? []);
  const silent = together(fallen, offPiece, window).map((ship) => ship.mmsi);
  return { before: around.length, silent };
}

/**
 * How many others must fall silent with a ship for it to be no chance: more than usually do in such a window, as the
 * hours before show of the same water. Where ships come and go at the rim of what is heard, some always do.
 */
function leastBeyondChance(
  ships: readonly Witness[],
  offPiece: number,
  window: number,
  nowPiece: number,
  before: number,
): number {
  let heard = PRIOR_HEARD;
  let fell = PRIOR_FELL;
  for (let back = 2; back <= 1 + USUAL_WINDOWS; back++) {
    const usual = fallAt(ships, offPiece - back * (window + 1), window, nowPiece);
    heard += usual.before;
    fell += usual.silent.length;
  }
  const mean = (fell / heard) * before;
  for (let others = 1; others < before; others++)
    if (chanceOfAtLeast(others, { mean, variance: mean }) < TOGETHER_CHANCE) return others;
  return before;
}

/** The most of those that fell silent whose last pieces lie within one window, the given piece among them. */
function together(silent: readonly Fallen[], offPiece: number, window: number): readonly Fallen[] {
  let most: readonly Fallen[] = [];
  for (let begin = offPiece - window; begin <= offPiece; begin++) {
    const some = silent.filter(({ piece }) => piece >= begin && piece <= begin + window);
    if (some.length > most.length) most = some;
  }
  return most;
}

/**
 * The last piece of a ship that fell silent at the time, for an hour and for longer than it pauses anyway (as between the
 * passes of a satellite); null where it did not. Of a ship that had been heard for less than an hour nobody knows how it pauses.
 */
function fellSilent(
  { mmsi, pieces }: Witness,
  offPiece: number,
  window: number,
  nowPiece: number,
): Fallen | null {
  const last = pieces.findLastIndex((piece) => piece <= offPiece + window);
  if (last < 0 || pieces[last] < offPiece - window || pieces[last] - pieces[0] < PIECES_KNOWN) return null;
  const pauses = pieces.slice(1, last + 1).map((piece, i) => piece - pieces[i] - 1);
  const quiet = Math.max(PIECES_SILENT, PAUSE_FACTOR * Math.max(0, ...pauses));
  const heardNext = last + 1 < pieces.length ? pieces[last + 1] : nowPiece;
  return heardNext - pieces[last] - 1 >= quiet ? { mmsi, piece: pieces[last] } : null;
}

/** Looks for the first piece at whose end half as many ships had been heard in an hour as before. */
function comeBack(
  region: RegionState,
  reception: Reception,
  query: RegionQuery,
  since: number,
  now: number,
): RegionState {
  const { radiusKm, before } = region;
  const window = Math.ceil(togetherMs(query) / PIECE_MS);
  const afterFall = Math.floor(query.at / PIECE_MS) + window + 1;
  const first = Math.max(afterFall, Math.floor(since / PIECE_MS));
  const from = Math.max(afterFall, first - PIECES_BEFORE) * PIECE_MS;
  const ships = heardAround(reception, query, radiusKm, from, now);
  const end = Math.floor(now / PIECE_MS);
  for (let piece = first; piece < end; piece++) {
    const began = Math.max(afterFall, piece - PIECES_BEFORE + 1);
    const heard = ships.map((ship) => ship.pieces.find((p) => p >= began && p <= piece) ?? Infinity);
    if (heard.filter((p) => p < Infinity).length < before * BACK_SHARE) continue;
    return { ...region, backAt: Math.min(...heard) * PIECE_MS, until: now };
  }
  return { ...region, until: Math.max(region.until, end * PIECE_MS) };
}

function heardAround(
  reception: Reception,
  query: RegionQuery,
  radiusKm: number,
  from: number,
  to: number,
): readonly Witness[] {
  const { lon, lat, feed } = query;
  return reception.witnesses({ lon, lat, radiusKm, feed, aisClass: null, exceptMmsi: null, from, to });
}
