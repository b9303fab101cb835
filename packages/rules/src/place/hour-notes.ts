import { IntMap } from '@offing/track';

/** What was heard in one hour, as columns: a note is a ship of a source (see `sourceOf`) in an area cell. */
export type HourNotes = {
  /** Hours since 1970. */
  readonly hour: number;
  size: number;
  mmsi: Int32Array;
  cell: Int32Array;
  source: Int32Array;
  /** Bit per ten minutes in which the ship was heard there. */
  pieces: Uint8Array;
  /** How many of its positions were heard there. */
  messages: Int32Array;
  /** Where it was heard first in that cell and hour, degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** The next older note of the same cell, or of the same ship; -1 at the end. */
  nextInCell: Int32Array;
  nextOfShip: Int32Array;
  /** Cell + 1, and MMSI, to the newest note. */
  readonly byCell: IntMap;
  readonly byShip: IntMap;
};

/** Notes of an hour as plain data without their chains. */
export type PackedNotes = {
  readonly hour: number;
  readonly mmsi: Int32Array;
  readonly cell: Int32Array;
  readonly source: Int32Array;
  readonly pieces: Uint8Array;
  readonly messages: Int32Array;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
};

const FIRST_CAPACITY = 64;

/** Returns the notes of an hour in which nothing was heard yet. */
export function makeHourNotes(hour: number, capacity = FIRST_CAPACITY): HourNotes {
  return { hour, size: 0, ...columns(capacity), byCell: new IntMap(capacity), byShip: new IntMap(capacity) };
}

function columns(capacity: number) {
  return {
    mmsi: new Int32Array(capacity),
    cell: new Int32Array(capacity),
    source: new Int32Array(capacity),
    pieces: new Uint8Array(capacity),
    messages: new Int32Array(capacity),
    lon: new Float64Array(capacity),
    lat: new Float64Array(capacity),
    nextInCell: new Int32Array(capacity),
    nextOfShip: new Int32Array(capacity),
  };
}

/** Returns the number of a source: who heard (feed), which class of AIS, by which kind of receiver. */
export function sourceOf(feed: number, aisClass: number, receiverKind: number): number {
  return (feed << 4) | (receiverKind << 2) | aisClass;
}

/** Returns the feed, class and kind of receiver of a source. */
export function partsOfSource(source: number): {
  readonly feed: number;
  readonly aisClass: number;
  readonly receiverKind: number;
} {
  return { feed: source >> 4, aisClass: source & 3, receiverKind: (source >> 2) & 3 };
}

/**
 * Takes note of a ship in a cell: its first place there, and the pieces of all its notes together. Returns the number of
 * the note, whose messages the caller counts.
 */
export function noteInHour(
  notes: HourNotes,
  mmsi: number,
  cell: number,
  source: number,
  pieces: number,
  lon: number,
  lat: number,
): number {
  const newest = notes.byShip.get(mmsi);
  for (let i = newest; i >= 0; i = notes.nextOfShip[i]) {
    if (notes.cell[i] !== cell || notes.source[i] !== source) continue;
    notes.pieces[i] |= pieces;
    return i;
  }
  const end = notes.size++;
  if (end === notes.mmsi.length) grow(notes);
  notes.mmsi[end] = mmsi;
  notes.cell[end] = cell;
  notes.source[end] = source;
  notes.pieces[end] = pieces;
  notes.messages[end] = 0;
  notes.lon[end] = lon;
  notes.lat[end] = lat;
  notes.nextInCell[end] = notes.byCell.get(cell + 1);
  notes.nextOfShip[end] = newest;
  notes.byCell.set(cell + 1, end);
  notes.byShip.set(mmsi, end);
  return end;
}

function grow(notes: HourNotes): void {
  const grown = columns(notes.mmsi.length * 2);
  for (const name of Object.keys(grown) as (keyof typeof grown)[]) grown[name].set(notes[name]);
  Object.assign(notes, grown);
}

/** Returns the notes as plain data that shares no memory with them. */
export function packedNotes(notes: HourNotes): PackedNotes {
  const { hour, size } = notes;
  return {
    hour,
    mmsi: notes.mmsi.slice(0, size),
    cell: notes.cell.slice(0, size),
    source: notes.source.slice(0, size),
    pieces: notes.pieces.slice(0, size),
    messages: notes.messages.slice(0, size),
    lon: notes.lon.slice(0, size),
    lat: notes.lat.slice(0, size),
  };
}

/** Returns notes that go on from plain data. */
export function unpackedNotes(packed: PackedNotes): HourNotes {
  const notes = makeHourNotes(packed.hour, Math.max(FIRST_CAPACITY, packed.mmsi.length));
  for (let i = 0; i < packed.mmsi.length; i++) {
    const { mmsi, cell, source, pieces, lon, lat } = packed;
    const note = noteInHour(notes, mmsi[i], cell[i], source[i], pieces[i], lon[i], lat[i]);
    notes.messages[note] = packed.messages[i];
  }
  return notes;
}
