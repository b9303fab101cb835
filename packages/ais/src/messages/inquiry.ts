import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { headOf } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** Question for the time of another station (type 10). */
export type UtcInquiry = MessageHead & { readonly type: 10; readonly destinationMmsi: number };

/** A message asked for: which station, which type, and in which slot from now (0: the station chooses). */
export type AskedMessage = {
  readonly destinationMmsi: number;
  readonly messageType: number;
  readonly slotOffset: number;
};

/** Question for certain messages of one or two stations (type 15). */
export type Interrogation = MessageHead & {
  readonly type: 15;
  /** One to three. */
  readonly asked: readonly AskedMessage[];
};

/** Returns a type 10 message of 72 bits (ITU-R M.1371-5, annex 8, 3.8). */
export function utcInquiry(bits: PayloadBits): UtcInquiry {
  return { type: 10, ...headOf(bits), destinationMmsi: uintAt(bits.words, 40, 30) };
}

/**
 * Returns a type 15 message of 88 to 168 bits (ITU-R M.1371-5, annex 8, 3.13).
 *
 * | from bit | what                                        |
 * | -------- | ------------------------------------------- |
 * | 40       | first station (30), type (6), slot (12)     |
 * | 88       | spare (2), second type (6) and slot (12)    |
 * | 108      | spare (2), second station (30), type, slot  |
 */
export function interrogation(bits: PayloadBits): Interrogation {
  const asked: AskedMessage[] = [];
  const ask = (stationAt: number, typeAt: number): void => {
    if (typeAt + 18 > bits.length) return;
    const messageType = uintAt(bits.words, typeAt, 6);
    const destinationMmsi = uintAt(bits.words, stationAt, 30);
    if (messageType === 0 && asked.length > 0) return;
    asked.push({ destinationMmsi, messageType, slotOffset: uintAt(bits.words, typeAt + 6, 12) });
  };
  ask(40, 70);
  ask(40, 90);
  ask(110, 140);
  return { type: 15, ...headOf(bits), asked };
}
