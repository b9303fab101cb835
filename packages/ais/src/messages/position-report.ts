import { intAt, uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { itdmaAt, sotdmaAt } from './comm-state.ts';
import type { CommState } from './comm-state.ts';
import { cogAt, degreesAt, fixSecondAt, flagAt, headingAt, headOf, sogAt, uintOrNull } from './fields.ts';
import type { FixSecond, MessageHead } from './fields.ts';

/** Position report of a class A ship (types 1, 2 and 3). */
export type PositionReport = MessageHead &
  FixSecond & {
    readonly type: 1 | 2 | 3;
    /** 0 to 15, see codes/nav-status.ts; 15 is "not defined" and also used by devices under test. */
    readonly navStatus: number;
    /** Rate of turn, degrees a minute, to starboard positive, from the turn indicator; -708.7 to 708.7. */
    readonly rotDegPerMin: number | null;
    /** Side to which the ship turns at more than 5 degrees in 30 s, told by a ship without a turn indicator. */
    readonly turning: 'port' | 'starboard' | null;
    readonly sogKn: number | null;
    /** True when the position is good to 10 m. */
    readonly accurate: boolean;
    readonly lon: number | null;
    readonly lat: number | null;
    readonly cogDeg: number | null;
    readonly headingDeg: number | null;
    /** 1 not engaged, 2 engaged in a special manoeuvre of inland waterways. */
    readonly specialManoeuvre: number | null;
    readonly raim: boolean;
    readonly commState: CommState;
  };

/** Returns a type 1, 2 or 3 message of 168 bits (ITU-R M.1371-5, annex 8, 3.1). */
export function positionReport(type: 1 | 2 | 3, bits: PayloadBits): PositionReport {
  const rot = intAt(bits.words, 42, 8);
  return {
    type,
    ...headOf(bits),
    navStatus: uintAt(bits.words, 38, 4),
    rotDegPerMin: rotOf(rot),
    turning: rot === 127 ? 'starboard' : rot === -127 ? 'port' : null,
    sogKn: sogAt(bits, 50),
    accurate: flagAt(bits, 60),
    lon: degreesAt(bits, 61, 28, 181),
    lat: degreesAt(bits, 89, 27, 91),
    cogDeg: cogAt(bits, 116),
    headingDeg: headingAt(bits, 128),
    ...fixSecondAt(bits, 137),
    specialManoeuvre: uintOrNull(bits, 143, 2, 0),
    raim: flagAt(bits, 148),
    commState: type === 3 ? itdmaAt(bits, 149) : sotdmaAt(bits, 149),
  };
}

/** The indicator is 4.733 times the square root of the rate; rounded to a thousandth of a degree. */
function rotOf(indicator: number): number | null {
  if (Math.abs(indicator) >= 127) return null;
  const rate = Math.round((indicator / 4.733) ** 2 * 1000) / 1000;
  return indicator < 0 ? -rate : rate;
}
