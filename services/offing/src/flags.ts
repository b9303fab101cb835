import { parseInstant, type DayEnd } from '@offing/api';
import { OffingError } from '@offing/kit';

/** Flags of `replay` as the command line gives them. */
export type ReplayFlags = {
  readonly feed: string;
  readonly format: string;
  readonly map?: readonly string[];
  readonly start?: string;
  readonly keep: boolean;
  readonly synthetic: boolean;
  readonly json: boolean;
  readonly data: string;
};

/** Flags of `designations check` as the command line gives them. */
export type CheckFlags = {
  readonly imo: string;
  readonly on?: string;
  readonly json: boolean;
  readonly data: string;
};

/** Flags of `export` as the command line gives them. */
export type ExportFlags = {
  readonly type?: string;
  readonly mmsi?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly state?: string;
  readonly format: 'ndjson' | 'csv' | 'geojson' | 'kml' | 'fgb' | 'parquet';
  readonly bom?: boolean;
  readonly out?: string;
  readonly data: string;
};

/** Returns an instant given as ISO 8601 text, ms since 1970; without a zone it is UTC. Throws OffingError `usage-time`. */
export function instantFlag(option: string, text: string, dayEnd: DayEnd = 'first'): number {
  const at = parseInstant(text, dayEnd);
  if (at !== null) return at;
  throw new OffingError(
    'usage-time',
    `${option}: "${text}" is no time; expected ISO 8601 such as 2016-11-05T15:40:00Z`,
    { value: text },
  );
}

/** Returns a whole number from `least` to `most` given as text. Throws OffingError `usage-number`. */
export function numberFlag(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new OffingError(
    'usage-number',
    `${option}: "${text}" is out of place; expected a whole number from ${least} to ${most}`,
    { value: text },
  );
}

/** Returns `field=column` flags as an object, or undefined when none was given. Throws OffingError `usage-map`. */
export function mapFlags(pairs: readonly string[] | undefined): Readonly<Record<string, string>> | undefined {
  if (pairs === undefined) return undefined;
  const entries = pairs.map((pair): [string, string] => {
    const sign = pair.indexOf('=');
    if (sign > 0 && sign < pair.length - 1) return [pair.slice(0, sign), pair.slice(sign + 1)];
    throw new OffingError(
      'usage-map',
      `--map: "${pair}" is no mapping; expected field=column, such as at=base_date_time`,
      { value: pair },
    );
  });
  return Object.fromEntries(entries);
}
