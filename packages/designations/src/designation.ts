import type { DesignationFault } from './lists/list-entry.ts';

/** One listing of a ship: on a list, from a day, to a day. Days are UTC, `YYYY-MM-DD`; the day of removal is the last listed day. */
export type Designation = {
  readonly designationId: string;
  readonly list: string;
  readonly entryId: string | null;
  readonly imoNumber: number | null;
  readonly mmsi: number | null;
  readonly callSign: string | null;
  /** As printed. */
  readonly shipName: string;
  /** Former names and aliases, as printed. */
  readonly otherNames?: readonly string[];
  /** As printed at listing; null when not printed. */
  readonly flag: string | null;
  readonly program: string | null;
  readonly designatedOn: string;
  readonly delistedOn: string | null;
  /** When the listing was learnt, ms; for the compiled history the listing day. */
  readonly knownSince: number;
  /** When the removal was learnt, ms; for the compiled history the day of removal; null while there is none. */
  readonly delistingKnownSince: number | null;
  readonly source: string;
  /** Whether an import wrote the row or changed it; the rest is the compiled history. */
  readonly imported?: boolean;
};

/** What reading a list gave: the rows that can be used, and the faults of those that cannot. */
export type DesignationList = {
  readonly designations: readonly Designation[];
  readonly faults: readonly DesignationFault[];
};

/** Returns the instant at which a UTC day begins, ms. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
