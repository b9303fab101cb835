import { OffingError } from '@offing/kit';

/** Codes of the errors that say what is wrong with a database. */
export type DatabaseFaultCode =
  'database-lost' | 'database-full' | 'database-refused' | 'database-permission' | 'database-busy';

type Fault = { readonly code: DatabaseFaultCode; readonly says: string };

const LOST: Fault = {
  code: 'database-lost',
  says: 'the database went away; what was committed is kept, and the same command goes on from there',
};
const FULL: Fault = {
  code: 'database-full',
  says: 'the disk of the database is full; what was committed is kept. Make room and run the same command again',
};
const REFUSED: Fault = {
  code: 'database-refused',
  says: 'the database refuses the connection; look at DATABASE_URL: host, port, user, password and database name',
};
const PERMISSION: Fault = {
  code: 'database-permission',
  says: 'the user of DATABASE_URL may not do this; it must be allowed to create and write tables',
};
const BUSY: Fault = { code: 'database-busy', says: 'the database has no connection or memory left' };

/** By SQLSTATE, its first two characters, or the code of the operating system (PostgreSQL manual, appendix A). */
const FAULTS: Readonly<Record<string, Fault>> = {
  '53100': FULL,
  '53': BUSY,
  '57P01': LOST,
  '57P02': LOST,
  '57P03': LOST,
  '08': LOST,
  '28': REFUSED,
  '3D000': REFUSED,
  '25006': PERMISSION,
  '42501': PERMISSION,
  ECONNREFUSED: REFUSED,
  ENOENT: REFUSED,
  ENOTFOUND: REFUSED,
  EAI_AGAIN: REFUSED,
  ETIMEDOUT: REFUSED,
  EACCES: REFUSED,
  ECONNRESET: LOST,
  EPIPE: LOST,
};

/**
 * Returns an error of the driver as one that says what to do, with the original as its cause; anything that is not about
 * the state of the database comes back as it is.
 */
export function databaseFault(error: unknown): unknown {
  if (error instanceof OffingError || !(error instanceof Error)) return error;
  const fault = faultOf(error);
  if (fault === null) return error;
  return new OffingError(fault.code, `${fault.says} (${messageOf(error)})`, {
    value: (error as { code?: unknown }).code,
    cause: error,
  });
}

function faultOf(error: Error): Fault | null {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return FAULTS[code] ?? FAULTS[code.slice(0, 2)] ?? null;
  // The driver gives these no code.
  return /^Connection terminated|not queryable|^Client was closed/.test(error.message) ? LOST : null;
}

/** A failure to connect to several addresses has no message of its own. */
function messageOf(error: Error): string {
  if (error.message !== '') return error.message;
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : error.name;
}
