import { HOUR_MS } from '@offing/units';
import { cellOf, cellsWithin, distanceFastM, distanceM } from '@offing/geo';
import { coverageOf, type HourCoverage } from './coverage.ts';
import {
  makeHourNotes,
  noteInHour,
  packedNotes,
  sourceOf,
  unpackedNotes,
  type HourNotes,
  type PackedNotes,
} from './hour-notes.ts';

/** Reception is remembered in pieces of this length; within one, a ship was heard or not. */
export const PIECE_MS = HOUR_MS / 6;
const PIECES_AN_HOUR = 6;
/** A degree of latitude is never shorter on the sphere of `distanceM`, km. */
const LEAST_KM_PER_DEGREE = 111;
/** Up to here the plane is good enough for a distance. */
const PLANE_KM = 60;
const PLANE_LAT_DEG = 69;

/** What is asked: who else was heard near a place by a feed, in an interval of event time. */
export type WitnessQuery = {
  readonly lon: number;
  readonly lat: number;
  readonly radiusKm: number;
  readonly feed: number;
  /** One of AIS_CLASS; null: of any. */
  readonly aisClass: number | null;
  /** The silent ship itself is no witness; null: leave none out. */
  readonly exceptMmsi: number | null;
  readonly from: number;
  readonly to: number;
};

/** One ship that was heard: in which ten-minute pieces since 1970, and how near it came. */
export type Witness = {
  readonly mmsi: number;
  readonly pieces: readonly number[];
  readonly nearestKm: number;
};

/** What a reception model holds, as plain data: the hours that are kept, oldest first. */
export type ReceptionDump = readonly PackedNotes[];

/**
 * What the receivers heard of late: per hour and area cell, which ships of which class by which feed, in which ten
 * minutes, and where first in that hour. Filled by the vessel stage with one note per ship, cell and ten minutes, so that
 * its cost falls with the reporting rate. Older hours are dropped: a gap that is longer keeps its own tally.
 */
export class Reception {
  /** Hours since 1970 to what was heard in them, oldest first. */
  #hours = new Map<number, HourNotes>();
  #keepHours: number;
  #newest: HourNotes | null = null;
  /** What was heard in the hours that ended since it was last asked for. */
  #ended: HourCoverage[] = [];

  constructor(keepMs: number) {
    this.#keepHours = Math.ceil(keepMs / HOUR_MS);
  }

  /**
   * Takes note of a ship heard in a cell; calls come in event-time order. Returns the number of the note, by which the
   * same ship's further positions of these ten minutes are counted.
   */
  note(
    at: number,
    mmsi: number,
    cell: number,
    feed: number,
    aisClass: number,
    receiverKind: number,
    lon: number,
    lat: number,
  ): number {
    const hour = Math.floor(at / HOUR_MS);
    const notes = this.#newest?.hour === hour ? this.#newest : this.#begin(hour);
    const piece = 1 << (Math.floor(at / PIECE_MS) - hour * PIECES_AN_HOUR);
    const note = noteInHour(notes, mmsi, cell, sourceOf(feed, aisClass, receiverKind), piece, lon, lat);
    notes.messages[note]++;
    return note;
  }

