import { destinationPoint, distanceM, bearingDeg } from '@offing/geo';
import { METRES_PER_NAUTICAL_MILE, MINUTE_MS } from '@offing/units';
import type { Random } from './random.ts';

/** What a made-up ship says of itself. */
export type Identity = {
  readonly mmsi: number;
  readonly imo?: number;
  readonly name: string;
  readonly callSign?: string;
  /** Ship and cargo type, ITU-R M.1371-5 table 53; 70 when left out. */
  readonly type?: number;
  readonly lengthM?: number;
  readonly draughtM?: number;
  readonly aisClass?: 'A' | 'B';
  readonly receiver?: 'terrestrial' | 'satellite';
};

/** One line of a recording. */
export type Line = Identity & {
  readonly at: number;
  readonly lon: number;
  readonly lat: number;
  readonly sogKn: number | null;
  readonly cogDeg: number | null;
  readonly navStatus: number;
};

/** A place as [longitude, latitude] in degrees. */
export type LonLat = readonly [number, number];

/** Where and when a made-up ship begins, and how often it reports under way and lying, minutes. */
export type Start = {
  readonly at: string;
  readonly place: LonLat;
  readonly everyMin?: number;
  readonly lyingEveryMin?: number;
};

/** A made-up ship that is led step by step over the sea; each step goes on where the one before ended. */
export class Ship {
  readonly lines: Line[] = [];
  #identity: Identity;
  #random: Random;
  #at: number;
  #place: LonLat;
  #nextAt: number;
  #everyMin: number;
  #lyingEveryMin: number;
  #saysSpeed = true;

  constructor(identity: Identity, start: Start, random: Random) {
    this.#identity = identity;
    this.#random = random;
    this.#at = Date.parse(start.at);
    this.#nextAt = this.#at;
    this.#place = start.place;
    this.#everyMin = start.everyMin ?? 10;
    this.#lyingEveryMin = start.lyingEveryMin ?? 20;
  }

  /** Event time that was reached, ms. */
  get now(): number {
    return this.#at;
  }

  /** Where the ship is. */
  get place(): LonLat {
    return this.#place;
  }

  /** Says something else of itself from now on. */
  is(change: Partial<Identity>): this {
    this.#identity = { ...this.#identity, ...change };
    return this;
  }

  /** Leaves speed and course unsaid from now on, as some receivers do. */
  withoutSpeed(): this {
    this.#saysSpeed = false;
    return this;
  }

  /** Sails to places, one after the other, at a speed. */
  sail(kn: number, ...places: readonly LonLat[]): this {
    for (const place of places) this.#leg(place, kn, true);
    return this;
  }

  /** Sails to a place and is not heard on the way. */
  sailUnheard(kn: number, place: LonLat): this {
    this.#leg(place, kn, false);
    return this;
  }

  /** Is not heard for so many hours, and is then where it was, or `driftKm` farther on. */
  silent(hours: number, driftKm = 0, courseDeg = 90): this {
    this.#place = ahead(this.#place, driftKm, courseDeg);
    return this.#skipTo(this.#at + hours * 60 * MINUTE_MS);
  }

  /** Lies at anchor for so many hours, swinging. */
  anchor(hours: number, swingM = 120): this {
    return this.#lie(hours, 1, swingM, 0.2);
  }

  /** Lies at a berth for so many hours. */
  moor(hours: number): this {
    return this.#lie(hours, 5, 5, 0);
  }

  /** Drifts for so many hours with its engine stopped. */
  drift(hours: number, kn = 0.6, courseDeg = 60, navStatus = 0): this {
    const km = (hours * kn * METRES_PER_NAUTICAL_MILE) / 1000;
    this.#leg(ahead(this.#place, km, courseDeg), kn, true, navStatus);
    return this;
  }

  /** Is wrongly placed once, now. */
  badFix(place: LonLat): this {
    this.#say(place, 8, 90, 0);
    this.#at += MINUTE_MS;
    return this;
  }

  /** Is somewhere else at once. */
  jump(place: LonLat): this {
    this.#place = place;
    return this;
  }

  /** Takes back what was said after an instant, ms. */
  forgetAfter(at: number): void {
    while (this.lines.length > 0 && this.lines[this.lines.length - 1].at > at) this.lines.pop();
  }

  #leg(to: LonLat, kn: number, isHeard: boolean, navStatus = 0): void {
    const from = this.#place;
    const metres = distanceM(...from, ...to);
    const began = this.#at;
    const until = began + (metres / METRES_PER_NAUTICAL_MILE / kn) * 60 * MINUTE_MS;
    if (!isHeard) this.#nextAt = until;
    while (this.#nextAt < until) {
      const share = (this.#nextAt - began) / (until - began);
      const course = bearingDeg(...from, ...to);
      const { lon, lat } = destinationPoint(...from, course, metres * share);
      this.#at = this.#nextAt;
      this.#say([lon, lat], kn + this.#random.spread(0.2), course, navStatus);
      this.#wait(this.#everyMin);
    }
    this.#at = until;
    this.#place = to;
  }

  #lie(hours: number, navStatus: number, swingM: number, sogKn: number): this {
    const until = this.#at + hours * 60 * MINUTE_MS;
    while (this.#nextAt < until) {
      this.#at = this.#nextAt;
      const swung = ahead(this.#place, (swingM * this.#random.next()) / 1000, 360 * this.#random.next());
      this.#say(swung, Math.max(0, sogKn + this.#random.spread(0.1)), 360 * this.#random.next(), navStatus);
      this.#wait(this.#lyingEveryMin);
    }
    return this.#skipTo(until);
  }

  #skipTo(at: number): this {
    this.#at = at;
    this.#nextAt = Math.max(this.#nextAt, at);
    return this;
  }

  #wait(minutes: number): void {
    this.#nextAt += (minutes + this.#random.spread(minutes / 10)) * MINUTE_MS;
  }

  #say([lon, lat]: LonLat, sogKn: number, cogDeg: number, navStatus: number): void {
    const said = this.#saysSpeed ? { sogKn, cogDeg } : { sogKn: null, cogDeg: null };
    this.lines.push({ ...this.#identity, at: this.#at, lon, lat, ...said, navStatus });
  }
}

/** Returns the place so many kilometres from another in a direction. */
export function ahead([fromLon, fromLat]: LonLat, km: number, courseDeg: number): LonLat {
  const { lon, lat } = destinationPoint(fromLon, fromLat, courseDeg, km * 1000);
  return [lon, lat];
}
