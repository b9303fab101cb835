/** Powers of ten that a double holds exactly. */
const TEN = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Longest number that is looked at; a double needs 24 characters at most, some exporters write 40. */
const LONGEST_NUMBER = 64;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/** What exporters write for "no value", in small letters. */
const MISSING_WORDS: ReadonlySet<string> = new Set([
  '',
  '-',
  '\\n',
  'n/a',
  'na',
  'nan',
  'nil',
  'none',
  'null',
  'undefined',
  'unknown',
  'unknown value',
]);

/** Returns whether a text stands for "no value": empty, `null`, `NaN`, `Unknown`, `\N` and the like. */
export function isMissingText(text: string): boolean {
  return text.length <= 13 && MISSING_WORDS.has(text.trim().toLowerCase());
}

/**
 * Returns the number that `bytes[from, to)` is, the same double as `Number` gives; NaN for a text that says "no value" and
 * Infinity for what is no number. With `decimalComma` a comma stands for the point.
 */
export function numberIn(bytes: Uint8Array, from: number, to: number, decimalComma: boolean): number {
  const negative = bytes[from] === 45;
  const first = negative ? from + 1 : from;
  let value = 0;
  let decimals = 0;
  let at = first;
  for (; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at > first && at + 1 < to && bytes[at] === 46) {
    const point = at++;
    for (; at < to; at++) {
      const digit = bytes[at] - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    decimals = at - point - 1;
  }
  // Both are exact, so one division rounds as parsing does (Clinger 1990, "How to read floating point numbers accurately").
  if (at === to && at > first && decimals <= 22 && value <= Number.MAX_SAFE_INTEGER)
    return (negative ? -value : value) / TEN[decimals];
  return otherNumber(bytes, from, to, decimalComma);
}

function otherNumber(bytes: Uint8Array, from: number, to: number, decimalComma: boolean): number {
  if (to - from > LONGEST_NUMBER) return Infinity;
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]);
  if (isMissingText(text)) return NaN;
  const pointed = decimalComma ? text.replace(',', '.') : text;
  return DECIMAL.test(pointed) ? Number(pointed) : Infinity;
}

/** What `scaledIn` gives for "no value" and for what is no number; every other result lies between them. */
export const NO_VALUE = -2147483648;
export const NO_NUMBER = 2147483647;

/**
 * Returns `bytes[from, to)` times ten to the power of `places`, rounded to a whole number of 32 bits, at most NO_NUMBER - 1 either
 * way; NO_VALUE or NO_NUMBER. The usual short number is read without a fraction on the way: a row has five of them.
 */
export function scaledIn(
  bytes: Uint8Array,
  from: number,
  to: number,
  places: number,
  decimalComma: boolean,
): number {
  const negative = bytes[from] === 45;
  const first = negative ? from + 1 : from;
  let point = to;
  let value = 0;
  // Nine digits and a point: every value on the way fits 31 bits.
  if (to - first <= 10 && first < to) {
    let at = first;
    for (; at < to; at++) {
      const digit = bytes[at] - 48;
      if (digit >= 0 && digit <= 9) value = (value * 10 + digit) | 0;
      else if (bytes[at] === 46 && point === to && at > first) point = at;
      else break;
    }
    const decimals = point === to ? 0 : to - point - 1;
    if (at === to && decimals <= places && to - first - (point === to ? 0 : 1) <= 9) {
      const scaled = value * TEN[places - decimals];
      if (scaled < NO_NUMBER) return negative ? -scaled | 0 : scaled | 0;
    }
  }
  return roundedIn(bytes, from, to, places, decimalComma);
}

function roundedIn(
  bytes: Uint8Array,
  from: number,
  to: number,
  places: number,
  decimalComma: boolean,
): number {
  const value = numberIn(bytes, from, to, decimalComma);
  if (Number.isNaN(value)) return NO_VALUE;
  if (value === Infinity) return NO_NUMBER;
  return Math.max(1 - NO_NUMBER, Math.min(NO_NUMBER - 1, Math.round(value * TEN[places]))) | 0;
}

/**
 * Returns the whole number that `bytes[from, to)` is, also as `52.0`; NaN for "no value" and Infinity for what is no whole
 * number or has more than 15 digits.
 */
export function integerIn(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  let at = from;
  for (; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === to && at > from && at - from <= 15) return value;
  const number = numberIn(bytes, from, to, false);
  if (Number.isNaN(number)) return NaN;
  return Number.isSafeInteger(number) ? number : Infinity;
}
