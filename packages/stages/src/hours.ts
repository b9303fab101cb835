import { distanceM } from '@offing/geo';
import type { Fix, HourSummary, SlowFix } from '@offing/rules';
import { LOOK_BACK, MISSING_16, MISSING_8, type HullColumns, type RecordColumns } from '@offing/track';
import { HOUR_MS } from '@offing/units';
import type { VesselColumns } from './vessel-columns.ts';

const TURN_E7 = 3_600_000_000;
/** A leg that took longer than this says little of the hour in which it ended, ms (ours). */
const LONGEST_LEG_MS = 4 * HOUR_MS;

/** Returns the hour since 1970 in which an instant lies. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS);
}

/**
 * Starts the sums of an hour with a position, at `slowDkn` and more of which (0.1 kn) a ship is under way. Called before
 * or after the hull takes the position in.
 */
export function startHour(
  vessels: VesselColumns,
  slot: number,
  records: RecordColumns,
  row: number,
  slowDkn: number,
): void {
  const sog = records.sogDkn[row];
  vessels.hour[slot] = hourOf(records.at[row]);
  vessels.hourCount[slot] = 1;
  vessels.hourFirstAt[slot] = records.at[row];
  vessels.hourFirstLonE7[slot] = records.lonE7[row];
  vessels.hourFirstLatE7[slot] = records.latE7[row];
  vessels.hourFirstSogDkn[slot] = sog;
  vessels.hourFirstCogDdeg[slot] = records.cogDdeg[row];
  vessels.hourFirstNavStatus[slot] = records.navStatus[row];
  vessels.hourLonSum[slot] = 0;
  vessels.hourLatSum[slot] = 0;
  vessels.hourSogMs[slot] = 0;
  vessels.hourSogSum[slot] = 0;
  vessels.hourMinSog[slot] = sog === MISSING_16 ? Infinity : sog;
  vessels.hourLeadAt[slot] = NaN;
  vessels.hourTailAt[slot] = NaN;
  if (sog !== MISSING_16 && sog < slowDkn) setTail(vessels, slot, records, row);
}

/** Adds a position to the sums of the hour that has begun; the hull's columns still hold the position before. */
export function addToHour(
  vessels: VesselColumns,
  hulls: HullColumns,
  slot: number,
  records: RecordColumns,
  row: number,
  slowDkn: number,
): void {
  vessels.hourCount[slot]++;
  vessels.hourLonSum[slot] += shortWay(records.lonE7[row] - vessels.hourFirstLonE7[slot]);
  vessels.hourLatSum[slot] += records.latE7[row] - vessels.hourFirstLatE7[slot];
  const before = hulls.lastSogDkn[slot];
  if (before !== MISSING_16) {
    // A speed counts for the time until the next report: ships under way report far more often than ships at anchor.
    const forMs = records.at[row] - hulls.lastAt[slot];
    vessels.hourSogMs[slot] += forMs;
    vessels.hourSogSum[slot] += before * forMs;
  }
  const sog = records.sogDkn[row];
  if (sog === MISSING_16) return;
  if (sog < vessels.hourMinSog[slot]) vessels.hourMinSog[slot] = sog;
  if (sog < slowDkn) {
    if (Number.isNaN(vessels.hourTailAt[slot])) setTail(vessels, slot, records, row);
    return;
  }
  if (Number.isNaN(vessels.hourTailAt[slot])) return;
  setLead(vessels, hulls, slot);
  vessels.hourTailAt[slot] = NaN;
}

/** From here on the hour has been slow so far. */
function setTail(vessels: VesselColumns, slot: number, records: RecordColumns, row: number): void {
  vessels.hourTailAt[slot] = records.at[row];
  vessels.hourTailLonE7[slot] = records.lonE7[row];
  vessels.hourTailLatE7[slot] = records.latE7[row];
  vessels.hourTailSogDkn[slot] = records.sogDkn[row];
}

/** The position before was the last of a slow stretch. */
function setLead(vessels: VesselColumns, hulls: HullColumns, slot: number): void {
  vessels.hourLeadAt[slot] = hulls.lastAt[slot];
  vessels.hourLeadLonE7[slot] = hulls.lastLonE7[slot];
  vessels.hourLeadLatE7[slot] = hulls.lastLatE7[slot];
  vessels.hourLeadSogDkn[slot] = hulls.lastSogDkn[slot];
}

/** Returns whether the hour that a hull's sums hold may have been slow, by the mean of the reported speeds, or ended slow. */
export function isMaybeSlow(vessels: VesselColumns, slot: number, slowDkn: number): boolean {
  if (!Number.isNaN(vessels.hourTailAt[slot]) || !(vessels.hourSogMs[slot] > 0)) return true;
  return vessels.hourSogSum[slot] / vessels.hourSogMs[slot] < slowDkn;
}

