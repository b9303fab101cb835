import {
  makeBerths,
  overlapMs,
  unionOf,
  Queues,
  visitedPort,
  type Berths,
  type Fix,
  type HourSummary,
  type Outages,
  type QueuesDump,
  type Signal,
  type VisitChange,
  type Waiting,
  type ZoneStep,
  type VisitLimits,
  type WatersChange,
} from '@offing/rules';
import type { HullColumns, RecordColumns } from '@offing/track';
import { makeWatchGrid } from '@offing/gazetteer';
import { distanceM } from '@offing/geo';
import type { FoldSetting } from './fold-setting.ts';
import { PortCalls, type PortCallsDump } from './port-calls.ts';
import { ZoneWatch, type ZoneDump } from './zone-watch.ts';
import { WatersWatch, type WatersDump } from './waters-watch.ts';

/** What landfall holds, as plain data. */
export type LandfallDump = {
  readonly calls: PortCallsDump;
  readonly waters: WatersDump;
  readonly queues: QueuesDump;
  readonly zones: ZoneDump;
};

/** Ships wait within this distance of an anchorage point, km (detections.md: farther than this is outside the anchorages). */
const WAIT_KM = 10;
/** Off a watched port a ship also waits elsewhere, within this distance of it or its anchorage points, km (as `hovering`). */
const OFF_KM = 50;
/** Slower than this on the mean of an hour a ship waits, kn [GFW loitering]. */
const SLOW_KN = 2;

/** Where hulls touch a port or a country's waters: asks at each position whether that may change, and makes the signals of it. */
export class Landfall {
  readonly berths: Berths;
  readonly queues: Queues;
  #calls: PortCalls;
  #waters: WatersWatch;
  #zones: ZoneWatch;
  #nearRoads: (lonE7: number, latE7: number) => boolean;
  #setting: FoldSetting;
  #outages: Outages;
  #portChanged = false;
  #watersChange: WatersChange | null = null;
  #zoneSteps: readonly ZoneStep[] = [];

  constructor(setting: FoldSetting, outages: Outages, dump?: LandfallDump) {
    this.#setting = setting;
    this.#outages = outages;
    this.berths = makeBerths(setting.gazetteer);
    this.#calls = new PortCalls(visitLimitsOf(setting), this.berths, dump?.calls);
    this.queues = new Queues(dump?.queues);
    this.#waters = new WatersWatch(setting.gazetteer, dump?.waters);
    this.#zones = new ZoneWatch(setting.gazetteer.zones, hysteresisOf(setting), dump?.zones);
    this.#nearRoads = makeWatchGrid(setting.gazetteer.anchorages, WAIT_KM);
  }

  /** Makes a slot ready for a hull that begins. */
  clear(slot: number): void {
    this.#calls.clear(slot);
    this.#waters.clear(slot);
    this.#zones.clear(slot);
  }

  /** Returns whether a position of a hull means something here; its columns still hold the position before. */
  notices(hulls: HullColumns, slot: number, records: RecordColumns, row: number): boolean {
    this.#portChanged = this.#calls.isChange(hulls, slot, records, row);
    this.#watersChange = this.#waters.take(slot, records.lonE7[row], records.latE7[row]);
    this.#zoneSteps = this.#zones.take(slot, records.lonE7[row], records.latE7[row]);
    return this.#portChanged || this.#watersChange !== null || this.#zoneSteps.length > 0;
  }

