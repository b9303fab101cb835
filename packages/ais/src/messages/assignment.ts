import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { coarseDegreesAt, headOf, uintOrNull } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** Slots given to one station: `increment` 0 means that `slotOffset` is a number of reports in ten minutes. */
export type SlotAssignment = {
  readonly destinationMmsi: number;
  readonly slotOffset: number;
  readonly increment: number;
};

/** A base station's order to one or two stations to report in certain slots (type 16). */
export type AssignedMode = MessageHead & {
  readonly type: 16;
  readonly assignments: readonly SlotAssignment[];
};

/** A base station's order to all stations of a kind in an area (type 23). */
export type GroupAssignment = MessageHead & {
  readonly type: 23;
  readonly northEastLon: number | null;
  readonly northEastLat: number | null;
  readonly southWestLon: number | null;
  readonly southWestLat: number | null;
  /** 0 all, 1 class A, 2 class B, 3 SAR aircraft, …. */
  readonly stationType: number;
  /** Null for all ship types. */
  readonly shipType: number | null;
  readonly transmitMode: number;
  /** Code of the reporting interval, 0 to 15. */
  readonly reportInterval: number;
  /** Minutes to stay silent, 1 to 15. */
  readonly quietMin: number | null;
};

/** Returns a type 16 message of 92 to 168 bits (ITU-R M.1371-5, annex 8, 3.14): 52 bits for each station. */
export function assignedMode(bits: PayloadBits): AssignedMode {
  const assignments: SlotAssignment[] = [];
  for (const at of [40, 92]) {
    if (at + 52 > bits.length) break;
    const destinationMmsi = uintAt(bits.words, at, 30);
    if (destinationMmsi === 0 && at > 40) break;
    const slotOffset = uintAt(bits.words, at + 30, 12);
    assignments.push({ destinationMmsi, slotOffset, increment: uintAt(bits.words, at + 42, 10) });
  }
  return { type: 16, ...headOf(bits), assignments };
}

/** Returns a type 23 message of 160 bits (ITU-R M.1371-5, annex 8, 3.21). */
export function groupAssignment(bits: PayloadBits): GroupAssignment {
  return {
    type: 23,
    ...headOf(bits),
    northEastLon: coarseDegreesAt(bits, 40, 18, 181),
    northEastLat: coarseDegreesAt(bits, 58, 17, 91),
    southWestLon: coarseDegreesAt(bits, 75, 18, 181),
    southWestLat: coarseDegreesAt(bits, 93, 17, 91),
    stationType: uintAt(bits.words, 110, 4),
    shipType: uintOrNull(bits, 114, 8, 0),
    transmitMode: uintAt(bits.words, 144, 2),
    reportInterval: uintAt(bits.words, 146, 4),
    quietMin: uintOrNull(bits, 150, 4, 0),
  };
}
