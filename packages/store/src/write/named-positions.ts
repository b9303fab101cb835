import type { Json } from '@offing/rules';
import type pg from 'pg';
import { jsonOf } from './json.ts';
import { hasNoRaw, joinStanding } from './standing-positions.ts';

/** Of more instants than this in one version the first count: a list of many ships is no evidence of each. */
const MOST_INSTANTS = 400;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** A version of an event, as far as it names positions. */
export type NamingVersion = {
  readonly event_id: string;
  readonly mmsi: readonly number[];
  readonly opened_at: string;
  readonly closed_at: string | null;
  readonly evidence: Json;
};

/** An instant at which a version says something of a ship. */
export type NamedInstant = { readonly event_id: string; readonly mmsi: number; readonly at: string };

/**
 * Returns the instants that a version names of ships: its first and last moment, and every ISO instant in its evidence, of the
 * ship whose `mmsi` stands in the same object or the nearest around it, else of each ship of the event.
 */
export function namedInstants(version: NamingVersion): readonly NamedInstant[] {
  const found = new Map<string, NamedInstant>();
  const note = (at: string, ships: readonly number[]): void => {
    for (const mmsi of ships)
      if (found.size < MOST_INSTANTS) found.set(`${mmsi} ${at}`, { event_id: version.event_id, mmsi, at });
  };
  const walk = (part: Json, ships: readonly number[]): void => {
    if (typeof part === 'string' && ISO.test(part)) note(part, ships);
    else if (Array.isArray(part)) for (const element of part as readonly Json[]) walk(element, ships);
    else if (part !== null && typeof part === 'object') {
      const fields = part as { readonly [key: string]: Json };
      const own = typeof fields['mmsi'] === 'number' ? [fields['mmsi']] : ships;
      for (const value of Object.values(fields)) walk(value, own);
    }
  };
  note(version.opened_at, version.mmsi);
  if (version.closed_at !== null) note(version.closed_at, version.mmsi);
  walk(version.evidence, version.mmsi);
  return [...found.values()];
}

/** Notes the stored positions at the instants that versions name, and that their raw records are to be found. */
export async function writeNamedPositions(
  client: pg.ClientBase,
  versions: readonly NamingVersion[],
): Promise<void> {
  const named = versions.flatMap((version) => namedInstants(version));
  if (named.length === 0) return;
  await client.query(NOTE_POSITIONS, [jsonOf(named)]);
}

const NOTE_POSITIONS = `with noted as (
    insert into event_position (event_id, mmsi, at, lon_e7, lat_e7)
    select named.event_id, named.mmsi, stood.at, stood.lon_e7, stood.lat_e7
    from jsonb_to_recordset($1::jsonb) as named (event_id text, mmsi integer, at timestamptz)
    ${joinStanding('named')}
    on conflict do nothing returning mmsi, at, lon_e7, lat_e7)
  insert into raw_wanted (mmsi, at, lon_e7, lat_e7)
  select distinct mmsi, at, lon_e7, lat_e7 from noted
  where ${hasNoRaw('noted')}
  on conflict do nothing`;
