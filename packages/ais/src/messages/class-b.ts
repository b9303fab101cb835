import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { selectedCommStateAt } from './comm-state.ts';
import type { CommState } from './comm-state.ts';
import {
  cogAt,
  degreesAt,
  dimensionsAt,
  fixSecondAt,
  flagAt,
  headingAt,
  headOf,
  sogAt,
  textField,
  uintOrNull,
} from './fields.ts';
import type { Dimensions, FixSecond, MessageHead } from './fields.ts';

type ClassBPosition = MessageHead &
  FixSecond & {
    readonly sogKn: number | null;
    readonly accurate: boolean;
    readonly lon: number | null;
    readonly lat: number | null;
    readonly cogDeg: number | null;
    readonly headingDeg: number | null;
  };

/** Standard position report of a class B ship (type 18). */
export type ClassBPositionReport = ClassBPosition & {
  readonly type: 18;
  /** True for a carrier-sense unit, false for a self-organising one. */
  readonly carrierSense: boolean;
  readonly hasDisplay: boolean;
  readonly hasDsc: boolean;
  /** True when the unit works in the whole marine band. */
  readonly wholeBand: boolean;
  /** True when the unit obeys channel management (type 22). */
  readonly acceptsChannelManagement: boolean;
  readonly assigned: boolean;
  readonly raim: boolean;
  /** Null for carrier-sense units, whose state is a fixed filler. */
  readonly commState: CommState | null;
};

/** Extended position report of a class B ship (type 19). */
export type ClassBExtendedReport = ClassBPosition &
  Dimensions & {
    readonly type: 19;
    readonly shipName: string | null;
    readonly shipType: number | null;
    readonly epfd: number | null;
    readonly raim: boolean;
    readonly dteReady: boolean;
    readonly assigned: boolean;
  };

/** Static report of a class B ship, part A: its name (type 24). */
export type StaticReportA = MessageHead & {
  readonly type: 24;
  readonly part: 'A';
  readonly shipName: string | null;
};

/** Static report of a class B ship, part B (type 24). An auxiliary craft (MMSI 98…) names its mother ship in place of its size. */
export type StaticReportB = MessageHead &
  Dimensions & {
    readonly type: 24;
    readonly part: 'B';
    readonly shipType: number | null;
    /** Three characters of the maker of the unit. */
    readonly vendorId: string | null;
    readonly unitModel: number;
    readonly serialNumber: number;
    readonly callSign: string | null;
    readonly motherShipMmsi: number | null;
    readonly epfd: number | null;
  };

/** Returns a type 18 message of 168 bits (ITU-R M.1371-5, annex 8, 3.16). */
export function classBPositionReport(bits: PayloadBits): ClassBPositionReport {
  const carrierSense = flagAt(bits, 141);
  return {
    type: 18,
    ...classBPosition(bits),
    carrierSense,
    hasDisplay: flagAt(bits, 142),
    hasDsc: flagAt(bits, 143),
    wholeBand: flagAt(bits, 144),
    acceptsChannelManagement: flagAt(bits, 145),
    assigned: flagAt(bits, 146),
    raim: flagAt(bits, 147),
    commState: carrierSense ? null : selectedCommStateAt(bits, 148),
  };
}

/** Returns a type 19 message of 312 bits (ITU-R M.1371-5, annex 8, 3.17). */
export function classBExtendedReport(bits: PayloadBits): ClassBExtendedReport {
  return {
    type: 19,
    ...classBPosition(bits),
    shipName: textField(bits, 143, 120),
    shipType: uintOrNull(bits, 263, 8, 0),
    ...dimensionsAt(bits, 271),
    epfd: uintOrNull(bits, 301, 4, 0),
    raim: flagAt(bits, 305),
    dteReady: !flagAt(bits, 306),
    assigned: flagAt(bits, 307),
  };
}

/** Returns a type 24 message of 160 to 168 bits (ITU-R M.1371-5, annex 8, 3.22), or null for a part that is neither A nor B. */
export function staticReport24(bits: PayloadBits): StaticReportA | StaticReportB | null {
  const part = uintAt(bits.words, 38, 2);
  if (part === 0) return { type: 24, ...headOf(bits), part: 'A', shipName: textField(bits, 40, 120) };
  return part === 1 ? staticReportB(bits) : null;
}

function staticReportB(bits: PayloadBits): StaticReportB {
  const head = headOf(bits);
  const auxiliary = Math.floor(head.mmsi / 10_000_000) === 98;
  const size = dimensionsAt(bits, 132);
  return {
    type: 24,
    ...head,
    part: 'B',
    shipType: uintOrNull(bits, 40, 8, 0),
    vendorId: textField(bits, 48, 18),
    unitModel: uintAt(bits.words, 66, 4),
    serialNumber: uintAt(bits.words, 70, 20),
    callSign: textField(bits, 90, 42),
    ...(auxiliary ? NO_DIMENSIONS : size),
    motherShipMmsi: auxiliary ? uintAt(bits.words, 132, 30) : null,
    // The shortest messages seen end before the device.
    epfd: bits.length >= 166 ? uintOrNull(bits, 162, 4, 0) : null,
  };
}

const NO_DIMENSIONS: Dimensions = {
  toBowM: null,
  toSternM: null,
  toPortM: null,
  toStarboardM: null,
  lengthM: null,
  beamM: null,
};

function classBPosition(bits: PayloadBits): ClassBPosition {
  return {
    ...headOf(bits),
    sogKn: sogAt(bits, 46),
    accurate: flagAt(bits, 56),
    lon: degreesAt(bits, 57, 28, 181),
    lat: degreesAt(bits, 85, 27, 91),
    cogDeg: cogAt(bits, 112),
    headingDeg: headingAt(bits, 124),
    ...fixSecondAt(bits, 133),
  };
}