  /** Returns the signals of the position that `notices` was last asked about; `before` is null for a hull's first. */
  signals(
    hulls: HullColumns,
    slot: number,
    records: RecordColumns,
    row: number,
    before: Fix | null,
    fix: Fix,
  ): Signal[] {
    const signals: Signal[] = [];
    const at = fix.at;
    if (this.#portChanged) {
      const outMs = before === null ? 0 : this.#outMs(records.feed[row], before, at);
      const change = this.#calls.take(slot, before, fix, outMs);
      if (change !== null) signals.push({ kind: 'visit', at, ...change });
      // Out of one port a ship may already be in another.
      if (this.#calls.isOutside(slot) && this.#calls.isChange(hulls, slot, records, row))
        this.#calls.take(slot, before, fix, outMs);
    }
    if (this.#watersChange !== null) signals.push({ kind: 'waters', at, before, fix, ...this.#watersChange });
    for (const step of this.#zoneSteps) signals.push({ kind: 'zone', at, before, fix, ...step });
    return signals;
  }

  /** Returns whether an hour that ended where a hull is now may be one of waiting for a berth. */
  mayWait(slot: number, lonE7: number, latE7: number): boolean {
    const near = this.#nearRoads(lonE7, latE7) || this.#setting.gazetteer.nearWatched(lonE7, latE7);
    return near && !this.#calls.isBerthed(slot);
  }

  /** Takes note of an hour that may have been one of waiting; `firstAt` is when the hull was first heard, ms. */
  waits(slot: number, hour: HourSummary, firstAt: number): void {
    if (hour.meanSogKn === null || hour.meanSogKn >= SLOW_KN) return;
    const { gazetteer } = this.#setting;
    const { lon, lat } = hour;
    const onRoads =
      gazetteer.nearestAnchorage(lon, lat, { maxKm: WAIT_KM }) !== null ||
      gazetteer.watchedApproach(lon, lat, OFF_KM) !== null;
    if (!onRoads) return;
    this.#calls.waits(slot, hour, firstAt);
  }

  /** Takes note that a hull was heard in an hour: one that waited and was heard elsewhere since left without a visit. */
  hourEnds(slot: number, firstAt: number, lastAt: number): void {
    const left = this.#calls.heardWhileWaiting(slot, firstAt, lastAt);
    if (left === null || !left.seenComing || left.mayHaveCalled) return;
    const port = this.#portOff(left);
    if (port !== null) this.queues.left(port, left.lastAt);
  }

  /** Learns from a visit how long ships wait for a berth; `lengthM` is the ship's. */
  learn({ visit, change, wasTold }: VisitChange, lengthM: number | null): void {
    const { waiting } = visit;
    if (waiting === null || !waiting.seenComing || (change !== 'opened' && wasTold)) return;
    const called = visitedPort(visit, this.berths)?.id ?? null;
    const off = this.#portOff(waiting) ?? called;
    if (off === null) return;
    const { lon, lat, firstAt, lastAt } = waiting;
    const at = visit.entry.at;
    if (off === called) this.queues.completed(off, { at, waitedMs: lastAt - firstAt, lengthM, lon, lat });
    else this.queues.left(off, lastAt);
  }

  /** How long the feed, or its receivers around a ship's last position, were out until an instant, ms. */
  #outMs(feed: number, off: Fix, to: number): number {
    const regional = this.#outages
      .regional(feed)
      .filter(({ lon, lat, radiusKm }) => distanceM(off.lon, off.lat, lon, lat) <= radiusKm * 1000)
      .map((outage) => ({ from: outage.from, to: Math.min(to, outage.to ?? to) }));
    return overlapMs(unionOf([...this.#outages.within(feed, off.at, to), ...regional]), off.at, to);
  }

  /** The watched port off which a ship waited, or null. */
  #portOff({ lon, lat }: Waiting): string | null {
    return this.#setting.gazetteer.watchedApproach(lon, lat, OFF_KM)?.port.id ?? null;
  }

  /** Returns everything held, as plain data that shares memory with this. */
  dump(): LandfallDump {
    return {
      calls: this.#calls.dump(),
      waters: this.#waters.dump(),
      queues: this.queues.dump(),
      zones: this.#zones.dump(),
    };
  }
}

/** How far outside a zone a ship has left it, km: the parameter of the rule, else 1 (detections.md). */
function hysteresisOf({ rules }: FoldSetting): number {
  return Number(rules.find((rule) => rule.id === 'zone-entry')?.params['hysteresisKm'] ?? 1);
}

/** The limits of a visit: the parameters of the rule that tells visits, else its defaults. */
function visitLimitsOf({ rules }: FoldSetting): VisitLimits {
  const params = rules.find((rule) => rule.id === 'port-visit')?.params;
  return params === undefined ? DEFAULT_LIMITS : (params as VisitLimits);
}

/** [GFW anchorages_pipeline]; the last is detections.md's. */
const DEFAULT_LIMITS: VisitLimits = {
  enterKm: 3,
  leaveKm: 4,
  stopKn: 0.2,
  movingKn: 0.5,
  gapH: 4,
  anchorKm: 0.5,
};
