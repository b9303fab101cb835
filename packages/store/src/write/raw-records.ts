import { createHash } from 'node:crypto';
import type pg from 'pg';
import { jsonOf } from './json.ts';
import { hasNoRaw, joinStanding } from './standing-positions.ts';

/** A position whose raw records are wanted, with what its transmission says, null for what it does not say; instants in ms. */
export type WantedPosition = {
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

/** One time that a wanted position's transmission was heard. */
export type RawCopy = {
  readonly position: Pick<WantedPosition, 'mmsi' | 'at' | 'lonE7' | 'latE7'>;
  readonly feed: string;
  readonly heardAt: number;
  readonly receivedAt: number | null;
  readonly station: string | null;
  /** Name of the recording; null for a live feed. */
  readonly recording: string | null;
  readonly raw: Uint8Array;
};

type WantedRow = {
  mmsi: number;
  at: number;
  lon_e7: number;
  lat_e7: number;
  sog_dkn: number | null;
  cog_ddeg: number | null;
  heading_deg: number | null;
  nav_status: number | null;
  utc_second: number | null;
};

/** Returns the positions whose raw records are not found yet and were not looked for, by time. */
export async function wantedPositions(client: pg.ClientBase): Promise<readonly WantedPosition[]> {
  const { rows } = await client.query<WantedRow>(
    `select ${WANTED_COLUMNS} from raw_wanted join position using (mmsi, at, lon_e7, lat_e7)
     where not tried order by at, mmsi`,
  );
  return rows.map(wantedPosition);
}

/** Returns all positions that events name in an interval (ms), by time, whether their raw records are found or not. */
export async function namedPositions(
  client: pg.ClientBase,
  from: number,
  to: number,
): Promise<readonly WantedPosition[]> {
  const { rows } = await client.query<WantedRow>(
    `select ${WANTED_COLUMNS}
     from (select distinct mmsi, at, lon_e7, lat_e7 from event_position where at between $1 and $2) as named
     join position using (mmsi, at, lon_e7, lat_e7) order by at, mmsi`,
    [instant(from), instant(to)],
  );
  return rows.map(wantedPosition);
}

/** Returns the stored positions of ships at instants (ms), those without a raw record only. */
export async function positionsWithoutRaw(
  client: pg.ClientBase,
  instants: readonly { readonly mmsi: number; readonly at: number }[],
): Promise<readonly WantedPosition[]> {
  if (instants.length === 0) return [];
  const { rows } = await client.query<WantedRow>(
    `select ${WANTED_COLUMNS}
     from (
       select stood.* from jsonb_to_recordset($1::jsonb) as held (mmsi integer, at timestamptz)
       ${joinStanding('held')}) as found
     where ${hasNoRaw('found')} order by at, mmsi`,
    [jsonOf(instants.map(({ mmsi, at }) => ({ mmsi, at: instant(at) })))],
  );
  return rows.map(wantedPosition);
}

const WANTED_COLUMNS = `mmsi, extract(epoch from at)::float8 * 1000 as at, lon_e7, lat_e7, sog_dkn, cog_ddeg,
  heading_deg, nav_status, utc_second`;

function wantedPosition(row: WantedRow): WantedPosition {
  return {
    mmsi: row.mmsi,
    at: row.at,
    lonE7: row.lon_e7,
    latE7: row.lat_e7,
    sogDkn: row.sog_dkn,
    cogDdeg: row.cog_ddeg,
    headingDeg: row.heading_deg,
    navStatus: row.nav_status,
    utcSecond: row.utc_second,
  };
}

/** Keeps raw records that were found, in one statement; what is kept already stays as it is. */
export async function writeRawCopies(client: pg.ClientBase, copies: readonly RawCopy[]): Promise<void> {
  if (copies.length === 0) return;
  const rows = copies.map((copy) => ({
    mmsi: copy.position.mmsi,
    at: instant(copy.position.at),
    lon_e7: copy.position.lonE7,
    lat_e7: copy.position.latE7,
    feed: copy.feed,
    heard_at: instant(copy.heardAt),
    received_at: copy.receivedAt === null ? null : instant(copy.receivedAt),
    station: copy.station,
    recording: copy.recording,
    sha256: `\\x${createHash('sha256').update(copy.raw).digest('hex')}`,
    raw: `\\x${Buffer.from(copy.raw).toString('hex')}`,
  }));
  await client.query(WRITE_COPIES, [jsonOf(rows)]);
}

/** Says that positions were looked for in every source that is there. */
export async function markTried(client: pg.ClientBase, positions: readonly WantedPosition[]): Promise<void> {
  const keys = positions.map(({ mmsi, at, lonE7, latE7 }) => ({ mmsi, at: instant(at), lonE7, latE7 }));
  await client.query(
    `update raw_wanted set tried = true
     from jsonb_to_recordset($1::jsonb) as looked (mmsi integer, at timestamptz, "lonE7" integer, "latE7" integer)
     where (raw_wanted.mmsi, raw_wanted.at, lon_e7, lat_e7) = (looked.mmsi, looked.at, "lonE7", "latE7")`,
    [jsonOf(keys)],
  );
}

/** PostgreSQL keeps microseconds. */
function instant(ms: number): string {
  const whole = Math.floor(ms);
  const micros = Math.round((ms - whole) * 1000);
  const text = new Date(micros === 1000 ? whole + 1 : whole).toISOString();
  return text.replace('Z', `${String(micros % 1000).padStart(3, '0')}Z`);
}

const WRITE_COPIES = `with found as (
    select mmsi, at, lon_e7, lat_e7, sha256::bytea as sha256, raw::bytea as raw, feed_id, heard_at, received_at, station, recording
    from jsonb_to_recordset($1::jsonb) as copy (mmsi integer, at timestamptz, lon_e7 integer, lat_e7 integer, feed text,
      heard_at timestamptz, received_at timestamptz, station text, recording text, sha256 text, raw text)
    join feed on feed.name = copy.feed),
  kept as (
    insert into raw_record (sha256, raw) select distinct sha256, raw from found on conflict do nothing),
  copied as (
    insert into raw_copy (mmsi, at, lon_e7, lat_e7, sha256, feed_id, heard_at, received_at, station, recording)
    select mmsi, at, lon_e7, lat_e7, sha256, feed_id, heard_at, received_at, station, recording from found
    on conflict do nothing)
  delete from raw_wanted using found
  where (raw_wanted.mmsi, raw_wanted.at, raw_wanted.lon_e7, raw_wanted.lat_e7) = (found.mmsi, found.at, found.lon_e7, found.lat_e7)`;
