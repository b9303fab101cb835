import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { dimensionsAt, flagAt, headOf, textField, uintOrNull, uintWithin } from './fields.ts';
import type { Dimensions, MessageHead } from './fields.ts';

/** Static and voyage related data of a class A ship (type 5); the only message with an IMO number. */
export type StaticVoyageReport = MessageHead &
  Dimensions & {
    readonly type: 5;
    /** Edition of the standard that the station follows: 0 M.1371-1, 1 M.1371-3, 2 M.1371-5, 3 later. */
    readonly aisVersion: number;
    /** As sent, unchecked. */
    readonly imoNumber: number | null;
    readonly callSign: string | null;
    readonly shipName: string | null;
    /** 1 to 255, see codes/ship-type.ts. */
    readonly shipType: number | null;
    readonly epfd: number | null;
    readonly etaMonth: number | null;
    readonly etaDay: number | null;
    readonly etaHour: number | null;
    readonly etaMinute: number | null;
    /** The four fields above as `MM-DDTHH:mmZ`; null when one is missing. */
    readonly eta: string | null;
    /** 0.1 to 25.5 m; 25.5 is that or more. */
    readonly draughtM: number | null;
    readonly destination: string | null;
    /** True when the ship's terminal is ready to receive data. */
    readonly dteReady: boolean | null;
  };

/** Returns a type 5 message of 420 to 426 bits (ITU-R M.1371-5, annex 8, 3.3). */
export function staticVoyageReport(bits: PayloadBits): StaticVoyageReport {
  const etaMonth = uintWithin(bits, 274, 4, 1, 12);
  const etaDay = uintWithin(bits, 278, 5, 1, 31);
  const etaHour = uintWithin(bits, 283, 5, 0, 23);
  const etaMinute = uintWithin(bits, 288, 6, 0, 59);
  const draught = uintOrNull(bits, 294, 8, 0);
  return {
    type: 5,
    ...headOf(bits),
    aisVersion: uintAt(bits.words, 38, 2),
    imoNumber: uintOrNull(bits, 40, 30, 0),
    callSign: textField(bits, 70, 42),
    shipName: textField(bits, 112, 120),
    shipType: uintOrNull(bits, 232, 8, 0),
    ...dimensionsAt(bits, 240),
    epfd: uintOrNull(bits, 270, 4, 0),
    etaMonth,
    etaDay,
    etaHour,
    etaMinute,
    eta: etaText(etaMonth, etaDay, etaHour, etaMinute),
    draughtM: draught === null ? null : draught / 10,
    destination: textField(bits, 302, 120),
    // The shortest messages seen end inside the destination.
    dteReady: bits.length > 422 ? !flagAt(bits, 422) : null,
  };
}

function etaText(
  month: number | null,
  day: number | null,
  hour: number | null,
  minute: number | null,
): string | null {
  if (month === null || day === null || hour === null || minute === null) return null;
  const [mm, dd, hh, min] = [month, day, hour, minute].map((part) => String(part).padStart(2, '0'));
  return `${mm}-${dd}T${hh}:${min}Z`;
}
