import { EARLIEST_AT, epochAt, LATEST_AT } from '@offing/ais';

/** How a file writes its times, and the day read last: neighbouring rows are mostly of the same day. */
export type TimeMemory = { readonly dayFirst: boolean; lastDate: number; lastDayMs: number };

/** What a time may look like, for messages. */
export const TIME_FORMS =
  'ISO 8601 with date and time, YYYYMMDD_HHMMSS or an epoch in s, ms, µs or ns, 2000 to 2099, UTC unless it has an offset';

const LONGEST_TIME = 48;
/** Stands for "no time of day" among whole ms: unlike NaN it is given back without an object. */
const NO_CLOCK = -1_000_000_000;
const DASH = 45;
const POINT = 46;
const SLASH = 47;
const COLON = 58;
const LETTER_Z = 90;

/** Returns the memory of a file of which no time was read. `dayFirst` says that it writes `dd/mm/yyyy`. */
export function makeTimeMemory(dayFirst: boolean): TimeMemory {
  return { dayFirst, lastDate: -1, lastDayMs: NaN };
}

/**
 * Returns the instant that `bytes[from, to)` says, ms since 1970 UTC, or NaN. A time without an offset is UTC. A date without
 * a time of day is no instant. Without `dayFirst` a date with slashes is refused, as day and month cannot be told apart.
 */
export function readTime(memory: TimeMemory, bytes: Uint8Array, from: number, to: number): number {
  if (to - from > LONGEST_TIME || to - from < 9) return NaN;
  const fifth = bytes[from + 4];
  let day: number;
  let clock: number;
  if ((fifth === DASH || fifth === SLASH) && bytes[from + 7] === fifth) {
    day = dayMs(memory, fourDigits(bytes, from), twoDigits(bytes, from + 5), twoDigits(bytes, from + 8));
    clock = isGap(bytes[from + 10]) ? clockMs(bytes, from + 11, to) : NO_CLOCK;
  } else if (bytes[from + 2] === SLASH && bytes[from + 5] === SLASH) {
    day = dayMs(memory, fourDigits(bytes, from + 6), twoDigits(bytes, from + 3), twoDigits(bytes, from));
    clock = memory.dayFirst && isGap(bytes[from + 10]) ? clockMs(bytes, from + 11, to) : NO_CLOCK;
  } else {
    const digits = digitsFrom(bytes, from, to);
    if (digits !== 8 && digits !== 14) return epochIn(bytes, from, to, digits);
    if (digits === 8 && !isGap(bytes[from + 8])) return NaN;
    day = dayMs(memory, fourDigits(bytes, from), twoDigits(bytes, from + 4), twoDigits(bytes, from + 6));
    clock = compactClockMs(bytes, from + (digits === 8 ? 9 : 8), to);
  }
  if (clock === NO_CLOCK) return NaN;
  const at = day + clock;
  return at >= EARLIEST_AT && at < LATEST_AT ? at : NaN;
}

function dayMs(memory: TimeMemory, year: number, month: number, day: number): number {
  if (year < 0 || month < 0 || day < 0) return NaN;
  const date = year * 10_000 + month * 100 + day;
  if (date !== memory.lastDate) {
    memory.lastDate = date;
    memory.lastDayMs = dayOf(year, month, day);
  }
  return memory.lastDayMs;
}

function dayOf(year: number, month: number, day: number): number {
  const at = Date.UTC(year, month - 1, day);
  const same = new Date(at).getUTCMonth() === month - 1 && new Date(at).getUTCDate() === day;
  return same ? at : NaN;
}

/** `T`, a blank or `_` between date and time of day. */
function isGap(byte: number): boolean {
  return byte === 84 || byte === 32 || byte === 95 || byte === 116;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - 48;
  const units = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : -1;
}

function fourDigits(bytes: Uint8Array, at: number): number {
  const century = twoDigits(bytes, at);
  const year = twoDigits(bytes, at + 2);
  return century < 0 || year < 0 ? -1 : century * 100 + year;
}

