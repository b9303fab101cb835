import { epochAt } from '@offing/ais';

/** Returns the instant that the text before a sentence starts with, or NaN: `1550303566167726840 !AIVDM…`. */
export function readPrefix(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] <= 32) at++;
  let end = at;
  while (end < to && ((bytes[end] >= 48 && bytes[end] <= 57) || bytes[end] === 46)) end++;
  return epochAt(bytes, at, end);
}
