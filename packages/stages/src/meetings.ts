import { CROWD_M, GRID_MS, type Meeting, type MeetingLimits, type MeetingPart } from '@offing/rules';
import type { HullColumns } from '@offing/track';
import { HOUR_MS, MINUTE_MS } from '@offing/units';
import { beginPart, extendPart, isNext, partOf, type OpenPart } from './meeting-part.ts';
import { metresBetween, type NearGrid } from './near-grid.ts';
import type { PlaceColumns } from './place-columns.ts';
import type { SlowPoints } from './slow-points.ts';
import { wasElsewhere, wereSideBySide } from './whereabouts.ts';

/** How much farther apart two ships may be for a moment without having parted: fixes are a little wrong (ours). */
const SLACK = 2;
/** How long after a part where both went is looked at: they are away by then, and the trail still has it (ours). */
const MOVED_ON_MS = 90 * MINUTE_MS;
/** How long before a part where both came from is looked at. */
const CAME_FROM_MS = 2 * HOUR_MS;
/** A ship alongside others is paired with so many, the nearest; no more can lie alongside (ours). */
const MOST_PARTNERS = 8;
/** So many pairs are followed at once: more come up only where positions are made up (ours). */
const MOST_PAIRS = 200_000;
/** Room in a key for a slot. */
const SLOTS = 2 ** 26;

/** Two hulls that are, or of late were, close and slow. Plain data. */
type Pair = {
  /** Slots; `a` has the lower MMSI. */
  readonly a: number;
  readonly b: number;
  readonly cameTogether: boolean;
  readonly seenApart: boolean;
  part: OpenPart | null;
  /** Newest hour of the part that was told. */
  toldHours: number;
  parts: MeetingPart[];
  /** When to look where both went; NaN when not. */
  checkAt: number;
};

/** News of a pair: the hull it is told to, the other, and how the meeting stands. */
export type MeetingNews = { readonly slot: number; readonly other: number; readonly meeting: Meeting };

/** What meetings hold, as plain data. */
export type MeetingsDump = ReadonlyMap<number, Pair>;

/** What meetings look at, at one instant. */
export type MeetingScene = {
  readonly hulls: HullColumns;
  readonly columns: PlaceColumns;
  readonly points: SlowPoints;
  readonly grid: NearGrid;
  /** Per point, whether partners are looked for around it. */
  readonly seeks: Uint8Array;
};

/**
 * The pairs of hulls that are close and slow, from instant to instant of the grid. A pair is begun where one of the two
 * seeks; what is told depends on the instants alone, and comes in the order of the MMSIs.
 */
export class Meetings {
  #limits: MeetingLimits;
  #pairs: Map<number, Pair>;
  /** Place of each slot's point in the instant that is looked at, plus one; zero elsewhere. */
  #pointOf = new Int32Array(1024);

  constructor(limits: MeetingLimits, dump?: MeetingsDump) {
    this.#limits = limits;
    this.#pairs = new Map(dump ?? []);
  }

  /** Number of pairs that are followed. */
  get size(): number {
    return this.#pairs.size;
  }

  /** Returns everything held, as plain data. */
  dump(): MeetingsDump {
    return this.#pairs;
  }

  /** Takes in the slow points of an instant; returns what is new of the pairs. */
  look(at: number, scene: MeetingScene): readonly MeetingNews[] {
    this.#index(scene.points, 1);
    this.#seekAll(at, scene);
    const news = [...this.#pairs].flatMap(([key, pair]) => this.#follow(at, scene, key, pair));
    this.#index(scene.points, 0);
    const { mmsi, hull } = scene.hulls;
    const order = (x: MeetingNews, y: MeetingNews): number =>
      mmsi[x.slot] - mmsi[y.slot] ||
      mmsi[x.other] - mmsi[y.other] ||
      hull[x.slot] - hull[y.slot] ||
      hull[x.other] - hull[y.other];
    return news.sort(order);
  }

  #seekAll(at: number, scene: MeetingScene): void {
    for (let i = 0; i < scene.points.length; i++) if (scene.seeks[i] === 1) this.#seek(at, scene, i);
  }

  #index({ slot, length }: SlowPoints, add: 0 | 1): void {
    for (let i = 0; i < length; i++) {
      if (slot[i] >= this.#pointOf.length) {
        const grown = new Int32Array(slot[i] * 2);
        grown.set(this.#pointOf);
        this.#pointOf = grown;
      }
      this.#pointOf[slot[i]] = add === 1 ? i + 1 : 0;
    }
  }

  /** Finds the partners of a point, the nearest if there are many, and takes note of each pair. */
  #seek(at: number, scene: MeetingScene, i: number): void {
    const { grid, points, hulls } = scene;
    const count = grid.search(points.lonE7[i], points.latE7[i], this.#limits.withinM);
    if (count < 2) return;
    const mmsiOf = (point: number): number => hulls.mmsi[points.slot[point]];
    const own = mmsiOf(i);
    let near: { j: number; m: number }[] = [];
    for (let k = 0; k < count; k++)
      if (mmsiOf(grid.found[k]) !== own) near.push({ j: grid.found[k], m: grid.foundM[k] });
    if (near.length > MOST_PARTNERS)
      near = near.sort((x, y) => x.m - y.m || mmsiOf(x.j) - mmsiOf(y.j)).slice(0, MOST_PARTNERS);
    for (const { j, m } of near) {
      if (own < mmsiOf(j)) this.#note(at, scene, i, j, m);
      else this.#note(at, scene, j, i, m);
    }
  }

