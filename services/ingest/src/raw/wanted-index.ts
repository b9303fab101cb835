import { MISSING_16, MISSING_8, type RecordColumns } from '@offing/track';

/** A position whose raw records are looked for: its key, and what its transmission says, null for what it does not say. */
export type WantedFix = {
  readonly mmsi: number;
  readonly at: number;
  readonly lonE7: number;
  readonly latE7: number;
  readonly sogDkn: number | null;
  readonly cogDdeg: number | null;
  readonly headingDeg: number | null;
  readonly navStatus: number | null;
  readonly utcSecond: number | null;
};

/** Stations stamp one transmission at instants of their own, up to this far apart, ms (ours, as for duplicates). */
export const SAME_TRANSMISSION_MS = 30_000;

/** Finds the wanted positions that a record is a copy of. */
export class WantedIndex<Fix extends WantedFix> {
  readonly #byMmsi = new Map<number, Fix[]>();

  constructor(fixes: readonly Fix[]) {
    for (const fix of fixes) {
      const known = this.#byMmsi.get(fix.mmsi);
      if (known === undefined) this.#byMmsi.set(fix.mmsi, [fix]);
      else known.push(fix);
    }
  }

  /** Whether anything of a ship is wanted. */
  has(mmsi: number): boolean {
    return this.#byMmsi.has(mmsi);
  }

  /** Returns the wanted positions whose transmission a record is: the same place and the same instant, or the same report. */
  of(records: RecordColumns, row: number): readonly Fix[] {
    const fixes = this.#byMmsi.get(records.mmsi[row]);
    if (fixes === undefined) return NONE;
    const found = fixes.filter(
      (fix) =>
        fix.lonE7 === records.lonE7[row] &&
        fix.latE7 === records.latE7[row] &&
        Math.abs(fix.at - records.at[row]) <= SAME_TRANSMISSION_MS &&
        (isSameInstant(fix.at, records.at[row]) || isSameReport(fix, records, row)),
    );
    return found.length === 0 ? NONE : found;
  }
}

const NONE: readonly never[] = [];

/** The store keeps microseconds, recordings may be finer. */
function isSameInstant(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.002;
}

/** Only reports with the UTC second inside tell transmissions apart. */
function isSameReport(fix: WantedFix, records: RecordColumns, row: number): boolean {
  return (
    fix.utcSecond !== null &&
    fix.utcSecond === records.utcSecond[row] &&
    (fix.sogDkn ?? MISSING_16) === records.sogDkn[row] &&
    (fix.cogDdeg ?? MISSING_16) === records.cogDdeg[row] &&
    (fix.headingDeg ?? MISSING_16) === records.headingDeg[row] &&
    (fix.navStatus ?? MISSING_8) === records.navStatus[row]
  );
}
