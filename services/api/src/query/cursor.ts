import { createHash } from 'node:crypto';
import { isDay } from './instants.ts';

/** What a part of a cursor's key is; it decides what is believed when a cursor comes back. */
export type KeyPart = 'instant' | 'integer' | 'text' | 'day';

/** The place of the last item of a page in the order of the list. */
export type CursorKey = readonly (string | number)[];

const LATEST_MS = Date.UTC(3000, 0);
const GREATEST_INT = 2_147_483_647;
const LONGEST_TEXT = 200;

/** What says how a page is written and not which items are in the list. */
const NO_FILTERS: ReadonlySet<string> = new Set(['cursor', 'limit', 'bom', 'lang']);

/** Returns the fingerprint that ties a cursor to the list and the filters that it was made for. */
export function listFingerprint(list: string, filters: ReadonlyMap<string, string>): string {
  const sorted = [...filters].filter(([name]) => !NO_FILTERS.has(name)).sort();
  return shortHash([list, sorted]);
}

function sealOf(fingerprint: string, key: CursorKey): string {
  return shortHash(['cursor', fingerprint, key]);
}

function shortHash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12);
}

/** Returns the opaque text of a cursor. */
export function encodeCursor(fingerprint: string, key: CursorKey): string {
  return Buffer.from(JSON.stringify([fingerprint, sealOf(fingerprint, key), ...key])).toString('base64url');
}

/**
 * Returns the key of a cursor, `foreign` when it was made for another list or other filters, or null when it is no
 * cursor of ours: a seal tells when a part was changed. The seal is no secret: a cursor leads to nothing that its list
 * would not show, and every part is checked as the input that it is.
 */
export function decodeCursor(
  text: string,
  fingerprint: string,
  parts: readonly KeyPart[],
): CursorKey | 'foreign' | null {
  const values = parsed(text);
  if (values === null || typeof values[0] !== 'string') return null;
  if (values[0] !== fingerprint) return 'foreign';
  const [seal, ...key] = values.slice(1);
  const sound =
    key.length === parts.length &&
    key.every((value, index) => isPart(value, parts[index])) &&
    seal === sealOf(fingerprint, key as CursorKey);
  return sound ? (key as CursorKey) : null;
}

function parsed(text: string): readonly unknown[] | null {
  if (!/^[A-Za-z0-9_-]{1,800}$/.test(text)) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : null;
  } catch {
    return null;
  }
}

function isPart(value: unknown, part: KeyPart): boolean {
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return false;
    if (part === 'instant') return value >= 0 && value < LATEST_MS;
    return part === 'integer' && Math.abs(value) <= GREATEST_INT;
  }
  if (typeof value !== 'string' || value.length > LONGEST_TEXT || value.includes('\0')) return false;
  return part === 'text' || (part === 'day' && isDay(value));
}
