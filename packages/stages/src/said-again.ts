import { STATIC_FIELDS, type HullTable, type Identity, type StaticReport } from '@offing/track';
import type { VesselColumns } from './vessel-columns.ts';

/** What a hull said at an instant, ms. */
export type Said = { readonly at: number; readonly report: StaticReport };

/** Takes note that a hull sent a report; `isNews` where it changed what is known of the hull. */
export function noteSaid(
  columns: VesselColumns,
  slot: number,
  report: StaticReport,
  at: number,
  isNews: boolean,
): void {
  const fields = fieldsOf(report);
  if (isNews) columns.saidBeforeAt[slot] = 0;
  else if (fields !== columns.saidFields[slot]) {
    columns.saidBeforeAt[slot] = columns.saidAt[slot];
    columns.saidBeforeFields[slot] = columns.saidFields[slot];
  }
  columns.saidAt[slot] = at;
  columns.saidFields[slot] = fields;
}

/**
 * Returns what a hull said again after an instant (ms), oldest first: of its newest reports one of each of two kinds, such as
 * the two parts of message 24. Repeats are not stored; one that stood before and after a report that comes late must be.
 */
export function saidAgain(columns: VesselColumns, slot: number, after: number): readonly Said[] {
  const identity = columns.identity[slot];
  const said = [
    { at: columns.saidBeforeAt[slot], fields: columns.saidBeforeFields[slot] },
    { at: columns.saidAt[slot], fields: columns.saidFields[slot] },
  ];
  return said.flatMap(({ at, fields }) => (at > after ? [{ at, report: reportOf(identity, fields) }] : []));
}

/** Takes over from another fold when the hulls of an MMSI last said again what both folds know of them. */
export function takeSaid(
  mmsi: number,
  to: { readonly hulls: HullTable; readonly vessels: VesselColumns },
  from: { readonly hulls: HullTable; readonly vessels: VesselColumns },
): void {
  for (let slot = to.hulls.firstSlot(mmsi); slot >= 0; slot = to.hulls.columns.next[slot]) {
    const other = slotOf(from.hulls, mmsi, to.hulls.vesselId(slot));
    if (other < 0 || from.vessels.saidAt[other] <= to.vessels.saidAt[slot]) continue;
    if (!areEqual(from.vessels.identity[other], to.vessels.identity[slot])) continue;
    to.vessels.saidAt[slot] = from.vessels.saidAt[other];
    to.vessels.saidFields[slot] = from.vessels.saidFields[other];
    to.vessels.saidBeforeAt[slot] = from.vessels.saidBeforeAt[other];
    to.vessels.saidBeforeFields[slot] = from.vessels.saidBeforeFields[other];
  }
}

function slotOf(hulls: HullTable, mmsi: number, vesselId: string): number {
  let slot = hulls.firstSlot(mmsi);
  while (slot >= 0 && hulls.vesselId(slot) !== vesselId) slot = hulls.columns.next[slot];
  return slot;
}

function areEqual(one: Identity, other: Identity): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** The fields that a report has a value for, a bit each in the order of STATIC_FIELDS. */
function fieldsOf(report: StaticReport): number {
  let fields = 0;
  STATIC_FIELDS.forEach((field, i) => {
    if (report[field] !== undefined && report[field] !== null) fields |= 1 << i;
  });
  return fields;
}

function reportOf(identity: Identity, fields: number): StaticReport {
  const said = { ...identity, imoNumber: identity.imoNumberAsSent };
  return Object.fromEntries(
    STATIC_FIELDS.filter((_, i) => (fields & (1 << i)) !== 0).map((field) => [field, said[field]]),
  );
}
