import type { FeedFaultCode } from '@offing/feeds';
import { OffingError } from '@offing/kit';

/** Why a file was not read, or not to its end. The stable codes are the keys of FAULT_CODES. */
export type FileFault = {
  readonly path: string;
  readonly code: FaultCode;
  /** What is wrong and what to do, with the line when it is known. */
  readonly message: string;
};

/** What each fault means. */
export const FAULT_CODES = {
  'missing-file': 'there is no such file, or it disappeared before it was opened',
  'no-recordings': 'a folder or archive in which no recording was found',
  'empty-file': 'a file without a single byte of content',
  'not-readable': 'the system refuses to open it',
  'not-a-file': 'a socket, a pipe or a device',
  'read-failed': 'the system gave an error while it was read',
  'file-changed': 'it became shorter while it was read',
  'unknown-format': 'the content is no recording of a known format',
  'truncated-gzip': 'the gzip stream ends too early; what came before is used',
  'damaged-gzip': 'the gzip stream is damaged; what came before is used',
  'truncated-zstd': 'the zstd stream ends too early; what came before is used',
  'damaged-zstd': 'the zstd stream is damaged or asks for too much memory; what came before is used',
  'damaged-zip': 'the zip archive or one of its entries is damaged',
  'encrypted-entry': 'an entry of a zip archive needs a password',
  'unsupported-archive': 'an archive of a kind that is not unpacked here',
  'missing-column': 'a CSV without a column that every record needs',
  'unknown-field': 'a column is mapped to a field that does not exist',
  'bad-header': 'the first row of a CSV is no header',
} as const satisfies Readonly<Record<FeedFaultCode, string>> & Readonly<Record<string, string>>;

/** Why a file was not read, or not to its end. */
export type FaultCode = keyof typeof FAULT_CODES;

/** Returns the error that carries a fault from where it is found to where the file is given up. */
export function faultError(code: FaultCode, message: string, cause?: unknown): OffingError {
  return new OffingError(code, message, cause === undefined ? {} : { cause });
}

/** Returns the fault that an error met while reading a file means. */
export function faultOf(path: string, error: unknown): FileFault {
  if (error instanceof OffingError && isFaultCode(error.code)) {
    return { path, code: error.code, message: error.message };
  }
  const { code = '', message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { path, code: 'missing-file', message: 'no such file' };
    case 'EACCES':
    case 'EPERM':
      return { path, code: 'not-readable', message: 'no permission to read it' };
    case 'ENXIO':
      return { path, code: 'not-a-file', message: 'not a regular file' };
    default:
      return { path, code: 'read-failed', message: `cannot be read: ${message}` };
  }
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULT_CODES, code);
}
