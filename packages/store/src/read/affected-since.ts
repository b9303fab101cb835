import type { Designation } from '@offing/designations';
import type pg from 'pg';

/**
 * Returns the earliest stored position, ms, at which a ship that one of the entries may name was heard on or after the day
 * of its listing; null when none was. It may be too early (names are compared loosely), never too late.
 */
export async function affectedSince(
  client: pg.ClientBase,
  entries: readonly Designation[],
): Promise<number | null> {
  if (entries.length === 0) return null;
  const keys = entries.map(({ imoNumber, mmsi, callSign, designatedOn }) => ({
    imo_number: imoNumber,
    mmsi,
    call_sign: callSign,
    designated_on: designatedOn,
  }));
  const { rows } = await client.query<{ at: Date | null }>(AFFECTED, [JSON.stringify(keys)]);
  return rows[0].at?.getTime() ?? null;
}

/** Each key by a join of its own: one join over all of them would compare every report with every entry. A ship keeps what it sent once: from its first static report, or by its MMSI, all its positions count. */
const AFFECTED = `
with key as (
  select * from jsonb_to_recordset($1::jsonb) as k (imo_number integer, mmsi integer, call_sign text, designated_on date)
), ship as (
  select s.mmsi, k.designated_on as since from static_report s join key k on s.imo_number = k.imo_number
  union all
  select s.mmsi, k.designated_on from static_report s join key k on s.imo_number::bigint = k.imo_number::bigint * 100
  union all
  select s.mmsi, k.designated_on from static_report s join key k
    on upper(regexp_replace(s.call_sign, '[^A-Za-z0-9]', '', 'g')) = k.call_sign
  union all
  select mmsi, designated_on from key where mmsi is not null
)
select min(first.at) as at from (select mmsi, min(since) as since from ship group by mmsi) as heard
cross join lateral (
  select p.at from position p where p.mmsi = heard.mmsi and p.at >= heard.since order by p.at limit 1
) as first`;
