import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { headOf } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** One message that is acknowledged: who sent it, and under which sequence number (0 to 3). */
export type Acknowledged = { readonly destinationMmsi: number; readonly sequence: number };

/** Receipt for addressed binary messages (type 7) or addressed safety texts (type 13). */
export type Acknowledgement = MessageHead & {
  readonly type: 7 | 13;
  /** One to four. */
  readonly acknowledged: readonly Acknowledged[];
};

/** Returns a type 7 or 13 message of 72 to 168 bits (ITU-R M.1371-5, annex 8, 3.5 and 3.11): 32 bits for each receipt. */
export function acknowledgement(type: 7 | 13, bits: PayloadBits): Acknowledgement {
  const acknowledged: Acknowledged[] = [];
  for (let at = 40; at + 32 <= bits.length && acknowledged.length < 4; at += 32) {
    const destinationMmsi = uintAt(bits.words, at, 30);
    // Places that are not used are filled with zeros by units that always send four.
    if (destinationMmsi !== 0)
      acknowledged.push({ destinationMmsi, sequence: uintAt(bits.words, at + 30, 2) });
  }
  return { type, ...headOf(bits), acknowledged };
}
