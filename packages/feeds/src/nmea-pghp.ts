import { EARLIEST_AT, LATEST_AT } from '@offing/ais';

const PREFIX = [36, 80, 71, 72, 80, 44, 49, 44]; // `$PGHP,1,`

/** Returns whether a line is the GateHouse header that goes before a sentence: `$PGHP,1,…`. */
export function startsPghp(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < PREFIX.length) return false;
  for (let at = 0; at < PREFIX.length; at++) if (bytes[from + at] !== PREFIX[at]) return false;
  return true;
}

/**
 * Returns the instant of a `$PGHP,1,year,month,day,hour,minute,second,millisecond,…` line in ms since 1970 UTC, or NaN when a
 * part is missing or out of range.
 */
export function pghpAt(bytes: Uint8Array, from: number, to: number): number {
  const parts: number[] = [];
  let value = 0;
  let digits = 0;
  for (let at = from + PREFIX.length; at < to && parts.length < 7; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9 && digits < 4) {
      value = value * 10 + digit;
      digits++;
    } else if (bytes[at] === 44 && digits > 0) {
      parts.push(value);
      value = 0;
      digits = 0;
    } else return NaN;
  }
  if (parts.length < 7) return NaN;
  const [year, month, day, hour, minute, second, millisecond] = parts;
  const at = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const read = new Date(at);
  const same = read.getUTCMonth() === month - 1 && read.getUTCHours() === hour && second < 60 && minute < 60;
  return same && at >= EARLIEST_AT && at < LATEST_AT ? at : NaN;
}
