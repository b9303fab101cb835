import { cellOf, cellsWithin } from '@offing/geo';
import { DAY_MS, MINUTE_MS } from '@offing/units';

/** Older hours and vanishings count for half after this time (ours: stations come and go, seasons change reception). */
const HALF_LIFE_MS = 30 * DAY_MS;
/** Ships that vanish this soon after each other vanish for one reason, ms (ours). */
const ONE_REASON_MS = 30 * MINUTE_MS;
/** Below this speed a ship lies where it is, kn (ours). */
const UNDER_WAY_KN = 3;
/** How far around a place its record is looked at, km (ours: about the width of an area cell). */
const AROUND_KM = 8;
/** Lying, four courses, and under way on a course that was not sent. */
const BINS = 6;

/** What is known of ships of one class in a cell that moved alike. */
type Bin = { hours: number; vanished: number; at: number; vanishedAt: number };

/** How ships move: where they are, and which way; null where the message did not say. */
export type Moving = {
  readonly lon: number;
  readonly lat: number;
  readonly sogKn: number | null;
  readonly cogDeg: number | null;
};

/** How many ship-hours were heard around a place, and how many of the ships were not heard on: for a while, or for good. */
export type VanishingRecord = { readonly shipHours: number; readonly vanished: number };

/** The bins of a feed and class by cell and way of moving: numbers that need no more than 31 bits, which maps find quickest. */
type Bins = Map<number, Bin>;

/** What vanishings hold, as plain data: by feed and class, by cell and way of moving. */
export type VanishingsDump = ReadonlyMap<number, ReadonlyMap<number, Bin>>;

/**
 * Where ships vanish: per feed, class, area cell and way of moving, how many ship-hours were heard and how often a ship
 * was not heard on. At the rim of what receivers hear, and where radio shadow lies, ships vanish all the time; in water
 * that is heard well they do not. Learnt from the stream alone.
 */
export class Vanishings {
  #bins: Map<number, Bins>;

  constructor(dump?: VanishingsDump) {
    const copied = (bins: ReadonlyMap<number, Bin>) =>
      new Map([...bins].map(([key, bin]) => [key, { ...bin }]));
    this.#bins = new Map([...(dump ?? [])].map(([source, bins]) => [source, copied(bins)]));
  }

  /** Takes note of a ship that was heard in an hour. */
  heard(feed: number, aisClass: number, motion: Moving, at: number): void {
    this.#bin(feed, aisClass, cellOf(motion.lon, motion.lat), binOf(motion), at).hours++;
  }

  /** Takes note of a ship that was not heard on; ships that vanish at one moment there count as one. */
  vanished(feed: number, aisClass: number, motion: Moving, at: number): void {
    const bin = this.#bin(feed, aisClass, cellOf(motion.lon, motion.lat), binOf(motion), at);
    if (at - bin.vanishedAt <= ONE_REASON_MS) return;
    bin.vanished++;
    bin.vanishedAt = at;
  }

  /** Returns the record around a place of the ships of a class that moved as this one does. */
  around(feed: number, aisClass: number, motion: Moving, at: number): VanishingRecord {
    const likes = binsLike(motion);
    const bins = this.#bins.get(sourceOf(feed, aisClass));
    let shipHours = 0;
    let vanished = 0;
    for (const cell of cellsWithin(motion.lon, motion.lat, AROUND_KM)) {
      for (const like of likes) {
        const bin = bins?.get(cell * BINS + like);
        if (bin === undefined) continue;
        const left = leftOf(bin, at);
        shipHours += bin.hours * left;
        vanished += bin.vanished * left;
      }
    }
    return { shipHours, vanished };
  }

  /** Returns everything held, as plain data. */
  dump(): VanishingsDump {
    return this.#bins;
  }

  #bin(feed: number, aisClass: number, cell: number, like: number, at: number): Bin {
    const source = sourceOf(feed, aisClass);
    let bins = this.#bins.get(source);
    if (bins === undefined) this.#bins.set(source, (bins = new Map<number, Bin>()));
    const key = cell * BINS + like;
    let bin = bins.get(key);
    if (bin === undefined) bins.set(key, (bin = { hours: 0, vanished: 0, at, vanishedAt: -Infinity }));
    if (at - bin.at > DAY_MS) {
      const left = leftOf(bin, at);
      bin.hours *= left;
      bin.vanished *= left;
      bin.at = at;
    }
    return bin;
  }
}

/** What is left of a bin's counts by the half life. */
function leftOf(bin: Bin, at: number): number {
  return 0.5 ** (Math.max(0, at - bin.at) / HALF_LIFE_MS);
}

function sourceOf(feed: number, aisClass: number): number {
  return feed * 4 + aisClass;
}

function binOf({ sogKn, cogDeg }: Moving): number {
  if (sogKn !== null && sogKn < UNDER_WAY_KN) return 0;
  return cogDeg === null ? BINS - 1 : 1 + (Math.floor((cogDeg + 45) / 90) % 4);
}

/** The ways of moving that are set beside this one: its own, and the unknown. */
function binsLike(motion: Moving): readonly number[] {
  const own = binOf(motion);
  return own === BINS - 1 ? [1, 2, 3, 4, 5] : [own, BINS - 1];
}
