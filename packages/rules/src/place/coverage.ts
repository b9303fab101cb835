import { partsOfSource, type HourNotes } from './hour-notes.ts';

/** How much was heard in one area cell in one hour by one feed, of one AIS class, by one kind of receiver. */
export type CellCoverage = {
  readonly cell: number;
  readonly feed: number;
  /** One of AIS_CLASS. */
  readonly aisClass: number;
  /** One of RECEIVER_KIND. */
  readonly receiverKind: number;
  /** MMSIs of which a position was heard there. */
  readonly vessels: number;
  /** Their positions. */
  readonly messages: number;
};

/** What was heard in one hour (hours since 1970), by cell and source. */
export type HourCoverage = { readonly hour: number; readonly cells: readonly CellCoverage[] };

/** Above the number of any source: feeds are numbered in 16 bits. */
const SOURCES = 2 ** 20;

/** Returns how much was heard in the cells of an hour by its notes, in the order of cells and sources. */
export function coverageOf(notes: HourNotes): HourCoverage {
  const sums = new Map<number, { vessels: number; messages: number }>();
  for (let i = 0; i < notes.size; i++) {
    const key = notes.cell[i] * SOURCES + notes.source[i];
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { vessels: 1, messages: notes.messages[i] });
    else {
      sum.vessels++;
      sum.messages += notes.messages[i];
    }
  }
  const cells = [...sums]
    .sort(([a], [b]) => a - b)
    .map(([key, sum]) => ({ cell: Math.floor(key / SOURCES), ...partsOfSource(key % SOURCES), ...sum }));
  return { hour: notes.hour, cells };
}
