import { circularMeanLonDeg, distanceM, lonDeltaDeg } from '@offing/geo';
import {
  heardAhead,
  mayBeOut,
  OUTAGE_LIMITS,
  OUTAGE_LOOK_BACK_MS,
  PIECE_MS,
  receptionCell,
  regionAt,
  togetherMs,
  watchRegion,
  type Outage,
  type OutageLimits,
  type OutageNotice,
  type Outages,
  type Reception,
  type RegionQuery,
  type RegionState,
  type Rule,
  type Sighting,
} from '@offing/rules';
import { AIS_CLASS } from '@offing/track';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@offing/units';
import type { FeedClocks } from './feed-clocks.ts';

/** A hull is looked at when it has been silent for this long, then at twice and four times that, ms (ours: an hour and a piece of reception on both sides). */
export const REGION_LOOK_MS = 80 * MINUTE_MS;

/** Returns when a hull that was heard last at an instant is to be looked at next, later than `now`, ms. */
export function nextLookAt(lastAt: number, now: number): number {
  let after = REGION_LOOK_MS;
  while (lastAt + after < now) after *= 2;
  return lastAt + after;
}

/** Returns the limits that the outage rule among the rules has, or the documented ones without it. */
export function outageLimitsOf(rules: readonly Rule[]): OutageLimits {
  const params = rules.find((rule) => rule.id === 'feed-outage')?.params;
  if (params === undefined) return OUTAGE_LIMITS;
  return {
    quietMs: Number(params['togetherMin']) * MINUTE_MS,
    hulls: Number(params['hullsAtLeast']),
    share: Number(params['share']),
  };
}

/** A hull that reports more seldom than this falls silent with too many others to begin an outage early, ms (ours). */
const OFTEN_MS = 30 * MINUTE_MS;
/** Ships under way on one course within this of each other may be leaving together, kn and degrees (ours). */
const UNDER_WAY_KN = 3;
const ONE_COURSE_DEG = 45;
/** Share of the ships that must be back for an outage when they may have been leaving together (ours). */
const BACK_TOGETHER_SHARE = 0.5;
/** How far ships drift while a region is out, km (ours: they are looked for within this of where they were). */
const DRIFT_KM = 150;
/** A region that was heard again is remembered for this long (ours). */
const REMEMBER_MS = 3 * DAY_MS;
/** A feed whose last message is older than this when others are looked at is a recording that ended (ours). */
const ENDED_MS = DAY_MS;

/** A circle of water that fell silent, with the question by which it is watched. */
type Part = { readonly query: RegionQuery; readonly state: RegionState };

/** A region of a feed that is or was out. */
type Region = {
  readonly feed: number;
  readonly cell: number;
  readonly from: number;
  readonly parts: readonly Part[];
  readonly hulls: readonly Sighting[];
  readonly heardBefore: number;
  /** Whether most of the feed fell silent with it, wherever. */
  readonly isWholeFeed: boolean;
  /** Whether its ships may have left together: told only when they are back together. */
  readonly mayHaveLeft: boolean;
  /** Hulls when it was told last; 0 before. */
  readonly toldHulls: number;
  readonly to: number | null;
};

/** What outage watch holds, as plain data. */
export type OutageWatchDump = {
  readonly regions: readonly Region[];
  /** By feed: since when it is told as out, ms; null while it is not. */
  readonly toldOut: readonly (number | null)[];
  readonly piece: readonly number[];
};

/** What outage watch asks of the hulls. */
export type HullSightings = {
  /** The believed hulls that a feed heard last, and heard in an interval of event time, by MMSI. */
  readonly heardBetween: (feed: number, from: number, to: number) => readonly Sighting[];
  /** The hull of an MMSI that was heard last. */
  readonly lastOf: (mmsi: number) => Sighting | null;
};

/** The parts of a notice that say which feed it is about. */
export type FeedNotice = Omit<OutageNotice, 'feed' | 'synthetic'> & { readonly feed: number };