  /** Takes note of two close points, that of the lower MMSI first. */
  #note(at: number, scene: MeetingScene, i: number, j: number, metres: number): void {
    const { points } = scene;
    const key = points.slot[i] * SLOTS + points.slot[j];
    const pair = this.#pairs.get(key);
    if (pair === undefined) {
      if (this.#pairs.size < MOST_PAIRS) this.#pairs.set(key, beginPair(at, scene, i, j, metres));
      return;
    }
    const { part } = pair;
    if (part !== null && part.seenAt === at) return;
    if (part !== null && isNext(part, at)) extendPart(part, at, metres, points, i, j);
    // A part that has ended is closed before its pair begins another.
    else if (part === null) {
      pair.part = beginPart(at, metres, points, i, j);
      pair.toldHours = 0;
      pair.checkAt = NaN;
    }
  }

  /** What is new of a pair at an instant. */
  #follow(at: number, scene: MeetingScene, key: number, pair: Pair): MeetingNews[] {
    const { part } = pair;
    if (part === null) return this.#wait(at, scene, key, pair);
    if (part.seenAt === at) return this.#tellLength(scene, pair, part);
    if (isNext(part, at) && part.to === part.seenAt && this.#isJustApart(scene, pair)) {
      part.seenAt = at;
      return [];
    }
    return this.#end(scene, key, pair, part);
  }

  #tellLength(scene: MeetingScene, pair: Pair, part: OpenPart): MeetingNews[] {
    const lengthMs = part.to - part.from;
    if (lengthMs < this.#limits.leastMs) return [];
    const hours = 1 + Math.floor((lengthMs - this.#limits.leastMs) / HOUR_MS);
    if (hours <= pair.toldHours) return [];
    pair.toldHours = hours;
    return [this.#news(scene, pair, 'lasts', [...pair.parts, partOf(part)], false)];
  }

  /** Whether both are slow at this instant, and not much farther apart than close. */
  #isJustApart({ points }: MeetingScene, { a, b }: Pair): boolean {
    const i = (this.#pointOf[a] ?? 0) - 1;
    const j = (this.#pointOf[b] ?? 0) - 1;
    if (i < 0 || j < 0) return false;
    const metres = metresBetween(points.lonE7[i], points.latE7[i], points.lonE7[j], points.latE7[j]);
    return metres <= this.#limits.withinM * SLACK;
  }

  #end(scene: MeetingScene, key: number, pair: Pair, part: OpenPart): MeetingNews[] {
    pair.part = null;
    if (part.to - part.from < this.#limits.leastMs) {
      if (pair.parts.length === 0) this.#pairs.delete(key);
      return [];
    }
    pair.parts = [...pair.parts, partOf(part)];
    pair.checkAt = part.to + MOVED_ON_MS;
    return [this.#news(scene, pair, 'parted', pair.parts, false)];
  }

  /** Looks after a pair that has parted: where did both go, and will they meet again? */
  #wait(at: number, scene: MeetingScene, key: number, pair: Pair): MeetingNews[] {
    const { parts } = pair;
    const last = parts[parts.length - 1];
    if (at >= pair.checkAt) {
      pair.checkAt = NaN;
      const query = { lon: last.lon, lat: last.lat, from: last.to, to: Infinity };
      const together = wereSideBySide(scene.columns, pair.a, pair.b, query);
      return [this.#news(scene, pair, 'moved-on', parts, together)];
    }
    if (at - last.to <= this.#limits.joinMs) return [];
    this.#pairs.delete(key);
    return [this.#news(scene, pair, 'over', parts, false)];
  }

  #news(
    scene: MeetingScene,
    pair: Pair,
    phase: Meeting['phase'],
    parts: readonly MeetingPart[],
    leftTogether: boolean,
  ): MeetingNews {
    const { a, b, cameTogether, seenApart } = pair;
    const others = phase === 'lasts' ? crowdAround(scene, pair, this.#pointOf) : 0;
    return {
      slot: a,
      other: b,
      meeting: { phase, parts, cameTogether, leftTogether, seenApart, others },
    };
  }
}

function beginPair(at: number, scene: MeetingScene, i: number, j: number, metres: number): Pair {
  const { points, columns } = scene;
  const a = points.slot[i];
  const b = points.slot[j];
  const lon = points.lonE7[i] / 1e7;
  const lat = points.latE7[i] / 1e7;
  const before = { lon, lat, from: at - CAME_FROM_MS, to: at };
  return {
    a,
    b,
    cameTogether: wereSideBySide(columns, a, b, before),
    seenApart: wasElsewhere(columns, a, before) || wasElsewhere(columns, b, before),
    part: beginPart(at, metres, points, i, j),
    toldHours: 0,
    parts: [],
    checkAt: NaN,
  };
}

/** Other slow hulls around a pair. */
function crowdAround({ points, grid }: MeetingScene, { a, b }: Pair, pointOf: Int32Array): number {
  const i = pointOf[a] - 1;
  const count = grid.search(points.lonE7[i], points.latE7[i], CROWD_M, 100);
  let others = 0;
  for (let k = 0; k < count; k++) {
    const slot = points.slot[grid.found[k]];
    if (slot !== a && slot !== b) others++;
  }
  return others;
}

/** How long after an instant a position can still change what is known of it, ms. */
export function settledAfterMs(limits: MeetingLimits): number {
  return Math.max(limits.mostLegMs, GRID_MS);
}
