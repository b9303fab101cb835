import { MISSING_16, MISSING_8 } from '@offing/track';
import { findCell } from './csv-cells.ts';
import type { CsvCells } from './csv-cells.ts';
import { codeIn, makeCodeMemory, navStatusOf } from './csv-codes.ts';
import type { CodeMemory } from './csv-codes.ts';
import type { CsvColumns, CsvHeader } from './csv-header.ts';
import type { CsvField } from './csv-layouts.ts';
import { NO_NUMBER, NO_VALUE, scaledIn } from './csv-number.ts';

/** Speed that says "not available", in 0.1 kn; one less says 102.2 kn or more and is kept (ITU-R M.1371-5, annex 8, 3.1). */
const NO_SOG = 1023;
/** Course and heading that say "not available" are above every angle: 360 and more, 511. */
const NO_ANGLE_DEG = 360;
const NO_HEADING_DEG = 511;

/** What it takes to read how a ship moves from the rows of a file. */
export type CsvMotion = {
  readonly columns: CsvColumns;
  readonly decimalComma: boolean;
  readonly namedStatus: CodeMemory;
  /** Hears of a value that cannot be; the position stays. */
  readonly onUnusable: (field: CsvField) => void;
};

/** Returns what it takes to read speed, course, heading and status from the rows of a file. */
export function csvMotion(header: CsvHeader, onUnusable: (field: CsvField) => void): CsvMotion {
  const namedStatus = makeCodeMemory((text) => (text === '' ? MISSING_8 : navStatusOf(text)));
  return { columns: header.columns, decimalComma: header.delimiter !== 44, namedStatus, onUnusable };
}

/** Returns the speed over ground in 0.1 kn, or MISSING_16. */
export function sogDknIn(motion: CsvMotion, cells: CsvCells): number {
  if (!findCell(cells, motion.columns.sog)) return MISSING_16;
  const sog = scaledIn(cells.bytes, cells.from, cells.to, 1, motion.decimalComma);
  if (sog >= 0 && sog < NO_SOG) return sog;
  return sog === NO_VALUE || sog === NO_SOG ? MISSING_16 : unusable(motion, 'sog');
}

/** Returns the course over ground in 0.1 degree, or MISSING_16. */
export function cogDdegIn(motion: CsvMotion, cells: CsvCells): number {
  if (!findCell(cells, motion.columns.cog)) return MISSING_16;
  const cog = turnIn(cells, 10, motion.decimalComma);
  return cog === NO_NUMBER ? unusable(motion, 'cog') : cog;
}

/** Returns the heading in degrees, or MISSING_16. */
export function headingDegIn(motion: CsvMotion, cells: CsvCells): number {
  if (!findCell(cells, motion.columns.heading)) return MISSING_16;
  const heading = turnIn(cells, 1, motion.decimalComma);
  return heading === NO_NUMBER ? unusable(motion, 'heading') : heading;
}

/** Returns the navigational status, or MISSING_8. */
export function navStatusIn(motion: CsvMotion, cells: CsvCells): number {
  if (!findCell(cells, motion.columns.nav_status)) return MISSING_8;
  // In tenths: 7.5 is no status.
  const tenths = scaledIn(cells.bytes, cells.from, cells.to, 1, motion.decimalComma);
  if (tenths === NO_VALUE) return MISSING_8;
  const status = tenths === NO_NUMBER ? codeIn(motion.namedStatus, cells) : tenths / 10;
  if (status === MISSING_8 || (Number.isInteger(status) && status >= 0 && status <= 15)) return status;
  motion.onUnusable('nav_status');
  return MISSING_8;
}

function unusable(motion: CsvMotion, field: CsvField): number {
  motion.onUnusable(field);
  return MISSING_16;
}

/**
 * Returns the angle of the cell found last in units of `1 / scale` degrees, the full circle being 0 again; MISSING_16 or, for
 * what cannot be, NO_NUMBER.
 */
function turnIn(cells: CsvCells, scale: number, decimalComma: boolean): number {
  // In millionths first: 359.97 is north, 360 says "not available".
  const value = scaledIn(cells.bytes, cells.from, cells.to, 6, decimalComma);
  if (value >= 0 && value < NO_ANGLE_DEG * 1e6) {
    const angle = Math.round((value * scale) / 1e6);
    return angle === 360 * scale ? 0 : angle;
  }
  return value === NO_VALUE || (value > 0 && value <= NO_HEADING_DEG * 1e6) ? MISSING_16 : NO_NUMBER;
}
