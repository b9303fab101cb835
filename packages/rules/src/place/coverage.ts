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

/** Returns how much was heard in the cells of an hour by its notes, in the order of cells and sources. */
export function coverageOf(notes: HourNotes): HourCoverage {
  const sources = [...new Set(notes.source.subarray(0, notes.size))].sort((a, b) => a - b);
  const places = new Map(sources.map((source, place) => [source, place]));
  // Small keys, which maps find quickest; they order as the cells and sources do.
  const sums = new Map<number, { vessels: number; messages: number }>();
  for (let i = 0; i < notes.size; i++) {
    const key = notes.cell[i] * sources.length + (places.get(notes.source[i]) ?? 0);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { vessels: 1, messages: notes.messages[i] });
    else {
      sum.vessels++;
      sum.messages += notes.messages[i];
    }
  }
  const keys = Float64Array.from(sums.keys()).sort();
  const cells = Array.from(keys, (key): CellCoverage => {
    const { vessels, messages } = sums.get(key) ?? { vessels: 0, messages: 0 };
    const source = partsOfSource(sources[key % sources.length]);
    return { cell: Math.floor(key / sources.length), ...source, vessels, messages };
  });
  return { hour: notes.hour, cells };
}
