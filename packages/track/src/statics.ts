/**
 * What a static report says of a ship. A field that the message kind does not carry is absent; a field that it carries
 * as "not available" is null. Text is cut at the first `@` and trimmed.
 */
export type StaticReport = {
  /** As sent, unchecked: 0 and invalid numbers become null only where the sender said "not available" (0). */
  readonly imoNumber?: number | null;
  readonly shipName?: string | null;
  readonly callSign?: string | null;
  /** Ship and cargo type 1 to 99 (ITU-R M.1371-5 table 53). */
  readonly shipType?: number | null;
  /** Length over all by the antenna offsets, metres. */
  readonly lengthM?: number | null;
  /** Breadth by the antenna offsets, metres. */
  readonly beamM?: number | null;
  readonly draughtM?: number | null;
  readonly destination?: string | null;
  /** Month, day, hour and minute as sent, `MM-DDTHH:mmZ`; AIS carries no year. */
  readonly eta?: string | null;
};

/** The fields of a static report in the order of keys and rows. */
export const STATIC_FIELDS = [
  'imoNumber',
  'shipName',
  'callSign',
  'shipType',
  'lengthM',
  'beamM',
  'draughtM',
  'destination',
  'eta',
] as const satisfies readonly (keyof StaticReport)[];

/** Interned static reports of a session: equal content has one index, so that a fold compares integers, not text. */
export type StaticDictionary = {
  /** Returns the index of the report, adding it when new. */
  intern(report: StaticReport): number;
  /** Returns the report at an index; throws RangeError for an index that was never given out. */
  get(id: number): StaticReport;
  /** Returns text that orders and identifies the content whatever the order of arrival. */
  key(id: number): string;
  readonly size: number;
};

/** Returns the text that identifies a report's content: its fields as JSON in a fixed order. */
export function staticKey(report: StaticReport): string {
  return JSON.stringify(STATIC_FIELDS.map((field) => (report[field] === undefined ? 0 : [report[field]])));
}

/** Returns the report whose content a key of `staticKey` holds. */
export function reportOfKey(key: string): StaticReport {
  const values = JSON.parse(key) as readonly (0 | readonly [unknown])[];
  return Object.fromEntries(
    STATIC_FIELDS.flatMap((field, i) => {
      const value = values[i];
      return Array.isArray(value) ? [[field, value[0]]] : [];
    }),
  );
}

/** Returns an empty dictionary. */
export function makeStaticDictionary(): StaticDictionary {
  const byKey = new Map<string, number>();
  const reports: StaticReport[] = [];
  const keys: string[] = [];
  const at = (id: number): StaticReport => {
    const report = reports[id];
    if (report === undefined) throw new RangeError(`static report ${id} was never interned`);
    return report;
  };
  return {
    intern(report) {
      const key = staticKey(report);
      const known = byKey.get(key);
      if (known !== undefined) return known;
      byKey.set(key, reports.length);
      reports.push(report);
      keys.push(key);
      return reports.length - 1;
    },
    get: at,
    key: (id) => (id < 0 ? '' : keys[id]),
    get size() {
      return reports.length;
    },
  };
}
