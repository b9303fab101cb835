import {
  flagNexus,
  MID_DPRK,
  mooredAt,
  PIECE_MS,
  Outages,
  Reception,
  nexusOf,
  receptionCell,
  sourceOf,
  type EventDraft,
  type Fix,
  type HourCoverage,
  type Rule,
  type Sighting,
  type Signal,
  type VesselView,
  Vanishings,
} from '@offing/rules';
import {
  HULL_STATE,
  HullTable,
  learn,
  NO_COORDINATE,
  NO_STATIC,
  UNKNOWN_IDENTITY,
  type Anchor,
  type Identity,
  type RecordColumns,
  type StaticDictionary,
  type StaticReport,
} from '@offing/track';
import { HOUR_MS, midOf } from '@offing/units';
import { isDuplicate } from './duplicates.ts';
import { FeedClocks, SILENCE_TIMER } from './feed-clocks.ts';
import { nextLookAt, OutageWatch, outageLimitsOf, REGION_LOOK_MS, type FeedNotice } from './outage-watch.ts';
import type { FoldDump } from './fold-dump.ts';
import type { FoldResult, StaticChange } from './fold-result.ts';
import type { FoldSetting } from './fold-setting.ts';
import {
  addToHour,
  fixOf,
  fixOfRow,
  hourOf,
  isMaybeSlow,
  madeGoodKn,
  startHour,
  summaryOf,
} from './hours.ts';
import { placeLimitsOf } from './place-limits.ts';
import { PlaceStage } from './place-stage.ts';
import { ImoClaimLog, type ClaimingHull } from './imo-claims.ts';
import { Landfall } from './landfall.ts';
import { NexusMemory } from './nexus-memory.ts';
import { RuleRunner, type Wish } from './rule-runner.ts';
import { noteSaid, saidAgain, type Said } from './said-again.ts';
import { Sharing } from './sharing.ts';
import { sightingOf, sightingsOf } from './sightings.ts';
import { Trails } from './trails.ts';
import { clearVessel, growVesselColumns, makeVesselColumns, type VesselColumns } from './vessel-columns.ts';
import { offshoreWaters, type CellMemo } from './waters-memo.ts';

/** A ship is slow below this where no rule says otherwise, 0.1 kn (GFW loitering). */
const SLOW_DKN = 20;
/** A ship is not heard on when it is silent for this many of its own intervals (ours). */
const VANISHED_INTERVALS = 4;
/** Weight of the newest interval in the mean cadence (ours). */
const CADENCE_WEIGHT = 1 / 16;

/**
 * The whole of what is known, as a fold over records in event-time order: hulls, their motion and identity, reception,
 * and the states of the rules. The same records give the same events however they are cut into batches, as long as no
 * batch ends between two records of one instant.
 */
export class Fold {
  readonly hulls: HullTable;
  vessels: VesselColumns;
  #setting: FoldSetting;
  #clocks: FeedClocks;
  #reception: Reception;
  #outages: Outages;
  #outageWatch: OutageWatch;
  #sharing: Sharing;
  #trails: Trails;
  #vanishings: Vanishings;
  #landfall: Landfall;
  #nexus: NexusMemory;
  #claims: ImoClaimLog;
  #runner: RuleRunner;
  #place: PlaceStage;
  #pending: Map<number, Identity>;
  #events: EventDraft[] = [];
  #statics: StaticChange[] = [];
  #touched: number[] = [];
  #hearsHours: boolean;
  /** Where a rule hears of slow hours off shore; null where none does. */
  #offshore: CellMemo | null;
  #slowDkn: number;
  #batch = 0;
  #onlyFeed: (readonly number[])[] = [];
  #feedViews = new WeakMap<readonly number[], Pick<VesselView, 'feeds' | 'synthetic'>>();

