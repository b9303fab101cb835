/** A ship as one list prints it, before the register puts days and ids on it. Days are `YYYY-MM-DD`. */
export type ListEntry = {
  readonly list: string;
  /** The list's own id of the entry; null where it prints none. Lists give ids out again. */
  readonly entryId: string | null;
  /** The head under which a list that names a ship more than once names it here (an annex); null elsewhere. */
  readonly part: string | null;
  /** Only a number whose check digit holds. */
  readonly imoNumber: number | null;
  /** Only a number in the range of ships. */
  readonly mmsi: number | null;
  readonly callSign: string | null;
  /** As printed. */
  readonly shipName: string;
  /** Former names and aliases, as printed. */
  readonly otherNames: readonly string[];
  readonly flag: string | null;
  readonly program: string | null;
  /** Null where the list does not say. */
  readonly designatedOn: string | null;
  /** The last listed day, where the list says so. */
  readonly delistedOn: string | null;
  /** Where the row says that it comes from; null where it does not. */
  readonly source: string | null;
  readonly line: number;
};

/** A field that cannot be used: where it stands, its value, and what was expected. */
export type DesignationFault = {
  readonly line: number;
  readonly field: string;
  readonly value: string;
  readonly expected: string;
};

/** A field that cannot be used. `isLeftOut` tells whether the whole entry was left out, or only the field. */
export type ListFault = DesignationFault & { readonly isLeftOut: boolean };

/** The formats that can be read; each has its file in this folder. */
export type ListFormat =
  | 'ofac-sdn-csv'
  | 'ofac-alt-csv'
  | 'ofac-add-csv'
  | 'ofac-comments-csv'
  | 'sdn-xml'
  | 'sdn-advanced-xml'
  | 'un-1718-csv'
  | 'un-consolidated-xml'
  | 'eu-journal-csv'
  | 'uk-csv'
  | 'uk-xml'
  | 'opensanctions-simple-csv'
  | 'ftm-json'
  | 'maritime-csv'
  | 'plain-csv';

/** What reading a list file gave. */
export type ListReading = {
  readonly format: ListFormat;
  /** The list that the file is, where it says so even without a ship; null where each entry says it. */
  readonly list: string | null;
  readonly entries: readonly ListEntry[];
  readonly faults: readonly ListFault[];
  /** Records of every kind: persons, companies, aircraft and ships. */
  readonly records: number;
  /** Records of ships, those left out counted too. */
  readonly ships: number;
  /** The day that the file gives as its own, or null. */
  readonly publishedOn: string | null;
  /** Whether the file ends as whole files of its kind do (0x1A); null where there is no such mark. */
  readonly hasEndMark: boolean | null;
  /** What should be said of the file beside its counts. */
  readonly notes: readonly string[];
  /** Why nothing in the file may be believed (cut short, not of this format), or null. */
  readonly damage: string | null;
};

/** Reads one list file as it comes: text in pieces, then the whole of what it held. Never throws for what is in the file. */
export type ListReader = { push(text: string): void; end(): ListReading };

/** Gathers what a reader finds; the readers of all formats share it. */
export class Findings {
  readonly entries: ListEntry[] = [];
  readonly faults: ListFault[] = [];
  readonly notes: string[] = [];
  records = 0;
  ships = 0;
  list: string | null = null;
  publishedOn: string | null = null;
  hasEndMark: boolean | null = null;
  damage: string | null = null;
  readonly #format: ListFormat;

  constructor(format: ListFormat) {
    this.#format = format;
  }

  /** Notes a field that cannot be used; the entry stays without it. */
  doubt(line: number, field: string, value: string, expected: string): void {
    this.faults.push({ line, field, value: clipped(value), expected, isLeftOut: false });
  }

  /** Notes an entry that is left out. */
  refuse(line: number, field: string, value: string, expected: string): void {
    this.faults.push({ line, field, value: clipped(value), expected, isLeftOut: true });
  }

  /** Says why nothing of the file may be believed; the first reason stays. */
  damaged(why: string): void {
    this.damage ??= why;
  }

  /** Returns what was found. A file without a single record is damaged: an empty download is no empty list. */
  reading(): ListReading {
    if (this.records === 0) this.damaged('it holds no records at all');
    const { list, entries, faults, notes, records, ships, publishedOn, hasEndMark, damage } = this;
    const found = { list, entries, faults, records, ships, publishedOn, hasEndMark, notes, damage };
    return { format: this.#format, ...found };
  }
}

/** A value from outside as it is told back: huge ones are cut. */
function clipped(value: string): string {
  return value.length <= 80 ? value : `${value.slice(0, 79)}\u2026`;
}
