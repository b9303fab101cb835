import { HOUR_MS } from '@offing/units';
import { cellOf, cellsWithin, distanceM } from '@offing/geo';

/** Reception is remembered in pieces of this length; within one, a ship was heard or not. */
export const PIECE_MS = HOUR_MS / 6;
const PIECES_AN_HOUR = 6;
/** Room in a key for a feed (16 bits) and a class (2 bits). */
const SOURCES = 2 ** 18;

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

type HourList = {
  mmsi: number[];
  pieces: number[];
  lon: number[];
  lat: number[];
  source: number[];
  index: Map<number, number>;
};

/** What a reception model holds, as plain data. */
export type ReceptionDump = ReadonlyMap<number, ReadonlyMap<number, HourList>>;

/**
 * What the receivers heard of late: per area cell and hour, which ships of which class by which feed, in which ten
 * minutes, and where first in that hour. Filled by the vessel stage with one note per ship, cell and ten minutes, so that
 * its cost falls with the reporting rate. Older hours are dropped: a gap that is longer keeps its own tally.
 */
export class Reception {
  #cells = new Map<number, Map<number, HourList>>();
  #keepMs: number;
  #prunedIn = NaN;

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** Takes note of a ship heard in a cell; calls come in event-time order. */
  note(
    at: number,
    mmsi: number,
    cell: number,
    feed: number,
    aisClass: number,
    lon: number,
    lat: number,
  ): void {
    const hour = Math.floor(at / HOUR_MS);
    // By the hour that begins, not by the time since the last: a run that was restored meanwhile drops the same hours.
    if (hour !== this.#prunedIn) this.#prune(hour);
    let hours = this.#cells.get(cell);
    if (hours === undefined) this.#cells.set(cell, (hours = new Map<number, HourList>()));
    let list = hours.get(hour);
    if (list === undefined) {
      hours.set(hour, (list = { mmsi: [], pieces: [], lon: [], lat: [], source: [], index: new Map() }));
    }
    const source = feed * 4 + aisClass;
    const key = mmsi * SOURCES + source;
    const known = list.index.get(key);
    const piece = 1 << (Math.floor(at / PIECE_MS) - hour * PIECES_AN_HOUR);
    if (known !== undefined) {
      list.pieces[known] |= piece;
      return;
    }
    list.index.set(key, list.mmsi.length);
    list.mmsi.push(mmsi);
    list.pieces.push(piece);
    list.lon.push(lon);
    list.lat.push(lat);
    list.source.push(source);
  }

  /** Returns the ships that answer the query, by MMSI. Only pieces that lie wholly in the interval count. */
  witnesses(query: WitnessQuery): readonly Witness[] {
    const found = new Map<number, { pieces: Set<number>; nearestKm: number }>();
    const firstHour = Math.floor(query.from / HOUR_MS);
    const lastHour = Math.floor((query.to - 1) / HOUR_MS);
    for (const cell of cellsWithin(query.lon, query.lat, query.radiusKm)) {
      const hours = this.#cells.get(cell);
      if (hours === undefined) continue;
      for (let hour = firstHour; hour <= lastHour; hour++) {
        const list = hours.get(hour);
        if (list !== undefined) collect(list, hour, query, found);
      }
    }
    return [...found]
      .sort(([a], [b]) => a - b)
      .map(([mmsi, heard]) => ({
        mmsi,
        pieces: [...heard.pieces].sort((a, b) => a - b),
        nearestKm: heard.nearestKm,
      }));
  }

  /** Returns everything held, as plain data. */
  dump(): ReceptionDump {
    return this.#cells;
  }

  /** Returns a model that goes on from a dump. */
  static restore(dump: ReceptionDump, keepMs: number): Reception {
    const reception = new Reception(keepMs);
    reception.#cells = new Map([...dump].map(([cell, hours]) => [cell, new Map(hours)]));
    return reception;
  }

  #prune(hour: number): void {
    this.#prunedIn = hour;
    const oldest = hour - Math.ceil(this.#keepMs / HOUR_MS);
    for (const [cell, hours] of this.#cells) {
      for (const hour of hours.keys()) if (hour < oldest) hours.delete(hour);
      if (hours.size === 0) this.#cells.delete(cell);
    }
  }
}

/** Returns the area cell in which a ship is noted. */
export const receptionCell = cellOf;

function collect(
  list: HourList,
  hour: number,
  query: WitnessQuery,
  found: Map<number, { pieces: Set<number>; nearestKm: number }>,
): void {
  const { feed, aisClass, exceptMmsi } = query;
  for (let i = 0; i < list.mmsi.length; i++) {
    const mmsi = list.mmsi[i];
    if (list.source[i] >> 2 !== feed || mmsi === exceptMmsi) continue;
    if (aisClass !== null && (list.source[i] & 3) !== aisClass) continue;
    const km = distanceM(query.lon, query.lat, list.lon[i], list.lat[i]) / 1000;
    if (km > query.radiusKm) continue;
    for (let piece = 0; piece < PIECES_AN_HOUR; piece++) {
      if ((list.pieces[i] & (1 << piece)) === 0) continue;
      const absolute = hour * PIECES_AN_HOUR + piece;
      if (absolute * PIECE_MS < query.from || (absolute + 1) * PIECE_MS > query.to) continue;
      let heard = found.get(mmsi);
      if (heard === undefined) found.set(mmsi, (heard = { pieces: new Set(), nearestKm: km }));
      heard.pieces.add(absolute);
      heard.nearestKm = Math.min(heard.nearestKm, km);
    }
  }
}