  constructor(setting: FoldSetting, dump?: FoldDump) {
    this.#setting = setting;
    const keepMs = setting.silenceMs + 8 * HOUR_MS;
    this.hulls = dump ? HullTable.restore(dump.hulls) : new HullTable();
    this.vessels = dump
      ? growVesselColumns(dump.vessels, Math.max(1024, dump.vessels.capacity))
      : makeVesselColumns(1024);
    this.vessels.staticId.fill(-1);
    const limits = outageLimitsOf(setting.rules);
    this.#clocks = dump ? FeedClocks.restore(dump.clocks, limits) : new FeedClocks(limits);
    this.#reception = dump ? Reception.restore(dump.reception, keepMs) : new Reception(keepMs);
    this.#outages = dump ? Outages.restore(dump.outages, limits) : new Outages(limits);
    this.#outageWatch = new OutageWatch(
      {
        outages: this.#outages,
        reception: this.#reception,
        clocks: this.#clocks,
        hulls: sightingsOf(this.hulls, () => this.vessels),
        endsAt: (feed) => setting.feeds[feed]?.endsAt ?? null,
      },
      this.#tellOutage,
      dump?.outageWatch,
    );
    this.#sharing = new Sharing(this.hulls, dump?.sharing);
    this.#trails = new Trails(dump?.trails);
    this.#vanishings = new Vanishings(dump?.vanishings);
    this.#landfall = new Landfall(setting, this.#outages, dump?.landfall);
    this.#nexus = new NexusMemory(dump?.nexus);
    this.#claims = new ImoClaimLog(this.#claiming, (mmsi) => this.#believedOf(mmsi), dump?.claims);
    this.#pending = new Map(dump?.pending ?? []);
    const { gazetteer, register, rules } = setting;
    const { berths, queues } = this.#landfall;
    const heard = { reception: this.#reception, outages: this.#outages, vanishings: this.#vanishings };
    const around = { gazetteer, register, ...heard, berths, queues, claims: this.#claims };
    this.#runner = new RuleRunner(rules, around, dump?.rules, dump?.portRules);
    this.#place = new PlaceStage(placeLimitsOf(rules), gazetteer, dump?.place);
    this.vessels.touchedIn.fill(-1);
    this.#slowDkn = slowDknOf(rules);
    this.#hearsHours = rules.some((rule) => rule.signals.includes('hour'));
    const offshore = rules.find((rule) => rule.signals.includes('offshore'));
    this.#offshore = offshore ? offshoreWaters(gazetteer, Number(offshore.params['shoreNm'])) : null;
  }

  /** Lets hulls that begin from now on take ids given out before. */
  useAnchors(anchors: readonly Anchor[]): void {
    this.hulls.useAnchors(anchors);
  }

  /** Forgets the indices of a static dictionary, when another session's dictionary follows. */
  forgetDictionary(): void {
    this.vessels.staticId.fill(-1);
  }

  /** Returns everything held, as plain data that shares memory with the fold. */
  dump(): FoldDump {
    return {
      hulls: this.hulls.dump(),
      vessels: this.vessels,
      clocks: this.#clocks.dump(),
      reception: this.#reception.dump(),
      outages: this.#outages.dump(),
      outageWatch: this.#outageWatch.dump(),
      sharing: this.#sharing.dump(),
      trails: this.#trails.dump(),
      vanishings: this.#vanishings.dump(),
      landfall: this.#landfall.dump(),
      nexus: this.#nexus.dump(),
      claims: this.#claims.dump(),
      pending: this.#pending,
      rules: this.#runner.dump(),
      portRules: this.#runner.dumpPorts(),
      place: this.#place.dump(),
    };
  }

  /** Returns what was heard so far in the hour that goes on; null before the first position. */
  coverageNow(): HourCoverage | null {
    return this.#reception.current();
  }

  /** Takes in rows `from` to `to` (exclusive) of records in event-time order and returns what came of them. */
  process(records: RecordColumns, statics: StaticDictionary, from: number, to: number): FoldResult {
    const keep = new Uint8Array(to - from);
    const hull = new Int16Array(to - from);
    this.#events = [];
    this.#statics = [];
    this.#touched = [];
    this.#batch++;
    let positions = 0;
    let candidates = 0;
    for (let row = from; row < to;) {
      const end = groupEnd(records, row, to);
      let first = -1;
      for (let i = row; i < end; i++) {
        if (records.lonE7[i] === NO_COORDINATE) continue;
        candidates++;
        if (isDuplicate(this.hulls, this.vessels, records, i, row)) continue;
        this.#advance(records.feed[i], records.at[i]);
        if (this.#place.isDue(records.at[i])) this.#judgePlaces(records.at[i]);
        const slot = this.#position(records, i);
        if (first < 0) first = slot;
        keep[i - from] = 1;
        hull[i - from] = this.hulls.columns.hull[slot];
        positions++;
      }
      this.#takeStatics(records, statics, row, end, first);
      row = end;
    }
    return {
      keep,
      hull,
      duplicates: candidates - positions,
      positions,
      statics: this.#statics,
      events: this.#events,
      touched: this.#touched,
      coverage: this.#reception.takeEnded(),
    };
  }

  /** Returns what the hulls of an MMSI said again after a report that comes late, where that says something else; see `saidAgain`. */
  saidAfter(mmsi: number, at: number, report: StaticReport): readonly Said[] {
    const said: Said[] = [];
    for (let slot = this.hulls.firstSlot(mmsi); slot >= 0; slot = this.hulls.columns.next[slot]) {
      const identity = this.vessels.identity[slot];
      if (learn(identity, report) !== identity) said.push(...saidAgain(this.vessels, slot, at));
    }
    return said;
  }

  /** Whether a beat of feeds at an instant later than all that was taken in would tell anything. */
  isBeatDue(at: number, feeds: readonly number[]): boolean {
    return this.#outageWatch.isNewsAt(at, feeds);
  }

  /**
   * Takes in that nothing came of any feed up to an instant later than all that was taken in, and returns what that tells of
   * those that were expected to bring something: which are out while no other goes on. No clock moves, so no ship falls
   * silent by it.
   */
  beat(at: number, feeds: readonly number[]): readonly EventDraft[] {
    this.#events = [];
    this.#outageWatch.onBeat(at, feeds);
    return this.#events;
  }

  /**
   * Moves a feed's clock on and lets the timers that are now due speak, in their order. Only what is kept moves a clock,
   * so that a run over what is stored goes the same way.
   */
  #advance(feed: number, at: number): void {
    if (this.#clocks.at[feed] === at) return;
    const outage = this.#clocks.advance(feed, at, this.#outages);
    if (outage !== null) this.#outageWatch.feedIsBack(feed, outage);
    this.#outageWatch.onTime(feed, at);
    const timers = this.#clocks.timers(feed);
    while (timers.nextDueAt < at) {
      const timer = timers.pop();
      if (timer === undefined) return;
      if (timer.purpose === SILENCE_TIMER) this.#silenceTimer(feed, timer.slot, at);
      else this.#wake(timer.purpose - 1, timer.slot, at);
    }
  }

  #silenceTimer(feed: number, slot: number, now: number): void {
    const { vessels, hulls } = this;
    const due = hulls.columns.lastAt[slot] + this.#setting.silenceMs;
    const stillHere = vessels.feed[slot] === feed && vessels.silent[slot] === 0;
    const isBelieved = hulls.columns.state[slot] === HULL_STATE.believed;
    if (stillHere && isBelieved && now - hulls.columns.lastAt[slot] > REGION_LOOK_MS) {
      const off = sightingOf(hulls, vessels, slot);
      this.#outageWatch.look(off, feed, vessels.cadenceMs[slot], now, due < now);
      this.#noteVanished(slot, off, now);
    }
    if (stillHere && due >= now) {
      const lookAt = nextLookAt(hulls.columns.lastAt[slot], now);
      this.#clocks.timers(feed).push(Math.min(due, lookAt), slot, SILENCE_TIMER);
      return;
    }
    vessels.timers[slot] = vessels.timers[slot].filter((other) => other !== feed);
    if (!stillHere || !isBelieved) return;
    this.#endHour(slot, now);
    vessels.silent[slot] = 1;
    if (this.#heardElsewhereSince(slot)) return;
    const off = fixOf(vessels, hulls.columns, slot);
    if (this.#sharing.isInterleaved(hulls.columns.mmsi[slot], off.at)) return;
    const past = {
      trail: this.#trails.points(slot),
      serviceKn: this.#trails.serviceKn(slot),
      heardSince: vessels.heardSince[slot],
    };
    this.#tell({ kind: 'silent', at: now, off, madeGoodKn: madeGoodKn(hulls.columns, slot), ...past }, slot);
  }

  /** Takes note, once a silence, of a ship that is not heard on: not moored, and not for an outage. */
  #noteVanished(slot: number, off: Sighting, now: number): void {
    const { vessels, hulls } = this;
    const feed = vessels.feed[slot];
    if (vessels.vanishedAt[slot] === off.at) return;
    const least = Math.max(REGION_LOOK_MS, VANISHED_INTERVALS * vessels.cadenceMs[slot]);
    if (now - off.at <= least || this.#outages.isOutAt(feed, off, off.at, now)) return;
    vessels.vanishedAt[slot] = off.at;
    const fix = fixOf(vessels, hulls.columns, slot);
    const aisClass = vessels.aisClass[slot];
    const { shipType } = vessels.identity[slot];
    const lying = { fix, madeGoodKn: madeGoodKn(hulls.columns, slot), aisClass, shipType };
    // A ship that switches off in port says nothing of the water.
    if (mooredAt(lying, this.#setting.gazetteer) === null)
      this.#vanishings.vanished(feed, aisClass, off, off.at);
  }

  /** Whether another hull of the MMSI was heard after this one. */
  #heardElsewhereSince(slot: number): boolean {
    const { mmsi, lastAt } = this.hulls.columns;
    const last = this.hulls.lastHeard(mmsi[slot]);
    return last >= 0 && last !== slot && lastAt[last] > lastAt[slot];
  }

  #wake(rule: number, slot: number, at: number): void {
    const isOfMmsi = this.#setting.rules[rule].signals.includes('hulls');
    if (!isOfMmsi && this.hulls.columns.state[slot] !== HULL_STATE.believed) return;
    const lastFix = fixOf(this.vessels, this.hulls.columns, slot);
    const signal: Signal = { kind: 'wake', at, lastFix };
    this.#grant(this.#runner.signalTo(rule, signal, slot, this.#view(slot), this.#note), slot);
  }

  /** Takes in one position and returns the slot of the hull that it joined. */
  #position(records: RecordColumns, row: number): number {
    const at = records.at[row];
    const mmsi = records.mmsi[row];
    const lonE7 = records.lonE7[row];
    const latE7 = records.latE7[row];
    const sogDkn = records.sogDkn[row];
    const found = this.hulls.find(mmsi, at, lonE7, latE7, sogDkn);
    if (found < 0) return this.#begin(records, row);
    if (hourOf(at) !== this.vessels.hour[found]) this.#endHour(found, at);
    const off = this.vessels.silent[found] === 1 ? fixOf(this.vessels, this.hulls.columns, found) : null;
    if (this.vessels.hourCount[found] > 0)
      addToHour(this.vessels, this.hulls.columns, found, records, row, this.#slowDkn);
    else startHour(this.vessels, found, records, row, this.#slowDkn);
    const shared = this.hulls.columns.next[this.hulls.firstSlot(mmsi)] >= 0;
    const seen = shared ? sightingOf(this.hulls, this.vessels, found) : null;
    const lands =
      this.hulls.columns.state[found] === HULL_STATE.believed &&
      this.#landfall.notices(this.hulls.columns, found, records, row)
        ? fixOf(this.vessels, this.hulls.columns, found)
        : null;
    const before = this.hulls.columns.lastAt[found];
    if (this.hulls.columns.state[found] === HULL_STATE.believed)
      this.#place.move(this.hulls.columns, found, records, row);
    const believed = this.hulls.join(found, at, lonE7, latE7, sogDkn);
    this.#move(found, records, row, before);
    if (off !== null) this.#returned(found, off, fixOfRow(records, row));
    if (this.vessels.whenHeard[found] !== 0) this.#tellWaiting(found, fixOfRow(records, row));
    if (believed) this.#believed(found, fixOfRow(records, row));
    if (lands !== null) this.#tellLandfall(found, records, row, lands);
    if (seen !== null) {
      if (this.hulls.columns.state[found] === HULL_STATE.believed) this.#tellOthers(found, at);
      this.#tellHulls(found, seen, believed);
    }
    return found;
  }

  #begin(records: RecordColumns, row: number): number {
    const mmsi = records.mmsi[row];
    const at = records.at[row];
    const { lonE7, latE7, sogDkn } = records;
    const slot = this.hulls.begin(mmsi, at, lonE7[row], latE7[row], sogDkn[row]);
    if (slot >= this.vessels.capacity)
      this.vessels = growVesselColumns(this.vessels, this.vessels.capacity * 2);
    clearVessel(this.vessels, slot);
    this.#place.begin(slot, at, lonE7[row], latE7[row]);
    this.#trails.clear(slot);
    this.#landfall.clear(slot);
    this.#nexus.clear(slot);
    const pending = this.#pending.get(mmsi);
    if (pending !== undefined) {
      this.vessels.identity[slot] = pending;
      this.#pending.delete(mmsi);
    }
    startHour(this.vessels, slot, records, row, this.#slowDkn);
    this.vessels.feed[slot] = records.feed[row];
    this.vessels.feeds[slot] = this.#only(records.feed[row]);
    this.vessels.heardSince[slot] = at;
    this.#move(slot, records, row, at);
    if (this.hulls.columns.state[slot] === HULL_STATE.believed) {
      this.#believed(slot, fixOfRow(records, row));
      if (this.#landfall.notices(this.hulls.columns, slot, records, row))
        this.#tellLandfall(slot, records, row, null);
    } else this.#tellHulls(slot, null, false);
    return slot;
  }

  /** Tells what a position means for the ports and waters that a hull touches. */
  #tellLandfall(slot: number, records: RecordColumns, row: number, before: Fix | null): void {
    const fix = fixOfRow(records, row);
    const signals = this.#landfall.signals(this.hulls.columns, slot, records, row, before, fix);
    for (const signal of signals)
      if (signal.kind === 'visit') this.#landfall.learn(signal, this.vessels.identity[slot].lengthM);
    for (const signal of signals) this.#tell(signal, slot);
  }

  /** Takes note of which hull of a shared MMSI was heard, and tells the rules where that changes something. */
  #tellHulls(slot: number, before: Sighting | null, isNew: boolean): void {
    const signal = this.#sharing.heard(slot, this.vessels, before, isNew);
    if (signal === null) return;
    const owner = this.hulls.firstSlot(this.hulls.columns.mmsi[slot]);
    this.#grant(this.#runner.signal(signal, owner, this.#view(slot), this.#note), owner);
  }

  /** Updates what is kept of a hull's motion; `before` is the time of its position before, ms. */
  #move(slot: number, records: RecordColumns, row: number, before: number): void {
    const { vessels } = this;
    const at = records.at[row];
    const feed = records.feed[row];
    const interval = at - before;
    if (interval > REGION_LOOK_MS && interval > VANISHED_INTERVALS * vessels.cadenceMs[slot])
      vessels.heardSince[slot] = at;
    if (interval > 0 && interval <= this.#setting.silenceMs) {
      const cadence = vessels.cadenceMs[slot];
      vessels.cadenceMs[slot] = cadence === 0 ? interval : cadence + (interval - cadence) * CADENCE_WEIGHT;
    }
    vessels.cogDdeg[slot] = records.cogDdeg[row];
    vessels.headingDeg[slot] = records.headingDeg[row];
    vessels.navStatus[slot] = records.navStatus[row];
    vessels.utcSecond[slot] = records.utcSecond[row];
    if (records.aisClass[row] !== 0) vessels.aisClass[slot] = records.aisClass[row];
    if (vessels.feed[slot] !== feed) {
      vessels.feed[slot] = feed;
      if (!vessels.feeds[slot].includes(feed)) vessels.feeds[slot] = [...vessels.feeds[slot], feed];
    }
    this.#touch(slot);
    this.#clocks.heard(feed, slot, at, vessels.cadenceMs[slot]);
    if (this.hulls.columns.state[slot] !== HULL_STATE.believed) return;
    this.#watchSilence(slot, feed, at);
    const piece = Math.floor(at / PIECE_MS);
    const kind = records.receiverKind[row];
    const source = sourceOf(feed, vessels.aisClass[slot], kind);
    if (piece === vessels.notedPiece[slot] && source === vessels.notedSource[slot]) {
      this.#reception.again(vessels.note[slot]);
      return;
    }
    vessels.notedPiece[slot] = piece;
    vessels.notedSource[slot] = source;
    const lon = records.lonE7[row] / 1e7;
    const lat = records.latE7[row] / 1e7;
    vessels.note[slot] = this.#reception.note(
      at,
      records.mmsi[row],
      receptionCell(lon, lat),
      feed,
      vessels.aisClass[slot],
      kind,
      lon,
      lat,
    );
  }

  #touch(slot: number): void {
    if (this.vessels.touchedIn[slot] === this.#batch) return;
    this.vessels.touchedIn[slot] = this.#batch;
    this.#touched.push(slot);
  }

  /** Makes sure that the clock of the feed holds a silence timer for the hull. */
  #watchSilence(slot: number, feed: number, at: number): void {
    const { timers } = this.vessels;
    if (timers[slot].includes(feed)) return;
    timers[slot] = timers[slot].length === 0 ? this.#only(feed) : [...timers[slot], feed];
    const lookAt = at + Math.min(this.#setting.silenceMs, REGION_LOOK_MS);
    this.#clocks.timers(feed).push(lookAt, slot, SILENCE_TIMER);
  }

  #believed(slot: number, fix: Fix): void {
    const { imoNumber } = this.vessels.identity[slot];
    if (imoNumber !== null) this.#claims.note(slot, imoNumber, null, fix.at);
    this.#watchSilence(slot, this.vessels.feed[slot], fix.at);
    this.#tell({ kind: 'identity', at: fix.at, fix }, slot);
  }

