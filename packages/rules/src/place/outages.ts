import { distanceM } from '@offing/geo';
import { HOUR_MS, MINUTE_MS, type Place } from '@offing/units';
import { overlapMs, type Stretch } from './overlap.ts';

/** How long before its last message a feed's hulls count as those that it heard. */
export const OUTAGE_LOOK_BACK_MS = HOUR_MS;

/** When a silence of many hulls is one of the receivers; the parameters of `feed-outage`. */
export type OutageLimits = {
  /** A feed that says nothing for longer than this may be out; hulls that fall silent within this time fell together, ms. */
  readonly quietMs: number;
  /** A silence of fewer hulls than this says nothing about the receivers. */
  readonly hulls: number;
  /** Share of the hulls heard in the hour before that must fall silent together for a region to be out. */
  readonly share: number;
};

/** The limits of detections.md, "Before any rule", 3. */
export const OUTAGE_LIMITS: OutageLimits = { quietMs: 20 * MINUTE_MS, hulls: 3, share: 0.8 };

/** A stretch in which a whole feed, or its receivers around a place, was not heard, ms of event time. */
export type Outage = Stretch;

/** What outages hold, as plain data. */
export type OutagesDump = {
  readonly byFeed: readonly (readonly Outage[])[];
  readonly regional: readonly (readonly RegionalOutage[])[];
  readonly beganAt: readonly number[];
};

/** Receivers around a place that were out; `to` is null while they are. */
export type RegionalOutage = {
  readonly from: number;
  readonly to: number | null;
  readonly lon: number;
  readonly lat: number;
  readonly radiusKm: number;
};

/**
 * When whole feeds were out. A feed is out between two of its messages that lie more than the quiet time apart, if
 * hulls enough had been heard in the hour before and the pause is not of the feed's own rhythm; the clocks of the
 * feeds decide that. Ships that leave together cannot look like this while any other is heard. Beside them, when regions
 * of a feed were out, and since when each feed is heard at all.
 */
export class Outages {
  readonly limits: OutageLimits;
  #byFeed: Outage[][] = [];
  #regional: RegionalOutage[][] = [];
  #beganAt: number[] = [];

  constructor(limits: OutageLimits = OUTAGE_LIMITS) {
    this.limits = limits;
  }

  /** Takes note of the first message of a feed. */
  begin(feed: number, at: number): void {
    this.#beganAt[feed] ??= at;
  }

  /** Returns when a feed was first heard, ms; Infinity before. */
  beganAt(feed: number): number {
    return this.#beganAt[feed] ?? Infinity;
  }

  /** Takes note of an outage that ended; calls for a feed are in order. */
  add(feed: number, outage: Outage): void {
    (this.#byFeed[feed] ??= []).push(outage);
  }

  /** Returns the feed's outages that overlap the interval, cut to it, in order. */
  within(feed: number, from: number, to: number): readonly Outage[] {
    return (this.#byFeed[feed] ?? [])
      .filter((outage) => outage.to > from && outage.from < to)
      .map((outage) => ({ from: Math.max(from, outage.from), to: Math.min(to, outage.to) }));
  }

  /** Returns how much of an interval the feed was not out, ms. */
  upMs(feed: number, from: number, to: number): number {
    return to - from - overlapMs(this.within(feed, from, to), from, to);
  }

  /** Replaces what is known of the regions of a feed that are or were out, in the order in which they fell. */
  setRegional(feed: number, regional: readonly RegionalOutage[]): void {
    this.#regional[feed] = [...regional];
  }

  /** Returns the regions of a feed that are or lately were out. */
  regional(feed: number): readonly RegionalOutage[] {
    return this.#regional[feed] ?? [];
  }

  /** Whether the feed, or a region of it in which a place lies, went out between two instants, ms. */
  isOutAt(feed: number, place: Place, from: number, to: number): boolean {
    return this.within(feed, from - 1, to).length > 0 || this.isRegionOutNear(feed, place, 0, from, to);
  }

  /** Whether a region of a feed that lies within a distance of a place was out between two instants, ms. */
  isRegionOutNear(feed: number, place: Place, km: number, from: number, to: number): boolean {
    return this.regional(feed).some(
      (region) =>
        region.from < to &&
        (region.to ?? Infinity) > from &&
        distanceM(region.lon, region.lat, place.lon, place.lat) <= (region.radiusKm + km) * 1000,
    );
  }

  /** Returns everything held, as plain data. */
  dump(): OutagesDump {
    return { byFeed: this.#byFeed, regional: this.#regional, beganAt: this.#beganAt };
  }

  /** Returns outages that go on from a dump. */
  static restore(dump: OutagesDump, limits: OutageLimits = OUTAGE_LIMITS): Outages {
    const outages = new Outages(limits);
    outages.#byFeed = Array.from(dump.byFeed, (list) => [...(list ?? [])]);
    outages.#regional = Array.from(dump.regional, (list) => [...(list ?? [])]);
    outages.#beganAt = [...dump.beganAt];
    return outages;
  }
}