  /** Counts one more position of a note of the newest hour. */
  again(note: number): void {
    if (this.#newest !== null) this.#newest.messages[note]++;
  }

  /** Returns what was heard in each hour that ended since this was asked before, oldest first. */
  takeEnded(): readonly HourCoverage[] {
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  /** Returns what was heard so far in the hour that goes on; null before the first position. */
  current(): HourCoverage | null {
    return this.#newest === null ? null : coverageOf(this.#newest);
  }

  /** Returns the ships that answer the query, by MMSI. Only pieces that lie wholly in the interval count. */
  witnesses(query: WitnessQuery): readonly Witness[] {
    const found = new Map<number, Finding>();
    const firstHour = Math.floor(query.from / HOUR_MS);
    const lastHour = Math.floor((query.to - 1) / HOUR_MS);
    const cells = cellsWithin(query.lon, query.lat, query.radiusKm);
    for (let hour = firstHour; hour <= lastHour; hour++) {
      const notes = this.#hours.get(hour);
      if (notes === undefined) continue;
      const wholly = piecesWithin(hour, query.from, query.to);
      for (const cell of cells) collect(notes, notes.byCell.get(cell + 1), wholly, query, found);
    }
    const witnesses = [...found.values()].sort((a, b) => a.mmsi - b.mmsi);
    for (const finding of witnesses) tellHour(finding);
    return witnesses;
  }

  /**
   * Counts the ships that a feed heard around a place in pieces from `from` up to `off`, and how many of them it did not hear
   * there from the piece `late` on, up to `to` (ms).
   */
  fallen(
    { feed, lon, lat, radiusKm }: Pick<WitnessQuery, 'feed' | 'lon' | 'lat' | 'radiusKm'>,
    pieces: { readonly from: number; readonly off: number; readonly late: number },
    to: number,
  ): { readonly before: number; readonly missing: number } {
    const found = new Map<number, number>();
    const query = { feed, lon, lat, radiusKm };
    const last = Math.floor(to / PIECE_MS) - 1;
    const cells = cellsWithin(lon, lat, radiusKm);
    for (let hour = Math.floor(pieces.from / PIECES_AN_HOUR); hour * PIECES_AN_HOUR <= last; hour++) {
      const notes = this.#hours.get(hour);
      if (notes === undefined) continue;
      const before = bitsBetween(hour, pieces.from, pieces.off);
      const late = bitsBetween(hour, pieces.late, last);
      for (const cell of cells) mark(notes, notes.byCell.get(cell + 1), query, before, late, found);
    }
    let before = 0;
    let missing = 0;
    for (const marks of found.values()) {
      before += marks & 1;
      if (marks === 1) missing++;
    }
    return { before, missing };
  }

  /** Returns everything held, as plain data. */
  dump(): ReceptionDump {
    return [...this.#hours.values()].map(packedNotes);
  }

  /** Returns a model that goes on from a dump. */
  static restore(dump: ReceptionDump, keepMs: number): Reception {
    const reception = new Reception(keepMs);
    for (const packed of dump) {
      reception.#newest = unpackedNotes(packed);
      reception.#hours.set(packed.hour, reception.#newest);
    }
    return reception;
  }

  /** The notes of an hour, new if it begins; what is too old by then is dropped. */
  #begin(hour: number): HourNotes {
    let notes = this.#hours.get(hour);
    if (this.#newest !== null) this.#ended.push(coverageOf(this.#newest));
    if (notes === undefined) this.#hours.set(hour, (notes = makeHourNotes(hour)));
    for (const old of this.#hours.keys()) if (old < hour - this.#keepHours) this.#hours.delete(old);
    this.#newest = notes;
    return notes;
  }
}

/** Returns the area cell in which a ship is noted. */
export const receptionCell = cellOf;

/** Where a question is asked, and of whose receivers. */
type Place = Pick<WitnessQuery, 'feed' | 'lon' | 'lat' | 'radiusKm'>;

/** How far a note lies from a place, metres; Infinity where a glance shows that it lies beyond the radius. */
function metresTo({ lon, lat, radiusKm }: Place, notes: HourNotes, i: number): number {
  if (Math.abs(notes.lat[i] - lat) * LEAST_KM_PER_DEGREE > radiusKm) return Infinity;
  const isPlane = radiusKm <= PLANE_KM && Math.abs(lat) <= PLANE_LAT_DEG;
  return isPlane
    ? distanceFastM(lon, lat, notes.lon[i], notes.lat[i])
    : distanceM(lon, lat, notes.lon[i], notes.lat[i]);
}

/** A witness as it is gathered: its pieces of earlier hours as numbers, those of the hour at hand as bits. */
type Finding = { mmsi: number; pieces: number[]; nearestKm: number; hour: number; bits: number };

/** The pieces of an hour, as bits, that lie wholly in an interval. */
function piecesWithin(hour: number, from: number, to: number): number {
  let bits = 0;
  for (let piece = 0; piece < PIECES_AN_HOUR; piece++) {
    const absolute = hour * PIECES_AN_HOUR + piece;
    if (absolute * PIECE_MS >= from && (absolute + 1) * PIECE_MS <= to) bits |= 1 << piece;
  }
  return bits;
}

/** The pieces of an hour, as bits, from one piece since 1970 to another. */
function bitsBetween(hour: number, first: number, last: number): number {
  let bits = 0;
  for (let piece = 0; piece < PIECES_AN_HOUR; piece++) {
    const absolute = hour * PIECES_AN_HOUR + piece;
    if (absolute >= first && absolute <= last) bits |= 1 << piece;
  }
  return bits;
}

/** Marks the ships of a cell's notes, from `first` on along their chain: 1 for a piece of `before`, 2 for one of `late`. */
function mark(
  notes: HourNotes,
  first: number,
  query: Place,
  before: number,
  late: number,
  found: Map<number, number>,
): void {
  for (let i = first; i >= 0; i = notes.nextInCell[i]) {
    const marks = ((notes.pieces[i] & before) === 0 ? 0 : 1) | ((notes.pieces[i] & late) === 0 ? 0 : 2);
    if (marks === 0 || notes.source[i] >> 4 !== query.feed) continue;
    const mmsi = notes.mmsi[i];
    const known = found.get(mmsi) ?? 0;
    if ((known | marks) === known || metresTo(query, notes, i) > query.radiusKm * 1000) continue;
    found.set(mmsi, known | marks);
  }
}

/** Turns the bits of the hour at hand into pieces since 1970. */
function tellHour(finding: Finding): void {
  for (let piece = 0; piece < PIECES_AN_HOUR; piece++)
    if ((finding.bits & (1 << piece)) !== 0) finding.pieces.push(finding.hour * PIECES_AN_HOUR + piece);
  finding.bits = 0;
}

/** Adds what a cell's notes, from `first` on along their chain, say of the ships that a query asks for, in the pieces that count. */
function collect(
  notes: HourNotes,
  first: number,
  wholly: number,
  query: WitnessQuery,
  found: Map<number, Finding>,
): void {
  const { feed, aisClass, exceptMmsi, radiusKm } = query;
  for (let i = first; i >= 0; i = notes.nextInCell[i]) {
    const bits = notes.pieces[i] & wholly;
    if (bits === 0 || notes.source[i] >> 4 !== feed) continue;
    if (aisClass !== null && (notes.source[i] & 3) !== aisClass) continue;
    const mmsi = notes.mmsi[i];
    if (mmsi === exceptMmsi) continue;
    const km = metresTo(query, notes, i) / 1000;
    if (km > radiusKm) continue;
    const known = found.get(mmsi);
    if (known === undefined) {
      found.set(mmsi, { mmsi, pieces: [], nearestKm: km, hour: notes.hour, bits });
      continue;
    }
    if (known.hour !== notes.hour) tellHour(known);
    known.hour = notes.hour;
    known.bits |= bits;
    known.nearestKm = Math.min(known.nearestKm, km);
  }
}
