import { intAt, textAt, uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';

/** Fields that every AIS message starts with (ITU-R M.1371-5, annex 8, 3). */
export type MessageHead = {
  /** Repeat indicator, 0 to 3; 3 is "do not repeat any more". */
  readonly repeat: number;
  /** As sent, 0 to 1,073,741,823: it may be no MMSI at all. */
  readonly mmsi: number;
};

/** Returns the head of a message. */
export function headOf(bits: PayloadBits): MessageHead {
  return { repeat: uintAt(bits.words, 6, 2), mmsi: uintAt(bits.words, 8, 30) };
}

/** Returns whether the bit is 1. */
export function flagAt(bits: PayloadBits, at: number): boolean {
  return uintAt(bits.words, at, 1) === 1;
}

/** Returns an unsigned field, or null when it has the value that stands for "not available". */
export function uintOrNull(bits: PayloadBits, at: number, width: number, missing: number): number | null {
  const value = uintAt(bits.words, at, width);
  return value === missing ? null : value;
}

/** Returns an unsigned field from `least` to `most`, or null when it is outside, where the standard has its "not available". */
export function uintWithin(
  bits: PayloadBits,
  at: number,
  width: number,
  least: number,
  most: number,
): number | null {
  const value = uintAt(bits.words, at, width);
  return value >= least && value <= most ? value : null;
}

/** Returns the text of a field of fixed place, shortened to what the message has; null when empty. */
export function textField(bits: PayloadBits, at: number, width: number): string | null {
  return textAt(bits.words, at, Math.max(0, Math.min(width, bits.length - at)));
}

/** Returns degrees, rounded to 1e-7, from a signed field in 1/10,000 minute; null for `missingDegrees` (181 or 91). */
export function degreesAt(
  bits: PayloadBits,
  at: number,
  width: number,
  missingDegrees: number,
): number | null {
  const raw = intAt(bits.words, at, width);
  return raw === missingDegrees * 600_000 ? null : Math.round((raw * 50) / 3) / 1e7;
}

/** Returns degrees, rounded to 1e-7, from a signed field in 1/10 minute; null for `missingDegrees` (181 or 91). */
export function coarseDegreesAt(
  bits: PayloadBits,
  at: number,
  width: number,
  missingDegrees: number,
): number | null {
  const raw = intAt(bits.words, at, width);
  return raw === missingDegrees * 600 ? null : Math.round((raw * 50_000) / 3) / 1e7;
}

/** Returns speed over ground in knots from a ten-bit field in 0.1 kn: 102.2 is that or more, 1023 null. */
export function sogAt(bits: PayloadBits, at: number): number | null {
  const raw = uintAt(bits.words, at, 10);
  return raw === 1023 ? null : raw / 10;
}

/** Returns course over ground in degrees true from a twelve-bit field in 0.1 degree; null for 360 and the unused values above. */
export function cogAt(bits: PayloadBits, at: number): number | null {
  const raw = uintAt(bits.words, at, 12);
  return raw >= 3600 ? null : raw / 10;
}

/** Returns true heading in degrees from a nine-bit field; null for 511 and the unused values from 360. */
export function headingAt(bits: PayloadBits, at: number): number | null {
  return uintWithin(bits, at, 9, 0, 359);
}

/** How the position was got, where the field of the UTC second says so in place of a second. */
export type FixMode = 'manual' | 'estimated' | 'inoperative';

/** The six-bit field of the UTC second: 0 to 59, or how the position was got. */
export type FixSecond = {
  /** UTC second in which the position was taken, 0 to 59. */
  readonly utcSecond: number | null;
  readonly fixMode: FixMode | null;
};

const FIX_MODES: readonly (FixMode | null)[] = [null, 'manual', 'estimated', 'inoperative'];

/** Returns the UTC second, or what stands in its place: 60 not available, 61 manual, 62 dead reckoning, 63 inoperative. */
export function fixSecondAt(bits: PayloadBits, at: number): FixSecond {
  const raw = uintAt(bits.words, at, 6);
  return raw < 60 ? { utcSecond: raw, fixMode: null } : { utcSecond: null, fixMode: FIX_MODES[raw - 60] };
}

/** Distances from the reference point of the position to the hull's ends, metres; null where the pair was not given. */
export type Dimensions = {
  readonly toBowM: number | null;
  readonly toSternM: number | null;
  readonly toPortM: number | null;
  readonly toStarboardM: number | null;
  readonly lengthM: number | null;
  readonly beamM: number | null;
};

/** Returns the thirty bits of dimensions (M.1371-5, annex 8, 3.3); a pair that sums to 0 was not given. */
export function dimensionsAt(bits: PayloadBits, at: number): Dimensions {
  const bow = uintAt(bits.words, at, 9);
  const stern = uintAt(bits.words, at + 9, 9);
  const port = uintAt(bits.words, at + 18, 6);
  const starboard = uintAt(bits.words, at + 24, 6);
  const long = bow + stern > 0;
  const broad = port + starboard > 0;
  return {
    toBowM: long ? bow : null,
    toSternM: long ? stern : null,
    toPortM: broad ? port : null,
    toStarboardM: broad ? starboard : null,
    lengthM: long ? bow + stern : null,
    beamM: broad ? port + starboard : null,
  };
}

/** Returns `length` bits from bit `at` as hexadecimal digits, the last one filled with zeros; empty when there are none. */
export function hexAt(bits: PayloadBits, at: number, length: number): string {
  let digits = '';
  for (let left = length; left > 0; left -= 4) {
    const width = Math.min(4, left);
    digits += (uintAt(bits.words, at + length - left, width) << (4 - width)).toString(16);
  }
  return digits;
}
