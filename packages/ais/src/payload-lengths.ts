import { uintAt } from './bits.ts';
import type { PayloadBits } from './bits.ts';

/** Smallest and largest number of bits that a message type has. */
type LengthRange = readonly [least: number, most: number];

/**
 * Bits by message type (ITU-R M.1371-5, annex 8, 3.1 to 3.25), widened to what recorded feeds carry: type 5 as 420, 422
 * and 426 bits, type 27 filled up to a whole slot. Binary and text messages vary up to five slots, 1,008 bits, less in
 * the standard; receivers that pad to whole bytes are let through.
 */
const LENGTHS: readonly (LengthRange | null)[] = [
  null,
  [168, 168],
  [168, 168],
  [168, 168],
  [168, 168],
  [420, 426],
  [88, 1064],
  [72, 168],
  [56, 1064],
  [168, 168],
  [72, 72],
  [168, 168],
  [72, 1064],
  [72, 168],
  [40, 1064],
  [88, 168],
  [92, 168],
  [80, 1064],
  [168, 168],
  [312, 312],
  [70, 168],
  [268, 368],
  [168, 168],
  [160, 168],
  [160, 168],
  [40, 168],
  [60, 1064],
  [96, 168],
];

const TYPE_24_B_LEAST = 162;

/** Returns the message type, the first six bits of the payload: 0 to 63, of which 1 to 27 are defined. */
export function messageTypeOf(bits: PayloadBits): number {
  return bits.length < 6 ? 0 : bits.words[0] >>> 26;
}

/** Returns whether a message of this many bits can be complete; false too for a type that is not defined. */
export function lengthFits(type: number, bits: PayloadBits): boolean {
  const length = bits.length;
  switch (type) {
    case 1:
    case 2:
    case 3:
    case 18:
      return length === 168;
    case 27:
      return length === 96 || length === 168;
    case 24:
      return fits24(bits);
    default: {
      const range = LENGTHS[type];
      return range !== undefined && range !== null && length >= range[0] && length <= range[1];
    }
  }
}

function fits24(bits: PayloadBits): boolean {
  if (bits.length < 160 || bits.length > 168) return false;
  return uintAt(bits.words, 38, 2) === 0 || bits.length >= TYPE_24_B_LEAST;
}

/** Returns the sentence part that tells what number of bits was expected, for a refusal. */
export function expectedLength(type: number): string {
  if (type === 27) return '96 or 168';
  const range = LENGTHS[type];
  if (range === undefined || range === null) return 'none';
  return range[0] === range[1] ? `${range[0]}` : `${range[0]} to ${range[1]}`;
}
