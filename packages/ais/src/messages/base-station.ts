import { uintAt } from '../bits.ts';
import type { PayloadBits } from '../bits.ts';
import { sotdmaAt } from './comm-state.ts';
import type { CommState } from './comm-state.ts';
import { degreesAt, flagAt, headOf, uintOrNull, uintWithin } from './fields.ts';
import type { MessageHead } from './fields.ts';

/** Report of a base station's time and place (type 4), or a ship's answer to a question for its time (type 11). */
export type BaseStationReport = MessageHead & {
  readonly type: 4 | 11;
  readonly utcYear: number | null;
  readonly utcMonth: number | null;
  readonly utcDay: number | null;
  readonly utcHour: number | null;
  readonly utcMinute: number | null;
  readonly utcSecond: number | null;
  /** The six fields above as one instant, ISO 8601 UTC; null when one is missing or the day does not exist. */
  readonly utcTime: string | null;
  readonly accurate: boolean;
  readonly lon: number | null;
  readonly lat: number | null;
  /** Kind of position fixing device, see codes/epfd.ts. */
  readonly epfd: number | null;
  /** True when the station was asked to send long-range broadcast messages. */
  readonly longRangeControl: boolean;
  readonly raim: boolean;
  readonly commState: CommState;
};

/** Returns a type 4 or 11 message of 168 bits (ITU-R M.1371-5, annex 8, 3.2 and 3.9). */
export function baseStationReport(type: 4 | 11, bits: PayloadBits): BaseStationReport {
  const time = {
    utcYear: uintWithin(bits, 38, 14, 1, 9999),
    utcMonth: uintWithin(bits, 52, 4, 1, 12),
    utcDay: uintWithin(bits, 56, 5, 1, 31),
    utcHour: uintWithin(bits, 61, 5, 0, 23),
    utcMinute: uintWithin(bits, 66, 6, 0, 59),
    utcSecond: uintWithin(bits, 72, 6, 0, 59),
  };
  return {
    type,
    ...headOf(bits),
    ...time,
    utcTime: instantOf(Object.values(time)),
    accurate: flagAt(bits, 78),
    lon: degreesAt(bits, 79, 28, 181),
    lat: degreesAt(bits, 107, 27, 91),
    epfd: uintOrNull(bits, 134, 4, 0),
    longRangeControl: uintAt(bits.words, 138, 1) === 1,
    raim: flagAt(bits, 148),
    commState: sotdmaAt(bits, 149),
  };
}

function instantOf(parts: readonly (number | null)[]): string | null {
  const [year, month, day, hour, minute, second] = parts;
  if (year == null || month == null || day == null || hour == null || minute == null || second == null)
    return null;
  const text = [month, day, hour, minute, second].map((part) => String(part).padStart(2, '0'));
  const iso = `${String(year).padStart(4, '0')}-${text[0]}-${text[1]}T${text[2]}:${text[3]}:${text[4]}Z`;
  const at = Date.parse(iso);
  // Date.parse takes 31 April for 1 May.
  return !Number.isNaN(at) && new Date(at).getUTCDate() === day ? iso : null;
}
