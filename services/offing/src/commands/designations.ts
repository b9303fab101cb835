import { existsSync } from 'node:fs';
import { isDay } from '@offing/api';
import { listingKey, loadRegister, startOfDay, type Designation, type Register } from '@offing/designations';
import { OffingError } from '@offing/kit';
import { isImoNumber, isoOf } from '@offing/units';
import { readCommandConfig } from '../config.ts';
import { withDatabase } from '../database.ts';
import { numberFlag, type CheckFlags } from '../flags.ts';
import { loadRegisterOf } from '../reference.ts';

/**
 * Prints what each list says of a ship on a day, with its sources; the day is today when left out. The lists are those of
 * the database, or the bundled history where there is none yet.
 */
export async function checkDesignations(options: CheckFlags): Promise<void> {
  const imoNumber = numberFlag('--imo', options.imo, 1, 9_999_999);
  if (!isImoNumber(imoNumber)) {
    throw new OffingError(
      'usage-imo',
      `--imo: ${imoNumber} is no IMO number of a ship; expected seven digits whose check digit holds`,
      { value: imoNumber },
    );
  }
  const on = options.on ?? isoOf(Date.now()).slice(0, 10);
  if (!isDay(on))
    throw new OffingError('usage-day', `--on: "${on}" is no day; expected YYYY-MM-DD`, { value: on });
  const register = await registerOf(options.data);
  const inForce = register.statusOn(imoNumber, startOfDay(on));
  const known = register.designations.filter((entry) => entry.imoNumber === imoNumber);
  const answer = { imoNumber, on, listed: inForce.length > 0, inForce, known, lists: register.version };
  process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : plainAnswer(answer));
}

async function registerOf(data: string): Promise<Register> {
  if (readCommandConfig().databaseUrl === undefined && !existsSync(data)) return loadRegister();
  return withDatabase(data, ({ url }) => loadRegisterOf(url));
}

type Answer = {
  readonly imoNumber: number;
  readonly on: string;
  readonly inForce: readonly Designation[];
  readonly known: readonly Designation[];
  readonly lists: string;
};

function plainAnswer({ imoNumber, on, inForce, known, lists }: Answer): string {
  const head =
    inForce.length === 0
      ? `IMO ${imoNumber} is on none of the known lists on ${on}.`
      : `IMO ${imoNumber} is on ${inForce.length === 1 ? 'one list' : `${inForce.length} listings`} on ${on}:`;
  const told = new Set(inForce.map(listingKey));
  // Rows that tell one listing stand in the order in which they became known: the first stands for all.
  const others = new Map([...known].reverse().map((entry) => [listingKey(entry), entry]));
  const rest = [...others].flatMap(([key, entry]) => (told.has(key) ? [] : [entry])).reverse();
  return [
    head,
    ...inForce.map(listing),
    ...(rest.length > 0 ? ['Not in force on that day:', ...rest.map(listing)] : []),
    `A missing entry is no clean record: the lists known here are ${lists}.`,
    '',
  ].join('\n');
}

function listing(entry: Designation): string {
  const until = entry.delistedOn === null ? '' : `, last listed day ${entry.delistedOn}`;
  const program = entry.program === null ? '' : `, ${entry.program}`;
  const since = entry.imported === true ? `, known here since ${isoOf(entry.knownSince)}` : '';
  return `  ${entry.list}: ${entry.shipName}, listed ${entry.designatedOn}${until}${program}${since}; source: ${entry.source}`;
}
