import { distanceM } from '@offing/geo';
import type { Fix, HourSummary } from '@offing/rules';
import { MISSING_16, MISSING_8, type HullColumns, type RecordColumns } from '@offing/track';
import { HOUR_MS } from '@offing/units';
import type { VesselColumns } from './vessel-columns.ts';

const TURN_E7 = 3_600_000_000;

/** Returns the hour since 1970 in which an instant lies. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS);
}

/** Starts the sums of an hour with a position. */
export function startHour(vessels: VesselColumns, slot: number, records: RecordColumns, row: number): void {
  vessels.hour[slot] = hourOf(records.at[row]);
  vessels.hourCount[slot] = 1;
  vessels.hourFirstAt[slot] = records.at[row];
  vessels.hourFirstLonE7[slot] = records.lonE7[row];
  vessels.hourFirstLatE7[slot] = records.latE7[row];
  vessels.hourFirstSogDkn[slot] = records.sogDkn[row];
  vessels.hourFirstCogDdeg[slot] = records.cogDdeg[row];
  vessels.hourFirstNavStatus[slot] = records.navStatus[row];
  vessels.hourLonSum[slot] = 0;
  vessels.hourLatSum[slot] = 0;
  const sog = records.sogDkn[row];
  vessels.hourSogCount[slot] = sog === MISSING_16 ? 0 : 1;
  vessels.hourSogSum[slot] = sog === MISSING_16 ? 0 : sog;
  vessels.hourMinSog[slot] = sog === MISSING_16 ? Infinity : sog;
}

/** Adds a position to the sums of the hour that has begun. */
export function addToHour(vessels: VesselColumns, slot: number, records: RecordColumns, row: number): void {
  vessels.hourCount[slot]++;
  vessels.hourLonSum[slot] += shortWay(records.lonE7[row] - vessels.hourFirstLonE7[slot]);
  vessels.hourLatSum[slot] += records.latE7[row] - vessels.hourFirstLatE7[slot];
  const sog = records.sogDkn[row];
  if (sog === MISSING_16) return;
  vessels.hourSogCount[slot]++;
  vessels.hourSogSum[slot] += sog;
  if (sog < vessels.hourMinSog[slot]) vessels.hourMinSog[slot] = sog;
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
  const madeGood = speedKn(first, last);
  const reported = vessels.hourSogCount[slot];
  const lonE7 = vessels.hourFirstLonE7[slot] + vessels.hourLonSum[slot] / count;
  return {
    first,
    last,
    positions: count,
    meanSogKn: reported > 0 ? vessels.hourSogSum[slot] / reported / 10 : madeGood,
    minSogKn: reported > 0 ? vessels.hourMinSog[slot] / 10 : madeGood,
    lon: shortWay(lonE7) / 1e7,
    lat: (vessels.hourFirstLatE7[slot] + vessels.hourLatSum[slot] / count) / 1e7,
  };
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

/** Speed made good between two fixes, kn; 0 where no time lies between. */
function speedKn(from: Fix, to: Fix): number {
  const hours = (to.at - from.at) / HOUR_MS;
  return hours <= 0 ? 0 : distanceM(from.lon, from.lat, to.lon, to.lat) / 1852 / hours;
}

/** Brings a difference of longitudes in 1e-7 degrees to the short way round. */
function shortWay(e7: number): number {
  if (e7 > TURN_E7 / 2) return e7 - TURN_E7;
  return e7 < -TURN_E7 / 2 ? e7 + TURN_E7 : e7;
}
