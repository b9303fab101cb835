import { distanceM } from '@offing/geo';
import { DAY_MS, HOUR_MS } from '@offing/units';
import type { Json } from '../event.ts';
import { rounded } from '../evidence.ts';

/** The share of a port's waits that is shorter than what a wait is measured against (detections.md, "Hover or queue"). */
const PERCENTILE = 0.95;
/** Waits older than this are forgotten, and no more than this many are kept for a port (ours: a year has every season). */
const KEEP_MS = 365 * DAY_MS;
const KEEP_MOST = 2000;
/** Upper ends of the size classes, metres (ours: coasters, handysize, panamax; longer ships are the last class). */
const SIZES_M = [100, 190, 230] as const;
/** A place is a usual one where at least this many waits, and this share of them, lay (ours). */
const USUAL_WAITS = 3;
const USUAL_SHARE = 0.05;

/** What a port's history is good for; the parameters of `hovering`. */
export type HistoryLimits = {
  /** Longer than this is no queue while the port's history is short, days. */
  readonly queueD: number;
  /** The limit is so many times the percentile of the port's waits, and never less than so many days. */
  readonly queueFactor: number;
  readonly queueLeastD: number;
  /** The percentile counts from so many completed waits over so many days. */
  readonly historyWaits: number;
  readonly historyD: number;
};

/** One wait on the roads of a port that ended with a call there. */
export type CompletedWait = {
  /** When the ship came in, ms. */
  readonly at: number;
  readonly waitedMs: number;
  readonly lengthM: number | null;
  readonly lon: number;
  readonly lat: number;
};

type PortQueue = { waits: CompletedWait[]; leftAt: number[] };

/** What queues hold, as plain data. */
export type QueuesDump = ReadonlyMap<
  string,
  { readonly waits: readonly CompletedWait[]; readonly leftAt: readonly number[] }
>;

/** How long a ship may wait off a port before it is more than queueing, and by what that was judged. */
export type QueueLimit = {
  readonly limitMs: number;
  /** The port's own waits, or the fixed limit while there are too few. */
  readonly basis: 'history' | 'fixed';
  /** Whose waits: those of ships of its size, or of all. */
  readonly of: 'size' | 'all';
  readonly waits: number;
  readonly spanMs: number;
  /** Null while the basis is fixed. */
  readonly percentileMs: number | null;
  /** Ships of the year that left without a visit after waiting. */
  readonly left: number;
};

/**
 * How long ships waited off each port before they berthed, where they lay, and how many left without berthing: learnt from
 * the visits as they come, so that the same records give the same limits.
 */
export class Queues {
  #ports = new Map<string, PortQueue>();

  constructor(dump?: QueuesDump) {
    for (const [id, { waits, leftAt }] of dump ?? [])
      this.#ports.set(id, { waits: [...waits], leftAt: [...leftAt] });
  }

  /** Takes note of a wait that ended with a call. */
  completed(portId: string, wait: CompletedWait): void {
    const { waits } = this.#port(portId);
    waits.push(wait);
    waits.sort((a, b) => a.at - b.at || a.waitedMs - b.waitedMs || a.lon - b.lon || a.lat - b.lat);
    const newest = waits[waits.length - 1].at;
    while (waits.length > KEEP_MOST || waits[0].at < newest - KEEP_MS) waits.shift();
  }

  /** Takes note of a ship that waited and left without a call. */
  left(portId: string, at: number): void {
    const { leftAt } = this.#port(portId);
    leftAt.push(at);
    leftAt.sort((a, b) => a - b);
    while (leftAt.length > KEEP_MOST || leftAt[0] < leftAt[leftAt.length - 1] - KEEP_MS) leftAt.shift();
  }

  /** Returns the limit for a ship of a length (m, or null) off a port: the fixed one while the port has too short a history. */
  limit(portId: string, lengthM: number | null, limits: HistoryLimits): QueueLimit {
    const { waits, leftAt } = this.#ports.get(portId) ?? { waits: [], leftAt: [] };
    const size = lengthM === null ? [] : waits.filter((wait) => sameSize(wait.lengthM, lengthM));
    const ofSize = isOldEnough(size, limits);
    const used = ofSize ? size : waits;
    const base = {
      of: ofSize ? ('size' as const) : ('all' as const),
      waits: used.length,
      spanMs: spanOf(used),
      left: leftAt.length,
    };
    if (!isOldEnough(used, limits))
      return { ...base, limitMs: limits.queueD * DAY_MS, basis: 'fixed', percentileMs: null };
    const lengths = used.map(({ waitedMs }) => waitedMs).sort((a, b) => a - b);
    const percentileMs = lengths[Math.ceil(PERCENTILE * lengths.length) - 1];
    const limitMs = Math.max(limits.queueFactor * percentileMs, limits.queueLeastD * DAY_MS);
    return { ...base, limitMs, basis: 'history', percentileMs };
  }

  /** Returns whether ships that berthed afterwards used to wait within a distance of a place; never while the port has too short a history. */
  isUsual(portId: string, lon: number, lat: number, maxKm: number, limits: HistoryLimits): boolean {
    const waits = this.#ports.get(portId)?.waits ?? [];
    if (!isOldEnough(waits, limits)) return false;
    const near = waits.filter((wait) => distanceM(wait.lon, wait.lat, lon, lat) <= maxKm * 1000);
    return near.length >= Math.max(USUAL_WAITS, USUAL_SHARE * waits.length);
  }

  /** Returns everything held, as plain data that shares memory with this. */
  dump(): QueuesDump {
    return this.#ports;
  }

  #port(id: string): PortQueue {
    const known = this.#ports.get(id);
    if (known !== undefined) return known;
    const port: PortQueue = { waits: [], leftAt: [] };
    this.#ports.set(id, port);
    return port;
  }
}

/** Returns a limit as it stands in evidence. */
export function queueEvidence(limit: QueueLimit, limits: HistoryLimits): { readonly [key: string]: Json } {
  const { basis, percentileMs } = limit;
  return {
    limitD: rounded(limit.limitMs / DAY_MS, 2),
    basis:
      basis === 'history'
        ? `${limits.queueFactor} times the 95th percentile of the port's own waits, and at least ${limits.queueLeastD} d`
        : 'fixed: this port has no history of its own yet',
    completedWaits: limit.waits,
    completedWaitsAtLeast: limits.historyWaits,
    spanD: rounded(limit.spanMs / DAY_MS, 1),
    spanDAtLeast: limits.historyD,
    percentile95H: percentileMs === null ? null : rounded(percentileMs / HOUR_MS, 1),
    waitsOf: limit.of === 'size' ? 'ships of its size' : 'ships of any size',
    leftWithoutVisit: limit.left,
  };
}

function isOldEnough(waits: readonly CompletedWait[], { historyWaits, historyD }: HistoryLimits): boolean {
  return waits.length >= historyWaits && spanOf(waits) >= historyD * DAY_MS;
}

function spanOf(waits: readonly CompletedWait[]): number {
  return waits.length === 0 ? 0 : waits[waits.length - 1].at - waits[0].at;
}

function sameSize(a: number | null, b: number): boolean {
  return a !== null && sizeOf(a) === sizeOf(b);
}

function sizeOf(lengthM: number): number {
  const size = SIZES_M.findIndex((end) => lengthM < end);
  return size < 0 ? SIZES_M.length : size;
}