/** Tells when receivers go out and are back: whole feeds by their clocks, regions by the hulls that fell silent together. */
export class OutageWatch {
  #outages: Outages;
  #reception: Reception;
  #clocks: FeedClocks;
  #hulls: HullSightings;
  #endsAt: (feed: number) => number | null;
  #tell: (notice: FeedNotice) => void;
  #regions: Region[];
  #toldOut: (number | null)[];
  #piece: number[];

  constructor(
    world: {
      readonly outages: Outages;
      readonly reception: Reception;
      readonly clocks: FeedClocks;
      readonly hulls: HullSightings;
      /** Event time of the last record of a feed's recordings, ms; null without any. */
      readonly endsAt: (feed: number) => number | null;
    },
    tell: (notice: FeedNotice) => void,
    dump?: OutageWatchDump,
  ) {
    this.#outages = world.outages;
    this.#reception = world.reception;
    this.#clocks = world.clocks;
    this.#hulls = world.hulls;
    this.#endsAt = world.endsAt;
    this.#tell = tell;
    this.#regions = [...(dump?.regions ?? [])];
    this.#toldOut = [...(dump?.toldOut ?? [])];
    this.#piece = [...(dump?.piece ?? [])];
  }

  /** Returns everything held, as plain data. */
  dump(): OutageWatchDump {
    return { regions: this.#regions, toldOut: this.#toldOut, piece: this.#piece };
  }

  /** Tells of an outage of a whole feed that its next message ended. */
  feedIsBack(feed: number, outage: Outage): void {
    const told = this.#toldOut[feed] ?? null;
    if (told === null) this.#tellFeed(feed, 'opened', outage.from, null, outage.to);
    this.#toldOut[feed] = null;
    this.#tellFeed(feed, 'closed', outage.from, outage.to, outage.to);
  }

  /** Looks, once in ten minutes of a feed's time, whether its regions are back and whether other feeds went out. */
  onTime(feed: number, at: number): void {
    const piece = Math.floor(at / PIECE_MS);
    if (this.#piece[feed] === piece) return;
    this.#piece[feed] = piece;
    for (let other = 0; other < this.#clocks.at.length; other++)
      if (other !== feed) this.#lookAtFeed(other, at);
    if (this.#regions.some((region) => region.feed === feed)) this.#watchRegions(feed, at);
  }

  /** Whether some of these feeds is out by an instant, if nothing comes until then, and that is not told yet. */
  isNewsAt(at: number, feeds: readonly number[]): boolean {
    return feeds.some((feed) => this.#goesOut(feed, at));
  }

  /** Looks at feeds at an instant by which nothing came of any. */
  onBeat(at: number, feeds: readonly number[]): void {
    for (const feed of feeds) this.#lookAtFeed(feed, at);
  }

  /** Looks at the surroundings of a hull that has been silent for a while; `isLast` when it is about to be told as silent. */
  look(off: Sighting, feed: number, cadenceMs: number, now: number, isLast: boolean): void {
    if (!isLast && (cadenceMs === 0 || cadenceMs > OFTEN_MS)) return;
    const { limits } = this.#outages;
    const query: RegionQuery = { lon: off.lon, lat: off.lat, at: off.at, feed, cadenceMs, limits };
    const together = togetherMs(query);
    if (this.#outages.within(feed, off.at - 1, off.at + together).length > 0) return;
    if (this.#joins(off, feed, together)) return;
    // The last look must see what voids the gap, also when the region is back by now.
    if (!isLast && !mayBeOut(this.#reception, query, now)) return;
    const state = regionAt(this.#reception, query, now);
    if (state.kind !== 'out') return;
    const hulls = state.fellMmsi.flatMap((mmsi) => this.#hulls.lastOf(mmsi) ?? []);
    this.#takeIn({ query, state }, hulls, together, now);
    this.#publish(feed);
  }

  #goesOut(feed: number, at: number): boolean {
    const isTold = (this.#toldOut[feed] ?? null) !== null;
    const last = this.#clocks.at[feed] ?? -Infinity;
    // A recording that was read to its end is not out, however long others go on. The store keeps whole milliseconds.
    if (Math.abs(last - (this.#endsAt(feed) ?? Infinity)) < 1) return false;
    return !isTold && at - last <= ENDED_MS && this.#clocks.isOutBy(feed, at);
  }

  #lookAtFeed(feed: number, at: number): void {
    if (!this.#goesOut(feed, at)) return;
    const from = this.#clocks.at[feed];
    this.#toldOut[feed] = from;
    this.#tellFeed(feed, 'opened', from, null, at);
  }

  #tellFeed(feed: number, change: 'opened' | 'closed', from: number, to: number | null, at: number): void {
    const hulls = this.#hulls.heardBetween(feed, from - OUTAGE_LOOK_BACK_MS, from);
    this.#tell({
      change,
      feed,
      extent: 'feed',
      cell: null,
      firstToldFrom: from,
      from,
      to,
      at,
      heardBefore: hulls.length,
      fell: hulls.length,
      hulls,
      circles: [],
      leftOnOneCourse: false,
    });
  }

  /** Whether a hull fell silent in the middle of water that is known to be out. */
  #joins(off: Sighting, feed: number, together: number): boolean {
    return this.#regions.some(
      (region) =>
        isOfTime(region, feed, off.at, together) &&
        (region.isWholeFeed || region.parts.some((part) => kmTo(part, off) <= part.state.radiusKm / 2)),
    );
  }

  #takeIn(part: Part, hulls: readonly Sighting[], together: number, now: number): void {
    const { query } = part;
    const known = this.#regions.findIndex(
      (region) =>
        isOfTime(region, query.feed, query.at, together) &&
        region.parts.some((other) => kmTo(other, query) <= other.state.radiusKm + part.state.radiusKm),
    );
    if (known < 0) {
      this.#regions.push(this.#tellRegion(this.#newRegion(part, hulls, together, now), now));
      return;
    }
    const region = this.#regions[known];
    const all = withMore(region.hulls, hulls);
    const grown: Region = {
      ...region,
      parts: [...region.parts, part],
      hulls: all,
      heardBefore: Math.max(region.heardBefore, part.state.before, all.length),
      mayHaveLeft: region.mayHaveLeft && this.#mayHaveLeft(all, query, now),
    };
    this.#regions[known] = this.#tellRegion(grown, now);
  }

  #newRegion(part: Part, hulls: readonly Sighting[], together: number, now: number): Region {
    const { query, state } = part;
    const { feed, at: from } = query;
    const before = this.#hulls.heardBetween(feed, from - OUTAGE_LOOK_BACK_MS, now);
    const fell = before.filter((hull) => hull.at <= from + together);
    const isWholeFeed = fell.length >= before.length * this.#outages.limits.share;
    return {
      feed,
      cell: receptionCell(query.lon, query.lat),
      from,
      parts: [part],
      hulls: isWholeFeed ? withMore(hulls, fell) : hulls,
      heardBefore: isWholeFeed ? before.length : state.before,
      isWholeFeed,
      mayHaveLeft: this.#mayHaveLeft(hulls, query, now),
      toldHulls: 0,
      to: null,
    };
  }

  /** Whether ships were all under way on one course, which led where nobody was heard. */
  #mayHaveLeft(hulls: readonly Sighting[], query: RegionQuery, now: number): boolean {
    const courses = hulls.flatMap(({ sogKn, cogDeg }) =>
      sogKn !== null && sogKn >= UNDER_WAY_KN && cogDeg !== null ? [cogDeg] : [],
    );
    if (courses.length < hulls.length) return false;
    const mean = circularMeanLonDeg(courses);
    if (mean === null || courses.some((course) => Math.abs(lonDeltaDeg(mean, course)) > ONE_COURSE_DEG))
      return false;
    const ahead = { ...query, sogKn: null, cogDeg: mean, navStatus: null };
    return [AIS_CLASS.unknown, AIS_CLASS.A, AIS_CLASS.B].every(
      (aisClass) => !heardAhead(ahead, { feed: query.feed, aisClass }, this.#reception, null, now),
    );
  }

  /** Tells of a region that is new or has doubled, and returns it as told. */
  #tellRegion(region: Region, now: number): Region {
    if (region.mayHaveLeft || region.hulls.length < region.toldHulls * 2) return region;
    this.#tell(noticeOf(region, region.toldHulls === 0 ? 'opened' : 'revised', now));
    return { ...region, toldHulls: region.hulls.length };
  }

  #watchRegions(feed: number, now: number): void {
    this.#regions = this.#regions.flatMap((region) => {
      if (region.feed !== feed) return [region];
      if (region.to !== null) return now - region.to > REMEMBER_MS ? [] : [region];
      return this.#watch(region, now);
    });
    this.#publish(feed);
  }

  #watch(region: Region, now: number): readonly Region[] {
    const parts = region.parts.map(({ query, state }) => ({
      query,
      state: watchRegion(state, this.#reception, query, now),
    }));
    const backs = parts.map(({ state }) => state.backAt);
    if (backs.includes(null)) return [{ ...region, parts }];
    const to = Math.max(...backs.map((at) => at ?? region.from));
    if (region.mayHaveLeft && !this.#areBack(region, to, now)) return [];
    const back: Region = { ...region, parts, to };
    if (region.toldHulls === 0) this.#tell(noticeOf({ ...back, to: null }, 'opened', now));
    this.#tell(noticeOf(back, 'closed', now));
    return [{ ...back, toldHulls: Math.max(1, back.hulls.length) }];
  }

  /** Whether ships that may have left together came back together. */
  #areBack(region: Region, to: number, now: number): boolean {
    const { query } = region.parts[0];
    const asked = { feed: region.feed, aisClass: null, exceptMmsi: null, radiusKm: DRIFT_KM };
    const heard = this.#reception.witnesses({
      ...asked,
      lon: query.lon,
      lat: query.lat,
      from: to - HOUR_MS,
      to: now,
    });
    const known = new Set(heard.map((ship) => ship.mmsi));
    const back = region.hulls.filter((hull) => known.has(hull.mmsi)).length;
    return back >= region.hulls.length * BACK_TOGETHER_SHARE;
  }

