import { isImoNumber, isShipMmsi } from '@offing/units';
import type { Findings } from './list-entry.ts';

/**
 * Returns whether a number passes the check of a company's IMO number: seven digits d1 to d7 with the weights 8, 6, 4, 2,
 * 9, 7 on the first six; (11 - sum mod 11) mod 10 is d7. A ship's number can pass both (9163166 does): only the kind of
 * record tells a ship from a company.
 */
export function isCompanyImoNumber(value: number): boolean {
  if (!Number.isInteger(value) || value < 1_000_000 || value > 9_999_999) return false;
  const digits = Array.from(String(value), Number);
  const sum = [8, 6, 4, 2, 9, 7].reduce((total, weight, place) => total + weight * digits[place], 0);
  return ((11 - (sum % 11)) % 11) % 10 === digits[6];
}

/** What a list prints for "there is none"; not a fault. */
const NONE = /^(|-|n\/?a|none|nil|unknown|not known|does not exist)$/i;

/** Returns the IMO number that a cell prints, with or without the word; null where it prints none. A wrong one is noted. */
export function imoNumberIn(findings: Findings, line: number, field: string, text: string): number | null {
  const printed = text.trim();
  if (NONE.test(printed)) return null;
  const digits = /^(?:IMO)?[\s:#.-]*(?:no\.?|number)?[\s:#.-]*(\d+)\.?$/i.exec(printed)?.[1] ?? '';
  const value = Number(digits);
  if (digits.length === 7 && isImoNumber(value)) return value;
  findings.doubt(line, field, printed, expectedFor(digits.length === 7 || digits.length === 9 ? value : NaN));
  return null;
}

function expectedFor(value: number): string {
  if (isCompanyImoNumber(value)) return "a ship's IMO number; this is a company's";
  if (value % 100 === 0 && isImoNumber(value / 100))
    return `a ship's IMO number; this is ${value / 100} times 100`;
  return 'seven digits whose check digit holds';
}

/** Returns the MMSI that a cell prints if it can be a ship's; null where it prints none. A wrong one is noted. */
export function mmsiIn(findings: Findings, line: number, field: string, text: string): number | null {
  const printed = text.trim();
  if (NONE.test(printed)) return null;
  const digits = /^(?:MMSI)?[\s:#.-]*(\d{9})$/i.exec(printed)?.[1];
  if (digits !== undefined && isShipMmsi(Number(digits))) return Number(digits);
  findings.doubt(line, field, printed, "nine digits that begin with a country's 201 to 775");
  return null;
}
