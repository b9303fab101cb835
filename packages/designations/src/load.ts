import { readFileSync } from 'node:fs';
import { readCompiledHistory } from './compiled-history.ts';
import { makeRegister, type Register } from './register.ts';

/** Returns the register of the bundled compiled history; throws when the bundled file is damaged, naming its faults. */
export function loadRegister(): Register {
  const path = new URL('../data/dprk_vessel_designations.csv', import.meta.url);
  const { designations, faults } = readCompiledHistory(readFileSync(path, 'utf8'));
  if (faults.length > 0) {
    const [{ line, field, value, expected }] = faults;
    throw new Error(`bundled designations, line ${line}: ${field} "${value}", expected ${expected}`);
  }
  return makeRegister(designations);
}
