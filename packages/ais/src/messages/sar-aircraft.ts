import type { PayloadBits } from '../bits.ts';
import { selectedCommStateAt } from './comm-state.ts';
import type { CommState } from './comm-state.ts';
import { cogAt, degreesAt, fixSecondAt, flagAt, headOf, uintOrNull } from './fields.ts';
import type { FixSecond, MessageHead } from './fields.ts';

/** Position report of a search and rescue aircraft (type 9). */
export type SarAircraftReport = MessageHead &
  FixSecond & {
    readonly type: 9;
    /** 4094 is that or more. */
    readonly altitudeM: number | null;
    /** Whole knots here, unlike in every other message; 1022 is that or more. */
    readonly sogKn: number | null;
    readonly accurate: boolean;
    readonly lon: number | null;
    readonly lat: number | null;
    readonly cogDeg: number | null;
    /** True when the altitude is barometric, false when it comes from GNSS. */
    readonly barometric: boolean;
    readonly dteReady: boolean;
    readonly assigned: boolean;
    readonly raim: boolean;
    readonly commState: CommState;
  };

/** Returns a type 9 message of 168 bits (ITU-R M.1371-5, annex 8, 3.7). */
export function sarAircraftReport(bits: PayloadBits): SarAircraftReport {
  return {
    type: 9,
    ...headOf(bits),
    altitudeM: uintOrNull(bits, 38, 12, 4095),
    sogKn: uintOrNull(bits, 50, 10, 1023),
    accurate: flagAt(bits, 60),
    lon: degreesAt(bits, 61, 28, 181),
    lat: degreesAt(bits, 89, 27, 91),
    cogDeg: cogAt(bits, 116),
    ...fixSecondAt(bits, 128),
    barometric: flagAt(bits, 134),
    dteReady: !flagAt(bits, 142),
    assigned: flagAt(bits, 146),
    raim: flagAt(bits, 147),
    commState: selectedCommStateAt(bits, 148),
  };
}
