import { isoOf } from '@offing/units';

/** Returns why an instant is refused that is later than the latest one allowed; both ms since 1970. */
export function futureText(at: number, latestAt: number): string {
  return `time is ${isoOf(at)}, expected up to ${isoOf(latestAt)}`;
}

/** Returns why an instant is refused that is earlier than the earliest one allowed; both ms since 1970. */
export function staleText(at: number, earliestAt: number): string {
  return `time is ${isoOf(at)}, expected from ${isoOf(earliestAt)} on`;
}