  #returned(slot: number, off: Fix, on: Fix): void {
    this.vessels.silent[slot] = 0;
    this.#watchSilence(slot, this.vessels.feed[slot], on.at);
    this.#tell({ kind: 'returned', at: on.at, off, on }, slot);
  }

  #tellWaiting(slot: number, fix: Fix): void {
    const waiting = this.vessels.whenHeard[slot];
    this.vessels.whenHeard[slot] = 0;
    const signal: Signal = { kind: 'heard', at: fix.at, fix };
    for (let rule = 0; waiting >> rule !== 0; rule++) {
      if ((waiting & (1 << rule)) === 0) continue;
      this.#grant(this.#runner.signalTo(rule, signal, slot, this.#view(slot), this.#note), slot);
    }
  }

  /** Tells the silent hulls of an MMSI that another was heard under it. */
  #tellOthers(heard: number, at: number): void {
    const { next, mmsi } = this.hulls.columns;
    for (let slot = this.hulls.firstSlot(mmsi[heard]); slot >= 0; slot = next[slot]) {
      if (slot !== heard && this.vessels.silent[slot] === 1) this.#tell({ kind: 'elsewhere', at }, slot);
    }
  }

  /** Sums up the hour that ended and tells it where a rule may care: near a watched port, or in the middle of something. */
  #endHour(slot: number, at: number): void {
    const { vessels, hulls } = this;
    if (vessels.hourCount[slot] === 0) return;
    this.#trails.note(slot, vessels, hulls.columns);
    if (hulls.columns.state[slot] === HULL_STATE.believed) {
      const seen = sightingOf(this.hulls, vessels, slot);
      this.#vanishings.heard(vessels.feed[slot], vessels.aisClass[slot], seen, seen.at);
    }
    if (midOf(hulls.columns.mmsi[slot]) === MID_DPRK) this.#noteFlag(slot);
    const cares =
      this.#hearsHours &&
      hulls.columns.state[slot] === HULL_STATE.believed &&
      (this.#setting.gazetteer.nearWatched(hulls.columns.lastLonE7[slot], hulls.columns.lastLatE7[slot]) ||
        this.#runner.remembers('hour', slot));
    const off = this.#isOffshore(slot);
    this.#landfall.hourEnds(slot, vessels.hourFirstAt[slot], hulls.columns.lastAt[slot]);
    const waits = this.#mayWait(slot);
    const hour = cares || off || waits ? summaryOf(vessels, hulls.columns, slot) : null;
    vessels.hourCount[slot] = 0;
    if (hour === null) return;
    if (waits) this.#landfall.waits(slot, hour, hulls.columns.firstAt[slot]);
    if (cares) this.#tell({ kind: 'hour', at, hour }, slot);
    if (off) this.#tell({ kind: 'offshore', at, hour }, slot);
  }

  /** Keeps in mind that a hull flies the DPRK flag, for the time when its IMO number is sent under another. */
  #noteFlag(slot: number): void {
    const { mmsi, firstAt, lastAt } = this.hulls.columns;
    const { imoNumbers } = this.vessels.identity[slot];
    if (imoNumbers.length === 0) return;
    this.#nexus.add(slot, imoNumbers, [flagNexus(mmsi[slot], firstAt[slot], lastAt[slot])]);
  }

  /** Whether the hour that ends may be one of waiting on the roads. */
  #mayWait(slot: number): boolean {
    const { state, lastLonE7, lastLatE7 } = this.hulls.columns;
    if (state[slot] !== HULL_STATE.believed || !isMaybeSlow(this.vessels, slot, this.#slowDkn)) return false;
    return this.#landfall.mayWait(slot, lastLonE7[slot], lastLatE7[slot]);
  }

  /** Whether a rule on ships far off shore may care for the hour that ends: it was slow, or came to be, or the rule is at it. */
  #isOffshore(slot: number): boolean {
    const { columns } = this.hulls;
    if (this.#offshore === null || columns.state[slot] !== HULL_STATE.believed) return false;
    const begins =
      isMaybeSlow(this.vessels, slot, this.#slowDkn) &&
      this.#offshore.at(columns.lastLonE7[slot], columns.lastLatE7[slot]);
    return begins || this.#runner.remembers('offshore', slot);
  }

  /** Lets the place stage judge what is settled by now, and tells the rules what it finds. */
  #judgePlaces(at: number): void {
    const { hulls, vessels } = this;
    const hasNexus = (slot: number, on: number): boolean =>
      nexusOf(this.#view(slot), on, this.#setting.register).length > 0;
    const scene = { hulls, vessels, hasNexus, view: (slot: number) => this.#view(slot) };
    this.#place.judge(at, scene, ({ meetings, calls }) => {
      for (const { slot, other, meeting } of meetings) {
        const signal: Signal = { kind: 'meeting', at, other: this.#view(other), meeting };
        this.#grant(this.#runner.signal(signal, slot, this.#view(slot), this.#note), slot, other);
      }
      for (const call of calls) this.#runner.callAt(call, this.#note);
    });
  }

  /** Learns what the static reports of a group say; `slot` is the hull that a position of the group joined, or -1. */
  #takeStatics(
    records: RecordColumns,
    statics: StaticDictionary,
    from: number,
    to: number,
    slot: number,
  ): void {
    if (to - from === 1) {
      if (records.staticId[from] !== NO_STATIC) this.#takeStatic(records, statics, from, slot);
      return;
    }
    const rows: number[] = [];
    for (let row = from; row < to; row++) if (records.staticId[row] !== NO_STATIC) rows.push(row);
    rows.sort((a, b) => (statics.key(records.staticId[a]) < statics.key(records.staticId[b]) ? -1 : 1));
    for (const row of rows) this.#takeStatic(records, statics, row, slot);
  }

  #takeStatic(records: RecordColumns, statics: StaticDictionary, row: number, joined: number): void {
    const { vessels } = this;
    const id = records.staticId[row];
    const mmsi = records.mmsi[row];
    const slot = joined >= 0 ? joined : this.hulls.lastHeard(mmsi);
    if (slot >= 0 && vessels.staticId[slot] === id) {
      vessels.saidAt[slot] = records.at[row];
      return;
    }
    const before = slot >= 0 ? vessels.identity[slot] : (this.#pending.get(mmsi) ?? UNKNOWN_IDENTITY);
    const report = statics.get(id);
    const after = learn(before, report);
    if (slot >= 0) {
      vessels.staticId[slot] = id;
      noteSaid(vessels, slot, report, records.at[row], after !== before);
    }
    if (after === before) return;
    this.#advance(records.feed[row], records.at[row]);
    this.#statics.push({
      mmsi,
      at: records.at[row],
      report,
      key: statics.key(id),
      messageType: records.messageType[row],
      aisClass: records.aisClass[row],
      feed: records.feed[row],
    });
    if (slot < 0) {
      this.#pending.set(mmsi, after);
      return;
    }
    vessels.identity[slot] = after;
    this.#nexus.learn(slot, after.imoNumbers);
    this.#touch(slot);
    if (this.hulls.columns.state[slot] !== HULL_STATE.believed) return;
    if (after.imoNumber !== null && after.imoNumber !== before.imoNumber)
      this.#claims.note(slot, after.imoNumber, before.imoNumber, records.at[row]);
    const fix = fixOf(vessels, this.hulls.columns, slot);
    this.#tell({ kind: 'identity', at: records.at[row], fix }, slot);
  }

  #tell(signal: Signal, slot: number): void {
    this.#grant(this.#runner.signal(signal, slot, this.#view(slot), this.#note), slot);
  }

  #note = (event: EventDraft): void => {
    this.#events.push(event);
  };

  #tellOutage = (notice: FeedNotice): void => {
    const feed = this.#setting.feeds[notice.feed];
    const named = { ...notice, feed: feed?.name ?? '', synthetic: feed?.synthetic === true };
    this.#runner.outage(named, this.#note);
  };

  /** Grants what rules asked for on a signal to a hull; `other` is the other hull of a meeting. */
  #grant(wishes: readonly Wish[], slot: number, other = slot): void {
    const { identity } = this.vessels;
    for (const { rule, wakeAt, whenHeard, nexus, nexusOfOther } of wishes) {
      if (nexusOfOther !== undefined) this.#nexus.add(other, identity[other].imoNumbers, nexusOfOther);
      if (nexus !== undefined) this.#nexus.add(slot, this.vessels.identity[slot].imoNumbers, nexus);
      if (whenHeard) this.vessels.whenHeard[slot] |= 1 << rule;
      if (wakeAt !== undefined) this.#clocks.timers(this.vessels.feed[slot]).push(wakeAt, slot, 1 + rule);
    }
  }

  /** What a claim to an IMO number shows of the hull in a slot. */
  #claiming = (slot: number): ClaimingHull => {
    const { mmsi, firstAt, firstLonE7, firstLatE7 } = this.hulls.columns;
    const { vesselId, identity, cadenceMs, feeds, synthetic } = this.#view(slot);
    const vessel = { vesselId, mmsi: mmsi[slot], imoNumber: identity.imoNumber, shipName: identity.shipName };
    const first = { at: firstAt[slot], lon: firstLonE7[slot] / 1e7, lat: firstLatE7[slot] / 1e7 };
    const { at, lon, lat } = sightingOf(this.hulls, this.vessels, slot);
    return { vessel, identity, first, last: { at, lon, lat }, cadenceMs, feeds, synthetic };
  };

  /** Slots of the believed hulls of an MMSI. */
  #believedOf(mmsi: number): readonly number[] {
    const slots: number[] = [];
    const { next, state } = this.hulls.columns;
    for (let slot = this.hulls.firstSlot(mmsi); slot >= 0; slot = next[slot])
      if (state[slot] === HULL_STATE.believed) slots.push(slot);
    return slots;
  }

  /** The list of one feed: most hulls have no other, and all those share it. */
  #only(feed: number): readonly number[] {
    return (this.#onlyFeed[feed] ??= [feed]);
  }

  /** The names of the feeds that heard a hull, and whether one of them is made up. */
  #feedsOf(feeds: readonly number[]): Pick<VesselView, 'feeds' | 'synthetic'> {
    let view = this.#feedViews.get(feeds);
    if (view === undefined) {
      const known = feeds.map((feed) => this.#setting.feeds[feed]);
      view = {
        feeds: known.map((feed) => feed?.name ?? '').sort(),
        synthetic: known.some((feed) => feed?.synthetic === true),
      };
      this.#feedViews.set(feeds, view);
    }
    return view;
  }

  #view(slot: number): VesselView {
    const { vessels } = this;
    const { feeds, synthetic } = this.#feedsOf(vessels.feeds[slot]);
    return {
      vesselId: this.hulls.vesselId(slot),
      mmsi: this.hulls.columns.mmsi[slot],
      identity: vessels.identity[slot],
      aisClass: vessels.aisClass[slot],
      feed: vessels.feed[slot],
      feeds,
      synthetic,
      cadenceMs: vessels.cadenceMs[slot],
      positions: this.hulls.columns.count[slot],
      nexus: this.#nexus.of(slot, vessels.identity[slot].imoNumbers),
    };
  }
}

/** The speed, in 0.1 kn, below which a ship is slow to the rules: hours are summed up with how long it was so. */
function slowDknOf(rules: readonly Rule[]): number {
  const ofHours = rules.filter(({ signals }) => signals.includes('hour') || signals.includes('offshore'));
  const limits = ofHours.map((rule) => Number(rule.params['slowKn'])).filter((limit) => !Number.isNaN(limit));
  return limits.length === 0 ? SLOW_DKN : Math.max(...limits) * 10;
}

/** Returns the end of the rows that have the instant and the MMSI of a row. */
function groupEnd(records: RecordColumns, row: number, to: number): number {
  let end = row + 1;
  while (end < to && records.mmsi[end] === records.mmsi[row] && records.at[end] === records.at[row]) end++;
  return end;
}
