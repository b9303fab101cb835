import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { itdmaAt, sotdmaAt } from './comm-state.ts';
import type { CommState } from './comm-state.ts';
import { flagAt, headOf, hexAt } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** Data of an application: who defines it (designated area code, function id), and the bits as hexadecimal digits. */
export type ApplicationData = {
  /** 1 international, else the MID of the state that defines it; null for unstructured data. */
  readonly dac: number | null;
  readonly functionId: number | null;
  readonly data: string;
  readonly dataBits: number;
};

/** Binary data to one station (type 6). */
export type AddressedBinary = MessageHead &
  ApplicationData & {
    readonly type: 6;
    readonly sequence: number;
    readonly destinationMmsi: number;
    readonly retransmit: boolean;
  };

/** Binary data to all (type 8): weather, water levels, inland waterways, … */
export type BroadcastBinary = MessageHead & ApplicationData & { readonly type: 8 };

/** Binary data in a single slot, to one station or to all (type 25). */
export type SingleSlotBinary = MessageHead &
  ApplicationData & { readonly type: 25; readonly destinationMmsi: number | null };

/** Binary data in several slots with a communication state, to one station or to all (type 26). */
export type MultiSlotBinary = MessageHead &
  ApplicationData & {
    readonly type: 26;
    readonly destinationMmsi: number | null;
    readonly commState: CommState;
  };

/** Returns a type 6 message of at least 88 bits (ITU-R M.1371-5, annex 8, 3.4). */
export function addressedBinary(bits: PayloadBits): AddressedBinary {
  return {
    type: 6,
    ...headOf(bits),
    sequence: uintAt(bits.words, 38, 2),
    destinationMmsi: uintAt(bits.words, 40, 30),
    retransmit: flagAt(bits, 70),
    ...applicationData(bits, 72, bits.length, true),
  };
}

/** Returns a type 8 message of at least 56 bits (ITU-R M.1371-5, annex 8, 3.6). */
export function broadcastBinary(bits: PayloadBits): BroadcastBinary {
  return { type: 8, ...headOf(bits), ...applicationData(bits, 40, bits.length, true) };
}

/**
 * Returns a type 25 message, or null when it is shorter than its flags need (ITU-R M.1371-5, annex 8, 3.23).
 *
 * | from bit | what                                                  |
 * | -------- | ----------------------------------------------------- |
 * | 38       | 1: addressed                                          |
 * | 39       | 1: the data starts with an application identifier     |
 * | 40       | if addressed: destination (30), spare (2)             |
 * | 40 or 72 | data                                                  |
 */
export function singleSlotBinary(bits: PayloadBits): SingleSlotBinary | null {
  const body = flaggedBody(bits, bits.length);
  return body === null ? null : { type: 25, ...headOf(bits), ...body };
}

/** Returns a type 26 message, type 25's layout with a selector bit and communication state at the end (3.24); null when too short. */
export function multiSlotBinary(bits: PayloadBits): MultiSlotBinary | null {
  const selectorAt = bits.length - 20;
  const body = flaggedBody(bits, selectorAt);
  if (body === null) return null;
  const commState = flagAt(bits, selectorAt) ? itdmaAt(bits, selectorAt + 1) : sotdmaAt(bits, selectorAt + 1);
  return { type: 26, ...headOf(bits), ...body, commState };
}

function flaggedBody(
  bits: PayloadBits,
  end: number,
): (ApplicationData & { destinationMmsi: number | null }) | null {
  const addressed = flagAt(bits, 38);
  const structured = flagAt(bits, 39);
  const from = addressed ? 72 : 40;
  if (end < from + (structured ? 16 : 0)) return null;
  const destinationMmsi = addressed ? uintAt(bits.words, 40, 30) : null;
  return { destinationMmsi, ...applicationData(bits, from, end, structured) };
}

function applicationData(bits: PayloadBits, from: number, end: number, structured: boolean): ApplicationData {
  const dataAt = structured ? from + 16 : from;
  return {
    dac: structured ? uintAt(bits.words, from, 10) : null,
    functionId: structured ? uintAt(bits.words, from + 10, 6) : null,
    data: hexAt(bits, dataAt, end - dataAt),
    dataBits: end - dataAt,
  };
}
