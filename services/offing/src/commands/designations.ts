import { isDay } from '@offing/api';
import { loadRegister, startOfDay, type Designation } from '@offing/designations';
import { OffingError } from '@offing/kit';
import { isImoNumber, isoOf } from '@offing/units';
import { numberFlag } from '../flags.ts';

/** Prints what each list says of a ship on a day, with its sources; the day is today when left out. */
export function checkDesignations(options: {
  readonly imo: string;
  readonly on?: string;
  readonly json: boolean;
}): void {
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
  const register = loadRegister();
  const inForce = register.statusOn(imoNumber, startOfDay(on));
  const known = register.designations.filter((entry) => entry.imoNumber === imoNumber);
  const answer = { imoNumber, on, listed: inForce.length > 0, inForce, known };
  process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : plainAnswer(answer));
}

type Answer = {
  readonly imoNumber: number;
  readonly on: string;
  readonly inForce: readonly Designation[];
  readonly known: readonly Designation[];
};

function plainAnswer({ imoNumber, on, inForce, known }: Answer): string {
  const head =
    inForce.length === 0
      ? `IMO ${imoNumber} is on none of the known lists on ${on}.`
      : `IMO ${imoNumber} is on ${inForce.length === 1 ? 'one list' : `${inForce.length} listings`} on ${on}:`;
  const rest = known.filter((entry) => !inForce.some((other) => other.designationId === entry.designationId));
  return [
    head,
    ...inForce.map(listing),
    ...(rest.length > 0 ? ['Not in force on that day:', ...rest.map(listing)] : []),
    'A missing entry is no clean record: the lists are those of the compiled history.',
    '',
  ].join('\n');
}

function listing(entry: Designation): string {
  const until = entry.delistedOn === null ? '' : `, last listed day ${entry.delistedOn}`;
  const program = entry.program === null ? '' : `, ${entry.program}`;
  return `  ${entry.list}: ${entry.shipName}, listed ${entry.designatedOn}${until}${program}; source: ${entry.source}`;
}
