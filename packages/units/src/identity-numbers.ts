/**
 * Returns whether a number is a ship's IMO number: seven digits whose check digit holds
 * (d1*7 + d2*6 + d3*5 + d4*4 + d5*3 + d6*2, last digit of the sum equals d7; IMO Resolution A.1117(30)).
 * A company's IMO number passes by chance once in ten: the check alone never proves a ship.
 */
export function isImoNumber(value: number): boolean {
  if (!Number.isInteger(value) || value < 1_000_000 || value > 9_999_999) return false;
  let rest = Math.floor(value / 10);
  let sum = 0;
  for (let weight = 2; weight <= 7; weight++) {
    sum += (rest % 10) * weight;
    rest = Math.floor(rest / 10);
  }
  return sum % 10 === value % 10;
}

/** What the number ranges of ITU-R M.585 say an MMSI belongs to. */
export type MmsiKind =
  | 'ship'
  | 'coast-station'
  | 'group'
  | 'sar-aircraft'
  | 'handheld'
  | 'sart'
  | 'mob'
  | 'epirb'
  | 'auxiliary-craft'
  | 'aid-to-navigation'
  | 'invalid';

/** Returns whether an MMSI is in the range of ships: nine digits whose first three, the MID, are 201 to 775 (ITU-R M.585-9, annex 1). */
export function isShipMmsi(mmsi: number): boolean {
  return mmsi >= 201_000_000 && mmsi <= 775_999_999;
}

/** Returns what an MMSI belongs to by its leading digits (ITU-R M.585-9, annexes 1 and 2). */
export function mmsiKind(mmsi: number): MmsiKind {
  if (!Number.isInteger(mmsi) || mmsi < 0 || mmsi > 999_999_999) return 'invalid';
  if (isShipMmsi(mmsi)) return 'ship';
  const midAt = (divisor: number) => Math.floor(mmsi / divisor) % 1000;
  const hasMid = (mid: number) => mid >= 201 && mid <= 775;
  if (mmsi < 10_000_000) return hasMid(midAt(10_000)) ? 'coast-station' : 'invalid';
  if (mmsi < 100_000_000) return hasMid(midAt(100_000)) ? 'group' : 'invalid';
  const first3 = Math.floor(mmsi / 1_000_000);
  if (first3 === 111) return 'sar-aircraft';
  if (first3 === 970) return 'sart';
  if (first3 === 972) return 'mob';
  if (first3 === 974) return 'epirb';
  const first2 = Math.floor(first3 / 10);
  if (first2 === 98) return 'auxiliary-craft';
  if (first2 === 99) return 'aid-to-navigation';
  return first2 >= 80 && first2 < 90 ? 'handheld' : 'invalid';
}

/** Returns the first three digits of a ship's MMSI, the maritime identification digits of its flag (ITU-R M.585-9). */
export function midOf(mmsi: number): number {
  return Math.floor(mmsi / 1_000_000);
}
