import { EARLIEST_AT, epochAt, LATEST_AT } from '@offing/ais';
import { cleanText } from './csv-text.ts';
import { makeTimeMemory, readTime } from './csv-time.ts';

/** An object of JSON: whatever a source sent. */
export type JsonObject = { readonly [field: string]: unknown };

const encoder = new TextEncoder();
const times = makeTimeMemory(false);

/** Returns whether a value is an object of JSON, neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a field that is an object; an empty object for anything else. */
export function objectIn(from: JsonObject, field: string): JsonObject {
  const value = from[field];
  return isObject(value) ? value : {};
}

/** Returns a field as a number, also when it was sent as text; null for anything else. */
export function numberIn(from: JsonObject, field: string): number | null {
  const value = from[field];
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*-?\d{1,15}(\.\d{1,15})?\s*$/.test(value)) return null;
  return Number(value);
}

/** Returns a field as a number above zero; null for anything else: 0 says "not available" where this is used. */
export function positiveIn(from: JsonObject, field: string): number | null {
  const value = numberIn(from, field);
  return value !== null && value > 0 ? value : null;
}

/** Returns the sum of two fields when it is above zero: dimensions are sent as distances from the antenna. */
export function sumIn(from: JsonObject, one: string, two: string): number | null {
  const sum = (numberIn(from, one) ?? 0) + (numberIn(from, two) ?? 0);
  return sum > 0 ? sum : null;
}

/** Returns a field as text cut at the first `@`, without unseen characters and blanks around it; null when nothing is left. */
export function textIn(from: JsonObject, field: string): string | null {
  const value = from[field];
  return typeof value === 'string' ? cleanText(value) : null;
}

/**
 * Returns a field as an instant, ms since 1970: an epoch in s, ms, µs or ns, or text with date and time (ISO 8601, Go's,
 * `YYYYMMDDHHMMSS`), UTC where it has no offset. NaN for what is no time, null when there is none.
 */
export function instantIn(from: JsonObject, field: string): number | null {
  const value = from[field];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') return NaN;
  const bytes = encoder.encode(String(value).slice(0, 64).trim());
  if (typeof value === 'number') return value >= 0 ? epochAt(bytes, 0, bytes.length) : NaN;
  const at = readTime(times, bytes, 0, bytes.length);
  return at >= EARLIEST_AT && at < LATEST_AT ? at : NaN;
}

/** Returns month, day, hour and minute as `MM-DDTHH:mmZ`, or null when one is "not available" or cannot be. */
export function etaText(
  month: number | null,
  day: number | null,
  hour: number | null,
  minute: number | null,
): string | null {
  const parts = [month, day, hour, minute];
  const most = [12, 31, 23, 59];
  const sound = parts.every(
    (part, i) => part !== null && Number.isInteger(part) && part >= (i < 2 ? 1 : 0) && part <= most[i],
  );
  if (!sound) return null;
  const [mm, dd, hh, min] = parts.map((part) => String(part).padStart(2, '0'));
  return `${mm}-${dd}T${hh}:${min}Z`;
}

/** Returns an ETA packed into 20 bits: month, day, hour, minute (ITU-R M.1371-5, annex 8, 3.3), or null. */
export function packedEta(packed: number | null): string | null {
  if (packed === null || !Number.isInteger(packed) || packed < 0 || packed >= 2 ** 20) return null;
  return etaText(packed >> 16, (packed >> 11) & 31, (packed >> 6) & 31, packed & 63);
}

/** Returns an ETA sent as text, `MM-DDTHH:mmZ`, `MM-DD HH:mm` or `MMDDHHmm`, or null. */
export function writtenEta(text: string | null): string | null {
  const match = /^(\d\d)-?(\d\d)[T ]?(\d\d):?(\d\d)Z?$/.exec(text ?? '');
  if (match === null) return null;
  const [month, day, hour, minute] = match.slice(1).map(Number);
  return etaText(month, day, hour, minute);
}
