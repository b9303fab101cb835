import { loadRegister, type Designation } from '@offing/designations';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeDesignations } from '../../src/write/designations.ts';

const { designations } = loadRegister();

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await database.close();
});

it('writes the bundled register as it is, and nothing the second time', async () => {
  const ids = new Set(designations.map((entry) => entry.designationId));
  expect(await writeDesignations(client, designations)).toBe(ids.size);
  const before = await client.query('select * from designation order by designation_id');
  expect(await writeDesignations(client, designations)).toBe(0);
  const after = await client.query('select * from designation order by designation_id');
  expect(after.rows).toEqual(before.rows);
  const [entry] = designations.filter(({ delistedOn }) => delistedOn !== null);
  const { rows } = await client.query(
    `select list, imo_number, ship_name, designated_on::text, delisted_on::text, known_since, delisting_known_since
     from designation where designation_id = $1`,
    [entry.designationId],
  );
  expect(rows).toEqual([
    {
      list: entry.list,
      imo_number: entry.imoNumber,
      ship_name: entry.shipName,
      designated_on: entry.designatedOn,
      delisted_on: entry.delistedOn,
      known_since: new Date(entry.knownSince),
      delisting_known_since: new Date(entry.delistingKnownSince ?? NaN),
    },
  ]);
});

it('changes the row that differs and leaves the others untouched', async () => {
  await writeDesignations(client, designations);
  const listed = designations.find(({ delistedOn }) => delistedOn === null) as Designation;
  const delisted = { ...listed, delistedOn: '2026-01-02', delistingKnownSince: Date.parse('2026-01-02') };
  const { rows: times } = await client.query<{ at: string }>(
    'select max(recorded_at)::text as at from designation',
  );
  expect(await writeDesignations(client, [delisted])).toBe(1);
  const { rows } = await client.query(
    'select designation_id, delisted_on::text from designation where recorded_at > $1::timestamptz',
    [times[0].at],
  );
  expect(rows).toEqual([{ designation_id: listed.designationId, delisted_on: '2026-01-02' }]);
  expect(await writeDesignations(client, [])).toBe(0);
});
