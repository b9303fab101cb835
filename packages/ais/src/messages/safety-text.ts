import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { flagAt, headOf, textField } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** Safety related text to one station (type 12). */
export type AddressedSafetyText = MessageHead & {
  readonly type: 12;
  readonly sequence: number;
  readonly destinationMmsi: number;
  readonly retransmit: boolean;
  readonly text: string | null;
};

/** Safety related text to all (type 14). */
export type SafetyText = MessageHead & { readonly type: 14; readonly text: string | null };

/** Returns a type 12 message of at least 72 bits (ITU-R M.1371-5, annex 8, 3.10). */
export function addressedSafetyText(bits: PayloadBits): AddressedSafetyText {
  return {
    type: 12,
    ...headOf(bits),
    sequence: uintAt(bits.words, 38, 2),
    destinationMmsi: uintAt(bits.words, 40, 30),
    retransmit: flagAt(bits, 70),
    text: textField(bits, 72, bits.length - 72),
  };
}

/** Returns a type 14 message of at least 40 bits (ITU-R M.1371-5, annex 8, 3.12). */
export function safetyText(bits: PayloadBits): SafetyText {
  return { type: 14, ...headOf(bits), text: textField(bits, 40, bits.length - 40) };
}
