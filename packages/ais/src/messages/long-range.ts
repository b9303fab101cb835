import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { coarseDegreesAt, flagAt, headOf, uintOrNull, uintWithin } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** Position report of a class A ship for reception far away, chiefly by satellite (type 27). */
export type LongRangeReport = MessageHead & {
  readonly type: 27;
  readonly accurate: boolean;
  readonly raim: boolean;
  readonly navStatus: number;
  /** To a tenth of a minute. */
  readonly lon: number | null;
  readonly lat: number | null;
  /** Whole knots; 62 is that or more. */
  readonly sogKn: number | null;
  /** Whole degrees. */
  readonly cogDeg: number | null;
  /** True when the position is the present one of a GNSS receiver, less than 5 s old. */
  readonly presentPosition: boolean;
};

/** Returns a type 27 message of 96 bits, or 168 as filled up by some receivers (ITU-R M.1371-5, annex 8, 3.25). */
export function longRangeReport(bits: PayloadBits): LongRangeReport {
  return {
    type: 27,
    ...headOf(bits),
    accurate: flagAt(bits, 38),
    raim: flagAt(bits, 39),
    navStatus: uintAt(bits.words, 40, 4),
    lon: coarseDegreesAt(bits, 44, 18, 181),
    lat: coarseDegreesAt(bits, 62, 17, 91),
    sogKn: uintOrNull(bits, 79, 6, 63),
    cogDeg: uintWithin(bits, 85, 9, 0, 359),
    presentPosition: !flagAt(bits, 94),
  };
}
