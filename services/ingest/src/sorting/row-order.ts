import type { RecordColumns, StaticDictionary } from '@offing/track';

/** Compares row `i` of `a` with row `j` of `b`: below zero when it comes first, 0 only for equal content. */
export type RowOrder = (a: RecordColumns, i: number, b: RecordColumns, j: number) => number;

/**
 * Returns the one order of records: by event time, MMSI, longitude, latitude, then all other content, so that neither
 * files nor arrival nor the indices of dictionaries have a say. `feedRanks` gives each feed's place by its name.
 */
export function makeRowOrder(feedRanks: readonly number[], statics: StaticDictionary): RowOrder {
  return (a, i, b, j) => {
    const byAt = a.at[i] - b.at[j];
    if (byAt !== 0) return byAt;
    const byMmsi = a.mmsi[i] - b.mmsi[j];
    if (byMmsi !== 0) return byMmsi;
    return (
      a.lonE7[i] - b.lonE7[j] ||
      a.latE7[i] - b.latE7[j] ||
      byReport(a, i, b, j) ||
      feedRanks[a.feed[i]] - feedRanks[b.feed[j]] ||
      byInstant(a.receivedAt[i], b.receivedAt[j]) ||
      byText(statics, a.staticId[i], b.staticId[j])
    );
  };
}

/** Returns the place of each feed when they are ordered by name, then by whether they are synthetic; equal ones share it. */
export function rankFeeds(
  feeds: readonly { readonly feed: string; readonly synthetic: boolean }[],
): number[] {
  const keys = feeds.map(({ feed, synthetic }) => `${feed}\0${Number(synthetic)}`);
  const ordered = [...new Set(keys)].sort();
  return keys.map((key) => ordered.indexOf(key));
}

function byReport(a: RecordColumns, i: number, b: RecordColumns, j: number): number {
  return (
    a.sogDkn[i] - b.sogDkn[j] ||
    a.cogDdeg[i] - b.cogDdeg[j] ||
    a.headingDeg[i] - b.headingDeg[j] ||
    a.navStatus[i] - b.navStatus[j] ||
    a.utcSecond[i] - b.utcSecond[j] ||
    a.messageType[i] - b.messageType[j] ||
    a.aisClass[i] - b.aisClass[j] ||
    a.receiverKind[i] - b.receiverKind[j]
  );
}

/** Not known comes first. */
function byInstant(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  if (Number.isNaN(a)) return -1;
  return Number.isNaN(b) ? 1 : a - b;
}

function byText(statics: StaticDictionary, a: number, b: number): number {
  if (a === b) return 0;
  return statics.key(a) < statics.key(b) ? -1 : 1;
}
