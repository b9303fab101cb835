import type { Designation, ListEntry, ListSnapshot } from '@offing/designations';
import type pg from 'pg';

type DesignationRow = {
  readonly designation_id: string;
  readonly list: string;
  readonly entry_id: string | null;
  readonly imo_number: number | null;
  readonly mmsi: number | null;
  readonly call_sign: string | null;
  readonly ship_name: string;
  readonly other_names: readonly string[];
  readonly flag: string | null;
  readonly program: string | null;
  readonly designated_on: string;
  readonly delisted_on: string | null;
  readonly known_since: Date;
  readonly delisting_known_since: Date | null;
  readonly source: string;
};

/** Returns the rows of the register that imports wrote or changed, in the order of their ids. */
export async function importedDesignations(client: pg.ClientBase): Promise<readonly Designation[]> {
  const { rows } = await client.query<DesignationRow>(
    `select designation_id, list, entry_id, imo_number, mmsi, call_sign, ship_name, other_names, flag, program,
       designated_on::text, delisted_on::text, known_since, delisting_known_since, source
     from designation where imported order by designation_id`,
  );
  return rows.map((row) => ({
    designationId: row.designation_id,
    list: row.list,
    entryId: row.entry_id,
    imoNumber: row.imo_number,
    mmsi: row.mmsi,
    callSign: row.call_sign,
    shipName: row.ship_name,
    otherNames: row.other_names,
    flag: row.flag,
    program: row.program,
    designatedOn: row.designated_on,
    delistedOn: row.delisted_on,
    knownSince: row.known_since.getTime(),
    delistingKnownSince: row.delisting_known_since?.getTime() ?? null,
    source: row.source,
    imported: true,
  }));
}

type SnapshotRow = {
  readonly list: string;
  readonly day: string;
  readonly known_since: Date;
  readonly source: string;
  readonly entries: readonly ListEntry[];
};

/** Returns all snapshots of a list, oldest first. */
export async function listSnapshots(client: pg.ClientBase, list: string): Promise<readonly ListSnapshot[]> {
  const { rows } = await client.query<SnapshotRow>(
    `select list, day::text, known_since, source, entries
     from list_snapshot join list_content using (content_key)
     where list = $1 order by day, known_since`,
    [list],
  );
  return rows.map(({ known_since, ...row }) => ({ ...row, knownSince: known_since.getTime() }));
}
