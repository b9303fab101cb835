import type { Designation } from '@offing/designations';
import type pg from 'pg';
import { jsonOf } from './json.ts';

const COLUMNS = [
  'designation_id',
  'list',
  'entry_id',
  'imo_number',
  'mmsi',
  'call_sign',
  'ship_name',
  'flag',
  'program',
  'designated_on',
  'delisted_on',
  'delisting_known_since',
  'known_since',
  'source',
  'other_names',
  'imported',
];
const ALL = COLUMNS.join(', ');
const CHANGING = COLUMNS.filter((column) => column !== 'designation_id');

/**
 * Writes the rows of a register, adding new ones and changing those that differ; a row that is as it was stays untouched,
 * with the instant at which it was recorded. Of rows with one id the first counts. Returns how many rows were added or
 * changed. A listing that ended has the day of its removal; its row stays.
 */
export async function writeDesignations(
  client: pg.ClientBase,
  designations: readonly Designation[],
): Promise<number> {
  if (designations.length === 0) return 0;
  const byId = new Map([...designations].reverse().map((entry) => [entry.designationId, rowOf(entry)]));
  const { rowCount } = await client.query(UPSERT, [jsonOf([...byId.values()])]);
  return rowCount ?? 0;
}

/** Removes rows that an import wrote and that its snapshots no longer give; returns how many. */
export async function removeDesignations(
  client: pg.ClientBase,
  designationIds: readonly string[],
): Promise<number> {
  if (designationIds.length === 0) return 0;
  const { rowCount } = await client.query(
    'delete from designation where imported and designation_id = any($1::text[])',
    [designationIds],
  );
  return rowCount ?? 0;
}

function rowOf(entry: Designation) {
  return {
    designation_id: entry.designationId,
    list: entry.list,
    entry_id: entry.entryId,
    imo_number: entry.imoNumber,
    mmsi: entry.mmsi,
    call_sign: entry.callSign,
    ship_name: entry.shipName,
    flag: entry.flag,
    program: entry.program,
    designated_on: entry.designatedOn,
    delisted_on: entry.delistedOn,
    delisting_known_since:
      entry.delistingKnownSince === null ? null : new Date(entry.delistingKnownSince).toISOString(),
    known_since: new Date(entry.knownSince).toISOString(),
    source: entry.source,
    other_names: entry.otherNames ?? [],
    imported: entry.imported ?? false,
  };
}

/** Rows that stand in the table as they are given are left out before anything is written: a second start writes nothing. */
const UPSERT = `insert into designation (${ALL})
  select ${ALL} from (
    select ${ALL} from jsonb_populate_recordset(null::designation, $1::jsonb)
    except select ${ALL} from designation) as changed
  on conflict (designation_id) do update set (${CHANGING.join(', ')})
    = (${CHANGING.map((column) => `excluded.${column}`).join(', ')}), recorded_at = now()`;
