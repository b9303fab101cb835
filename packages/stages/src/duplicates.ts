import { HULL_STATE, MISSING_8, type HullTable, type RecordColumns } from '@offing/track';
import type { VesselColumns } from './vessel-columns.ts';

/** Two equal reports of a ship with a UTC second inside are one transmission when they came within this time (ours). */
const SAME_TRANSMISSION_MS = 30_000;

/**
 * Returns whether a position is one that was taken in already: the same place at the same instant, in a row from
 * `groupStart` on, or, where the message carries its UTC second, one transmission heard by several stations.
 */
export function isDuplicate(
  hulls: HullTable,
  vessels: VesselColumns,
  records: RecordColumns,
  row: number,
  groupStart: number,
): boolean {
  const lonE7 = records.lonE7[row];
  const latE7 = records.latE7[row];
  for (let i = row - 1; i >= groupStart; i--) {
    if (records.lonE7[i] === lonE7 && records.latE7[i] === latE7) return true;
  }
  if (records.utcSecond[row] === MISSING_8) return false;
  const { columns } = hulls;
  for (let slot = hulls.firstSlot(records.mmsi[row]); slot >= 0; slot = columns.next[slot]) {
    if (
      columns.lastLonE7[slot] === lonE7 &&
      columns.lastLatE7[slot] === latE7 &&
      records.at[row] - columns.lastAt[slot] <= SAME_TRANSMISSION_MS &&
      columns.state[slot] !== HULL_STATE.free &&
      saysTheSame(hulls, vessels, records, row, slot)
    ) {
      return true;
    }
  }
  return false;
}

function saysTheSame(
  hulls: HullTable,
  vessels: VesselColumns,
  records: RecordColumns,
  row: number,
  slot: number,
): boolean {
  return (
    vessels.utcSecond[slot] === records.utcSecond[row] &&
    hulls.columns.lastSogDkn[slot] === records.sogDkn[row] &&
    vessels.cogDdeg[slot] === records.cogDdeg[row] &&
    vessels.headingDeg[slot] === records.headingDeg[row] &&
    vessels.navStatus[slot] === records.navStatus[row]
  );
}