/** Returns the summary of the hour that a hull's sums hold; the hull's columns still hold the last position of that hour. */
export function summaryOf(vessels: VesselColumns, hulls: HullColumns, slot: number): HourSummary {
  const count = vessels.hourCount[slot];
  const first: Fix = {
    at: vessels.hourFirstAt[slot],
    lon: vessels.hourFirstLonE7[slot] / 1e7,
    lat: vessels.hourFirstLatE7[slot] / 1e7,
    sogKn: tenths(vessels.hourFirstSogDkn[slot]),
    cogDeg: tenths(vessels.hourFirstCogDdeg[slot]),
    navStatus: status(vessels.hourFirstNavStatus[slot]),
  };
  const last = fixOf(vessels, hulls, slot);
  const madeGood = speedKn(first, last) ?? legKn(hulls, slot);
  const lonE7 = vessels.hourFirstLonE7[slot] + vessels.hourLonSum[slot] / count;
  return {
    first,
    last,
    positions: count,
    meanSogKn: meanSogKn(vessels, slot, last) ?? madeGood,
    minSogKn: vessels.hourMinSog[slot] < Infinity ? vessels.hourMinSog[slot] / 10 : madeGood,
    lon: shortWay(lonE7) / 1e7,
    lat: (vessels.hourFirstLatE7[slot] + vessels.hourLatSum[slot] / count) / 1e7,
    slowUntil: leadOf(vessels, slot),
    slowSince: tailOf(vessels, slot),
  };
}

/** The speed made good since the position before the last, kn; null where that was long before. */
function legKn(hulls: HullColumns, slot: number): number | null {
  if (hulls.count[slot] < 2) return null;
  const before = slot * LOOK_BACK + ((hulls.ringHead[slot] + LOOK_BACK - 1) % LOOK_BACK);
  const at = hulls.ringAt[before];
  if (hulls.lastAt[slot] - at > LONGEST_LEG_MS) return null;
  return speedKn(
    { at, lon: hulls.ringLonE7[before] / 1e7, lat: hulls.ringLatE7[before] / 1e7 },
    { at: hulls.lastAt[slot], lon: hulls.lastLonE7[slot] / 1e7, lat: hulls.lastLatE7[slot] / 1e7 },
  );
}

/** The mean of the reported speeds over the time that each stood for, kn; null where none was reported. */
function meanSogKn(vessels: VesselColumns, slot: number, last: Fix): number | null {
  if (vessels.hourSogMs[slot] > 0) return vessels.hourSogSum[slot] / vessels.hourSogMs[slot] / 10;
  return last.sogKn ?? tenths(vessels.hourFirstSogDkn[slot]);
}

function leadOf(vessels: VesselColumns, slot: number): SlowFix | null {
  const at = vessels.hourLeadAt[slot];
  if (Number.isNaN(at)) return null;
  const lon = vessels.hourLeadLonE7[slot] / 1e7;
  const lat = vessels.hourLeadLatE7[slot] / 1e7;
  return { at, lon, lat, sogKn: tenths(vessels.hourLeadSogDkn[slot]) };
}

function tailOf(vessels: VesselColumns, slot: number): SlowFix | null {
  const at = vessels.hourTailAt[slot];
  if (Number.isNaN(at)) return null;
  const lon = vessels.hourTailLonE7[slot] / 1e7;
  const lat = vessels.hourTailLatE7[slot] / 1e7;
  return { at, lon, lat, sogKn: tenths(vessels.hourTailSogDkn[slot]) };
}

/**
 * Returns the speed that a hull made good over its last positions (up to LOOK_BACK), kn; null where no time lies between
 * them.
 */
export function madeGoodKn(hulls: HullColumns, slot: number): number | null {
  const depth = Math.min(LOOK_BACK, hulls.count[slot]);
  const oldest = slot * LOOK_BACK + ((hulls.ringHead[slot] + LOOK_BACK - depth + 1) % LOOK_BACK);
  const { ringAt, ringLonE7, ringLatE7, lastAt, lastLonE7, lastLatE7 } = hulls;
  return speedKn(
    { at: ringAt[oldest], lon: ringLonE7[oldest] / 1e7, lat: ringLatE7[oldest] / 1e7 },
    { at: lastAt[slot], lon: lastLonE7[slot] / 1e7, lat: lastLatE7[slot] / 1e7 },
  );
}

/** Returns a hull's last position as rules see it. */
export function fixOf(vessels: VesselColumns, hulls: HullColumns, slot: number): Fix {
  return {
    at: hulls.lastAt[slot],
    lon: hulls.lastLonE7[slot] / 1e7,
    lat: hulls.lastLatE7[slot] / 1e7,
    sogKn: tenths(hulls.lastSogDkn[slot]),
    cogDeg: tenths(vessels.cogDdeg[slot]),
    navStatus: status(vessels.navStatus[slot]),
  };
}

/** Returns a row's position as rules see it. */
export function fixOfRow(records: RecordColumns, row: number): Fix {
  return {
    at: records.at[row],
    lon: records.lonE7[row] / 1e7,
    lat: records.latE7[row] / 1e7,
    sogKn: tenths(records.sogDkn[row]),
    cogDeg: tenths(records.cogDdeg[row]),
    navStatus: status(records.navStatus[row]),
  };
}

function tenths(value: number): number | null {
  return value === MISSING_16 ? null : value / 10;
}

function status(value: number): number | null {
  return value === MISSING_8 ? null : value;
}

/** Speed made good between two fixes, kn; null where no time lies between. */
function speedKn(
  from: { readonly at: number; readonly lon: number; readonly lat: number },
  to: { readonly at: number; readonly lon: number; readonly lat: number },
): number | null {
  const hours = (to.at - from.at) / HOUR_MS;
  return hours <= 0 ? null : distanceM(from.lon, from.lat, to.lon, to.lat) / 1852 / hours;
}

/** Brings a difference of longitudes in 1e-7 degrees to the short way round. */
function shortWay(e7: number): number {
  if (e7 > TURN_E7 / 2) return e7 - TURN_E7;
  return e7 < -TURN_E7 / 2 ? e7 + TURN_E7 : e7;
}
