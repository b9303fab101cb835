import type { PayloadBits } from '../bits.ts';
import { coarseDegreesAt, headOf, hexAt } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** Differential corrections for satellite navigation, sent by a base station (type 17). */
export type DgnssBroadcast = MessageHead & {
  readonly type: 17;
  readonly lon: number | null;
  readonly lat: number | null;
  /** The correction message (ITU-R M.823), as hexadecimal digits; empty when there is none. */
  readonly data: string;
  readonly dataBits: number;
};

/** Returns a type 17 message of 80 to 816 bits (ITU-R M.1371-5, annex 8, 3.15); its corrections are not taken apart. */
export function dgnssBroadcast(bits: PayloadBits): DgnssBroadcast {
  const dataBits = bits.length - 80;
  return {
    type: 17,
    ...headOf(bits),
    lon: coarseDegreesAt(bits, 40, 18, 181),
    lat: coarseDegreesAt(bits, 58, 17, 91),
    data: hexAt(bits, 80, dataBits),
    dataBits,
  };
}
