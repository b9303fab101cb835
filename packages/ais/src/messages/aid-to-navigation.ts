import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { degreesAt, dimensionsAt, fixSecondAt, flagAt, headOf, textField, uintOrNull } from './fields.ts';
import type { Dimensions, FixSecond, MessageHead } from './fields.ts';

/** Report of an aid to navigation: a buoy, a light, a mark that only exists as this message (type 21). */
export type AidToNavigationReport = MessageHead &
  Dimensions &
  FixSecond & {
    readonly type: 21;
    /** 1 to 31, see codes/aid-type.ts. */
    readonly aidType: number | null;
    /** Up to 34 characters: the name field and its extension. */
    readonly aidName: string | null;
    readonly accurate: boolean;
    readonly lon: number | null;
    readonly lat: number | null;
    readonly epfd: number | null;
    /** Whether a floating aid is away from its place; null when it does not know, that is without a UTC second. */
    readonly offPosition: boolean | null;
    /** Eight bits of the aid's own state: page id and lights, RACON, health (IALA A-126). */
    readonly aidStatus: number;
    readonly raim: boolean;
    readonly virtual: boolean;
    readonly assigned: boolean;
  };

const NAME_AT = 43;
const NAME_BITS = 120;
const EXTENSION_AT = 272;

/** Returns a type 21 message of 268 to 368 bits (ITU-R M.1371-5, annex 8, 3.19). */
export function aidToNavigationReport(bits: PayloadBits): AidToNavigationReport {
  const fix = fixSecondAt(bits, 253);
  return {
    type: 21,
    ...headOf(bits),
    aidType: uintOrNull(bits, 38, 5, 0),
    aidName: nameOf(bits),
    accurate: flagAt(bits, 163),
    lon: degreesAt(bits, 164, 28, 181),
    lat: degreesAt(bits, 192, 27, 91),
    ...dimensionsAt(bits, 219),
    epfd: uintOrNull(bits, 249, 4, 0),
    ...fix,
    offPosition: fix.utcSecond === null ? null : flagAt(bits, 259),
    aidStatus: uintAt(bits.words, 260, 8),
    raim: bits.length > 268 && flagAt(bits, 268),
    virtual: bits.length > 269 && flagAt(bits, 269),
    assigned: bits.length > 270 && flagAt(bits, 270),
  };
}

/** The extension only goes on where the name field is full: its last character may be a blank, but not an `@`. */
function nameOf(bits: PayloadBits): string | null {
  const name = textField(bits, NAME_AT, NAME_BITS);
  if (bits.length < EXTENSION_AT + 6 || uintAt(bits.words, NAME_AT + NAME_BITS - 6, 6) === 0) return name;
  const extension = textField(bits, EXTENSION_AT, bits.length - EXTENSION_AT);
  return extension === null ? name : (name ?? '').padEnd(NAME_BITS / 6) + extension;
}
