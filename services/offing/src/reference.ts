import { loadRegister, type Register } from '@offing/designations';
import { loadGazetteer, type Gazetteer } from '@offing/gazetteer';

/** The reference data that every command uses: ports, anchorages, coast, and the compiled lists. */
export type Reference = { readonly gazetteer: Gazetteer; readonly register: Register };

/** Loads the bundled reference data. */
export function loadReference(): Reference {
  return { gazetteer: loadGazetteer(), register: loadRegister() };
}
