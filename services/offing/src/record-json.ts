import {
  AIS_CLASS,
  MISSING_16,
  MISSING_8,
  NO_COORDINATE,
  NO_STATIC,
  type RecordColumns,
  type StaticDictionary,
} from '@offing/track';
import { isoOf } from '@offing/units';

/** Returns a record as `offing decode` prints it: fields by the names of the glossary, null for not available. */
export function recordToJson(
  records: RecordColumns,
  row: number,
  statics: StaticDictionary,
): { readonly [field: string]: unknown } {
  const located = records.lonE7[row] !== NO_COORDINATE;
  const receivedAt = records.receivedAt[row];
  const staticId = records.staticId[row];
  return {
    type: records.messageType[row] === 0 ? null : records.messageType[row],
    mmsi: records.mmsi[row],
    lon: located ? records.lonE7[row] / 1e7 : null,
    lat: located ? records.latE7[row] / 1e7 : null,
    sogKn: tenths(records.sogDkn[row]),
    cogDeg: tenths(records.cogDdeg[row]),
    headingDeg: records.headingDeg[row] === MISSING_16 ? null : records.headingDeg[row],
    navStatus: records.navStatus[row] === MISSING_8 ? null : records.navStatus[row],
    utcSecond: records.utcSecond[row] === MISSING_8 ? null : records.utcSecond[row],
    aisClass: classOf(records.aisClass[row]),
    ...(staticId === NO_STATIC ? {} : statics.get(staticId)),
    at: isoOf(records.at[row]),
    receivedAt: Number.isNaN(receivedAt) ? null : isoOf(receivedAt),
  };
}

function tenths(value: number): number | null {
  return value === MISSING_16 ? null : value / 10;
}

function classOf(value: number): 'A' | 'B' | null {
  if (value === AIS_CLASS.A) return 'A';
  return value === AIS_CLASS.B ? 'B' : null;
}
