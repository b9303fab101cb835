import { loadRegister, mergedRegister, type Register } from '@offing/designations';
import { loadGazetteer, type Gazetteer } from '@offing/gazetteer';
import { importedDesignations } from '@offing/store';
import pg from 'pg';

/** The reference data that every command uses: ports, anchorages, coast, and the lists. */
export type Reference = { readonly gazetteer: Gazetteer; readonly register: Register };

/** Loads the bundled reference data. */
export function loadReference(): Reference {
  return { gazetteer: loadGazetteer(), register: loadRegister() };
}

/** Loads the reference data of a database: the bundled, with the lists as imports left them. */
export async function loadReferenceOf(databaseUrl: string): Promise<Reference> {
  return { gazetteer: loadGazetteer(), register: await loadRegisterOf(databaseUrl) };
}

/** Loads the register of a database: the compiled history, as imports left it. */
export async function loadRegisterOf(databaseUrl: string): Promise<Register> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return mergedRegister(loadRegister(), await importedDesignations(client));
  } finally {
    await client.end();
  }
}