  #publish(feed: number): void {
    const circles = this.#regions
      .filter((region) => region.feed === feed && region.toldHulls > 0)
      .flatMap(({ from, to, parts }) =>
        parts.map(({ query, state }) => ({
          from,
          to,
          lon: query.lon,
          lat: query.lat,
          radiusKm: state.radiusKm,
        })),
      );
    this.#outages.setRegional(feed, circles);
  }
}

function isOfTime(region: Region, feed: number, at: number, together: number): boolean {
  return region.feed === feed && region.to === null && Math.abs(region.from - at) <= together;
}

function kmTo({ query }: Part, place: { readonly lon: number; readonly lat: number }): number {
  return distanceM(query.lon, query.lat, place.lon, place.lat) / 1000;
}

function withMore(hulls: readonly Sighting[], more: readonly Sighting[]): readonly Sighting[] {
  const byMmsi = new Map([...more, ...hulls].map((hull) => [hull.mmsi, hull]));
  return [...byMmsi.values()].sort((a, b) => a.mmsi - b.mmsi);
}

function noticeOf(region: Region, change: FeedNotice['change'], at: number): FeedNotice {
  return {
    change,
    feed: region.feed,
    extent: region.isWholeFeed ? 'feed' : 'region',
    cell: region.cell,
    firstToldFrom: region.from,
    from: region.from,
    to: region.to,
    at,
    heardBefore: region.heardBefore,
    fell: region.hulls.length,
    hulls: region.hulls,
    circles: region.parts.map(({ query, state }) => ({
      lon: query.lon,
      lat: query.lat,
      radiusKm: state.radiusKm,
    })),
    leftOnOneCourse: region.mayHaveLeft,
  };
}
