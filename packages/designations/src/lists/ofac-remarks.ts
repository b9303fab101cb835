import { isImoNumber } from '@offing/units';
import { imoNumberIn, mmsiIn } from './match-numbers.ts';
import type { Findings } from './list-entry.ts';

/** What remarks say of a ship's numbers and names. */
export type OfacNumbers = {
  readonly imoNumber: number | null;
  readonly mmsi: number | null;
  readonly otherNames: readonly string[];
};

/**
 * Returns the numbers and further names that OFAC writes into remarks: `Vessel Registration Identification IMO 9163166`,
 * also with two blanks or without the word where the number is one (17104: `Identification 8606173`), `MMSI 677049100`,
 * `f.k.a. 'ALPHA'`. Other registers' numbers (`RS 150443 (Russia)`) are none of ours.
 */
export function ofacNumbers(findings: Findings, line: number, remarks: string): OfacNumbers {
  const identifications = [
    ...remarks.matchAll(/Vessel Registration Identification\s+([^;]*?)\.?\s*(?=;|$)/g),
  ].map(([, text]) => text);
  const mmsis = [...remarks.matchAll(/\bMMSI\s+(\d+)/g)].map(([, text]) =>
    mmsiIn(findings, line, 'MMSI', text),
  );
  return {
    imoNumber: firstOf(identifications.map((text) => registered(findings, line, text))),
    mmsi: firstOf(mmsis),
    otherNames: [...remarks.matchAll(/\b[fan]\.k\.a\. '([^']+)'/g)].map(([, name]) => name),
  };
}

/** Returns the IMO number in the text of a `Vessel Registration Identification`, or null where it is another register's. */
export function registered(findings: Findings, line: number, printed: string): number | null {
  // Behind it may stand the country that the ship was registered in: `IMO 9074092 (Tanzania)`.
  const text = printed.replace(/\s*\([^()]*\)\s*$/, '');
  if (/^IMO\b/i.test(text)) return imoNumberIn(findings, line, 'Vessel Registration Identification', text);
  const bare = /^\d{7}$/.test(text) ? Number(text) : NaN;
  return isImoNumber(bare) ? bare : null;
}

function firstOf(numbers: readonly (number | null)[]): number | null {
  return numbers.find((number) => number !== null) ?? null;
}