function digitsFrom(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] >= 48 && bytes[at] <= 57) at++;
  return at - from;
}

function timeOfDay(hour: number, minute: number, second: number): number {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return NO_CLOCK;
  return hour * 3_600_000 + minute * 60_000 + second * 1000;
}

/** Returns `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f…` with its zone as ms to add to the day, or NO_CLOCK. */
function clockMs(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 5 || bytes[from + 2] !== COLON) return NO_CLOCK;
  const seconds = bytes[from + 5] === COLON && to - from >= 8;
  const second = seconds ? twoDigits(bytes, from + 6) : 0;
  const ms = timeOfDay(twoDigits(bytes, from), twoDigits(bytes, from + 3), second);
  return withRest(ms, bytes, from + (seconds ? 8 : 5), to);
}

/** Returns `HHMM` or `HHMMSS` with its zone as ms to add to the day, or NO_CLOCK. */
function compactClockMs(bytes: Uint8Array, from: number, to: number): number {
  const digits = digitsFrom(bytes, from, to);
  if (digits !== 4 && digits !== 6) return NO_CLOCK;
  const second = digits === 6 ? twoDigits(bytes, from + 4) : 0;
  const ms = timeOfDay(twoDigits(bytes, from), twoDigits(bytes, from + 2), second);
  return withRest(ms, bytes, from + digits, to);
}

/** Adds the fraction of a second and takes off the offset from UTC, both in `bytes[from, to)`. */
function withRest(clock: number, bytes: Uint8Array, from: number, to: number): number {
  if (from === to || clock === NO_CLOCK) return clock;
  let at = from;
  let ms = clock;
  if (bytes[at] === POINT) {
    at++;
    const digits = digitsFrom(bytes, at, to);
    if (digits < 1) return NO_CLOCK;
    for (let place = 0, unit = 100; place < 3 && place < digits; place++, unit /= 10)
      ms += (bytes[at + place] - 48) * unit;
    at += digits;
  }
  if (at === to || (at + 1 === to && bytes[at] === LETTER_Z)) return ms;
  const offset = offsetMs(bytes, at, to);
  return offset === NO_CLOCK ? NO_CLOCK : ms - offset;
}

/** Returns how far ahead of UTC a zone such as `+08:00`, ` UTC` or ` +0000 UTC` is, in ms, or NO_CLOCK. */
function offsetMs(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (bytes[at] === 32 && at < to) at++;
  if (bytes[at] !== 43 && bytes[at] !== DASH) return saysUtc(bytes, at, to) ? 0 : NO_CLOCK;
  const hours = twoDigits(bytes, at + 1);
  let end = at + 3;
  if (end < to && bytes[end] === COLON) end++;
  const minutes = end < to && bytes[end] !== 32 ? twoDigits(bytes, end) : 0;
  if (end < to && bytes[end] !== 32) end += 2;
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || end > to) return NO_CLOCK;
  // Go prints `+0000 UTC`.
  while (bytes[end] === 32 && end < to) end++;
  if (end < to && (hours > 0 || minutes > 0 || !saysUtc(bytes, end, to))) return NO_CLOCK;
  return (bytes[at] === DASH ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function saysUtc(bytes: Uint8Array, from: number, to: number): boolean {
  const word = String.fromCharCode(...bytes.subarray(from, to)).toUpperCase();
  return word === 'Z' || word === 'UTC' || word === 'GMT';
}

/** Returns an epoch as an instant; microseconds and nanoseconds are cut as text, as a double cannot hold the latter. */
function epochIn(bytes: Uint8Array, from: number, to: number, digits: number): number {
  const fraction = from + digits < to;
  if (fraction && digits < 12) return epochAt(bytes, from, to);
  if (fraction && !isFraction(bytes, from + digits, to)) return NaN;
  const below = digits >= 18 ? 6 : digits >= 15 ? 3 : 0;
  return digits > 19 ? NaN : epochAt(bytes, from, from + digits - below);
}

function isFraction(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes[from] === POINT && digitsFrom(bytes, from + 1, to) === to - from - 1;
}
