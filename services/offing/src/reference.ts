import { loadRegister, mergedRegister, type Register } from '@offing/designations';
import { loadGazetteer, withUserData, type Gazetteer } from '@offing/gazetteer';
import { importedDesignations, readUserReference } from '@offing/store';
import pg from 'pg';

/** The reference data that every command uses: ports, anchorages, coast, and the lists. */
export type Reference = { readonly gazetteer: Gazetteer; readonly register: Register };

/** Loads the bundled reference data. */
export function loadReference(): Reference {
  return { gazetteer: loadGazetteer(), register: loadRegister() };
}

/** Loads the reference data of a database: the bundled, with the lists as imports left them and what the user gave. */
export async function loadReferenceOf(databaseUrl: string): Promise<Reference> {
  return {
    gazetteer: await loadGazetteerOf(databaseUrl),
    register: await loadRegisterOf(databaseUrl),
  };
}

/** Loads the gazetteer of a database: the bundled, with the ports, zones and announcements that the user gave. */
export async function loadGazetteerOf(databaseUrl: string): Promise<Gazetteer> {
  return onDatabase(databaseUrl, async (client) =>
    withUserData(loadGazetteer(), {
      ports: await readUserReference(client, 'port'),
      zones: await readUserReference(client, 'zone'),
      announcements: await readUserReference(client, 'embargo'),
    }),
  );
}

/** Loads the register of a database: the compiled history, as imports left it. */
export async function loadRegisterOf(databaseUrl: string): Promise<Register> {
  return onDatabase(databaseUrl, async (client) =>
    mergedRegister(loadRegister(), await importedDesignations(client)),
  );
}

async function onDatabase<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
