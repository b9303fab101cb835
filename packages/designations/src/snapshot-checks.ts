import type { ListReading } from './lists/list-entry.ts';

/** Why a file of a list changes nothing; each is an alarm for the operator. */
export type SnapshotRefusal = {
  readonly code: 'list-damaged' | 'list-refused' | 'list-shrunk';
  readonly why: string;
};

/** Returns why what was read must not be believed, or null: damaged, or mostly made of entries that cannot be used. */
export function damageOf(reading: ListReading): SnapshotRefusal | null {
  if (reading.damage !== null) return { code: 'list-damaged', why: reading.damage };
  const leftOut = new Set(reading.faults.filter((fault) => fault.isLeftOut).map(({ line }) => line)).size;
  if (leftOut === 0 || leftOut * 2 < reading.entries.length + leftOut) return null;
  return {
    code: 'list-refused',
    why: `${leftOut} records cannot be used and ${reading.entries.length} can: the file is not what it seems`,
  };
}

/** What a list may lose from one snapshot to the next, as a share of its ships: half of them, or a tenth when the file's end is not marked (ours). */
const MOST_LOST = { marked: 0.5, unmarked: 0.1 } as const;

/**
 * Returns why a list with so many ships must not be believed after one with so many, or null: a list that loses half of its
 * ships at once, or some of them together with the mark at its end, was cut short more likely than not.
 */
export function shrinkageOf(
  ships: number,
  before: number,
  hasEndMark: boolean | null = null,
): SnapshotRefusal | null {
  const most = hasEndMark === false ? MOST_LOST.unmarked : MOST_LOST.marked;
  if (before - ships <= most * before) return null;
  const mark = hasEndMark === false ? ', and it lacks the 0x1A with which whole files end' : '';
  return { code: 'list-shrunk', why: `it holds ${ships} ships where there were ${before} before${mark}` };
}
