/** Earliest instant taken for the time of an AIS sentence: 2000-01-01; AIS went into service after it. */
export const EARLIEST_AT = Date.UTC(2000, 0, 1);

/** Latest instant taken for the time of an AIS sentence: 2100-01-01. */
export const LATEST_AT = Date.UTC(2100, 0, 1);

/** Digits of milliseconds since 1970 between 2001-09-09 and the year 2286. */
const MILLISECOND_DIGITS = 13;

/**
 * Returns the instant that the digits `bytes[from, to)` are, in ms since 1970, or NaN when they are not digits or not between
 * 2000 and 2100. Seconds (with a fraction or without), milliseconds, microseconds and nanoseconds since 1970 are told
 * apart by their size.
 */
export function epochAt(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 9 || to - from > 24) return NaN;
  let at = from;
  // Nine digits fit 31 bits: whole numbers of the processor, which are quicker than doubles.
  let first = 0;
  for (const end = from + 9; at < end && isDigit(bytes[at]); at++) first = (first * 10 + bytes[at] - 48) | 0;
  let value = first;
  for (; at < to && isDigit(bytes[at]); at++) {
    // Nineteen digits are more than a double holds: what is finer than a millisecond is never added up.
    if (at - from < MILLISECOND_DIGITS) value = value * 10 + (bytes[at] - 48);
  }
  const digits = at - from;
  let ms = value * 1000;
  if (at < to) ms += digits > MILLISECOND_DIGITS ? NaN : fractionMs(bytes, at, to);
  else if (digits >= MILLISECOND_DIGITS) ms = digits === 13 || digits === 16 || digits === 19 ? value : NaN;
  else if (value >= 1e11) ms = value;
  return ms >= EARLIEST_AT && ms < LATEST_AT ? ms : NaN;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function fractionMs(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] !== 46) return NaN;
  let ms = 0;
  let unit = 100;
  for (let at = from + 1; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) return NaN;
    ms += digit * unit;
    unit = unit >= 1 ? unit / 10 : 0;
    if (unit < 1) unit = 0;
  }
  return ms;
}
