import { OUTAGE_HULLS, QUIET_MS } from './outages.ts';
import { PIECE_MS, type Reception, type Witness } from './reception.ts';

/** A region is looked at in circles of these radii around the ship, km (ours: less is a shadow, more is a receiver's whole reach). */
const REGION_KM = [25, 50] as const;
/** Share of the ships heard in the hour before that must fall silent together (detections.md, "Before any rule", 3). */
const OUT_SHARE = 0.8;
/** From this share on the ship may lie at the edge of a region that is out (ours). */
const EDGE_SHARE = 0.3;
/** A region is back when this share of the ships of the hour before is heard in an hour again (ours). */
const BACK_SHARE = 0.5;
const PIECES_BEFORE = 6;
const PIECES_SILENT = 6;
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
  /** When the region was heard again, ms; null while it is out, and when it never was. */
  readonly backAt: number | null;
  /** Pieces up to here were looked at, ms. */
  readonly until: number;
};

/** Around what is asked: the last position of a ship, and the feed that heard it. */
export type RegionQuery = {
  readonly lon: number;
  readonly lat: number;
  readonly at: number;
  readonly feed: number;
  /** Mean time between the ship's reports, ms: its silence can have begun as much later than its last position. */
  readonly cadenceMs: number;
};

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
  const offPiece = Math.floor(query.at / PIECE_MS);
  const window = Math.ceil((QUIET_MS + query.cadenceMs) / PIECE_MS);
  const from = (offPiece - RHYTHM_PIECES) * PIECE_MS;
  const around = heardAround(reception, query, radiusKm, from, now).filter((ship) =>
    ship.pieces.some((piece) => piece >= offPiece - PIECES_BEFORE && piece <= offPiece),
  );
  const fell = around.filter((ship) => fellSilent(ship, offPiece, window)).length;
  const share = fell / around.length;
  const kind = fell < OUTAGE_HULLS || share < EDGE_SHARE ? 'heard' : share < OUT_SHARE ? 'edge' : 'out';
  return { kind, radiusKm, before: around.length, fell, backAt: null, until: query.at };
}

/** Whether a ship fell silent at the time, for an hour and for longer than it pauses anyway (as between the passes of a satellite). */
function fellSilent({ pieces }: Witness, offPiece: number, window: number): boolean {
  const last = pieces.findLastIndex((piece) => piece <= offPiece + window);
  if (last < 0 || pieces[last] < offPiece - window) return false;
  const pauses = pieces.slice(1, last + 1).map((piece, i) => piece - pieces[i] - 1);
  const quiet = Math.max(PIECES_SILENT, PAUSE_FACTOR * Math.max(0, ...pauses));
  return last + 1 >= pieces.length || pieces[last + 1] - pieces[last] - 1 >= quiet;
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
  const window = Math.ceil((QUIET_MS + query.cadenceMs) / PIECE_MS);
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
