import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { coarseDegreesAt, flagAt, headOf } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** Slots that base stations keep for themselves. */
export type SlotReservation = {
  readonly slotOffset: number;
  readonly slots: number;
  readonly timeoutMin: number;
  readonly increment: number;
};

/** Announcement of kept slots (type 20). */
export type LinkManagement = MessageHead & {
  readonly type: 20;
  /** None to four. */
  readonly reservations: readonly SlotReservation[];
};

/** Order to use other channels, to an area or to one or two stations (type 22). */
export type ChannelManagement = MessageHead & {
  readonly type: 22;
  /** Channel numbers of ITU-R M.1084. */
  readonly channelA: number;
  readonly channelB: number;
  readonly transmitMode: number;
  readonly lowPower: boolean;
  readonly northEastLon: number | null;
  readonly northEastLat: number | null;
  readonly southWestLon: number | null;
  readonly southWestLat: number | null;
  /** The stations meant; empty when an area is. */
  readonly destinationMmsis: readonly number[];
  readonly narrowBandA: boolean;
  readonly narrowBandB: boolean;
  /** Width of the zone around the area, nautical miles, 1 to 8. */
  readonly zoneNm: number;
};

/** Returns a type 20 message of 70 to 160 bits (ITU-R M.1371-5, annex 8, 3.18): 30 bits for each reservation. */
export function linkManagement(bits: PayloadBits): LinkManagement {
  const reservations: SlotReservation[] = [];
  for (let at = 40; at + 30 <= bits.length && reservations.length < 4; at += 30) {
    const slots = uintAt(bits.words, at + 12, 4);
    if (slots === 0) continue;
    reservations.push({
      slotOffset: uintAt(bits.words, at, 12),
      slots,
      timeoutMin: uintAt(bits.words, at + 16, 3),
      increment: uintAt(bits.words, at + 19, 11),
    });
  }
  return { type: 20, ...headOf(bits), reservations };
}

/** Returns a type 22 message of 168 bits (ITU-R M.1371-5, annex 8, 3.20); bit 139 tells stations from an area. */
export function channelManagement(bits: PayloadBits): ChannelManagement {
  const addressed = flagAt(bits, 139);
  return {
    type: 22,
    ...headOf(bits),
    channelA: uintAt(bits.words, 40, 12),
    channelB: uintAt(bits.words, 52, 12),
    transmitMode: uintAt(bits.words, 64, 4),
    lowPower: flagAt(bits, 68),
    northEastLon: addressed ? null : coarseDegreesAt(bits, 69, 18, 181),
    northEastLat: addressed ? null : coarseDegreesAt(bits, 87, 17, 91),
    southWestLon: addressed ? null : coarseDegreesAt(bits, 104, 18, 181),
    southWestLat: addressed ? null : coarseDegreesAt(bits, 122, 17, 91),
    destinationMmsis: addressed ? [uintAt(bits.words, 69, 30), uintAt(bits.words, 104, 30)] : [],
    narrowBandA: flagAt(bits, 140),
    narrowBandB: flagAt(bits, 141),
    zoneNm: uintAt(bits.words, 142, 3) + 1,
  };
}
