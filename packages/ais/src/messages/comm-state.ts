import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';

/** How a station keeps its place among the others: the nineteen bits of communication state (ITU-R M.1371-5, annex 2, 3.3.7). */
export type CommState = SotdmaState | ItdmaState;

/** Self-organised access: what the last fourteen bits mean depends on the slot time-out; absent meanings are null. */
export type SotdmaState = {
  readonly access: 'sotdma';
  readonly syncState: number;
  readonly slotTimeout: number;
  readonly receivedStations: number | null;
  readonly slotNumber: number | null;
  readonly utcHour: number | null;
  readonly utcMinute: number | null;
  readonly slotOffset: number | null;
};

/** Incremental access. */
export type ItdmaState = {
  readonly access: 'itdma';
  readonly syncState: number;
  readonly slotIncrement: number;
  readonly slotsToAllocate: number;
  readonly keep: boolean;
};

/**
 * Returns a SOTDMA communication state.
 *
 * | bits | field                                                                                     |
 * | ---- | ----------------------------------------------------------------------------------------- |
 * | 2    | sync state                                                                                |
 * | 3    | slot time-out                                                                             |
 * | 14   | time-out 0: slot offset; 1: UTC hour (5), minute (7), 2 spare; 2, 4, 6: slot; 3, 5, 7: stations |
 */
export function sotdmaAt(bits: PayloadBits, at: number): SotdmaState {
  const slotTimeout = uintAt(bits.words, at + 2, 3);
  const rest = uintAt(bits.words, at + 5, 14);
  const odd = slotTimeout % 2 === 1;
  return {
    access: 'sotdma',
    syncState: uintAt(bits.words, at, 2),
    slotTimeout,
    receivedStations: odd && slotTimeout > 1 ? rest : null,
    slotNumber: !odd && slotTimeout > 0 ? rest : null,
    utcHour: slotTimeout === 1 ? rest >>> 9 : null,
    utcMinute: slotTimeout === 1 ? (rest >>> 2) & 127 : null,
    slotOffset: slotTimeout === 0 ? rest : null,
  };
}

/** Returns an ITDMA communication state: sync state (2), slot increment (13), number of slots (3), keep flag (1). */
export function itdmaAt(bits: PayloadBits, at: number): ItdmaState {
  return {
    access: 'itdma',
    syncState: uintAt(bits.words, at, 2),
    slotIncrement: uintAt(bits.words, at + 2, 13),
    slotsToAllocate: uintAt(bits.words, at + 15, 3),
    keep: uintAt(bits.words, at + 18, 1) === 1,
  };
}

/** Returns the communication state behind its selector bit at `at`: 0 is SOTDMA, 1 is ITDMA. */
export function selectedCommStateAt(bits: PayloadBits, at: number): CommState {
  return uintAt(bits.words, at, 1) === 0 ? sotdmaAt(bits, at + 1) : itdmaAt(bits, at + 1);
}
