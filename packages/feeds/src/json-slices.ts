const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const decoder = new TextDecoder('utf-8');

/**
 * Returns the bytes of each element of an array as they stand in its text, in order, as views. The text must be what
 * `JSON.parse` reads as an array (RFC 8259), in UTF-8, with or without a byte order mark.
 */
export function elementSlices(json: Uint8Array): readonly Uint8Array[] {
  const slices: Uint8Array[] = [];
  eachChild(json, (from, to) => slices.push(json.subarray(from, to)));
  return slices;
}

/** Returns the bytes of each element of the array that an object holds under a key; of equal keys the last counts. */
export function elementSlicesAt(json: Uint8Array, key: string): readonly Uint8Array[] {
  let found = json.subarray(0, 0);
  eachChild(json, (from, to, keyFrom, keyTo) => {
    if (JSON.parse(decoder.decode(json.subarray(keyFrom, keyTo))) === key) found = json.subarray(from, to);
  });
  return found.length === 0 ? [] : elementSlices(found);
}

type TakeChild = (from: number, to: number, keyFrom: number, keyTo: number) => void;

/** Tells where the values of an array or object stand, and the keys of an object. */
function eachChild(json: Uint8Array, take: TakeChild): void {
  let at = 0;
  while (at < json.length && json[at] !== OPEN_ARRAY && json[at] !== OPEN_OBJECT) at++;
  const isObject = json[at] === OPEN_OBJECT;
  for (at++; at < json.length;) {
    at = skip(json, at);
    if (json[at] === CLOSE_ARRAY || json[at] === CLOSE_OBJECT) return;
    const key = at;
    const keyEnd = isObject ? endOfString(json, at) : at;
    const from = isObject ? skip(json, keyEnd) : at;
    at = endOfValue(json, from);
    take(from, at, key, keyEnd);
  }
}

/** The next place that is neither white space nor what stands between values. */
function skip(json: Uint8Array, from: number): number {
  let at = from;
  while (at < json.length && (json[at] <= 32 || json[at] === COMMA || json[at] === COLON)) at++;
  return at;
}

function endOfValue(json: Uint8Array, from: number): number {
  let depth = 0;
  for (let at = from; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) {
      at = endOfString(json, at) - 1;
      if (depth === 0) return at + 1;
    } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (byte === COMMA || byte <= 32)) return at;
  }
  return json.length;
}

function endOfString(json: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}
