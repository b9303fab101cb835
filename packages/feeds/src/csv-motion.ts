import { MISSING_16, MISSING_8 } from '@offing/track';
import { findCell } from './csv-cells.ts';
import type { CsvCells } from './csv-cells.ts';
import { navStatusOf, rememberCodes } from './csv-codes.ts';
import type { CsvHeader } from './csv-header.ts';
import type { CsvField } from './csv-layouts.ts';
import { NO_NUMBER, NO_VALUE, scaledIn } from './csv-number.ts';

/** Speed that says "not available", in 0.1 kn; one less says 102.2 kn or more and is kept (ITU-R M.1371-5, annex 8, 3.1). */
const NO_SOG = 1023;
/** Course and heading that say "not available" are above every angle: 360 and more, 511. */
const NO_ANGLE_DEG = 360;
const NO_HEADING_DEG = 511;

/** Reads how a ship moves, as the columns of records keep it: MISSING_16 or MISSING_8 for what is not available. */
export type CsvMotion = {
  sogDkn(cells: CsvCells): number;
  cogDdeg(cells: CsvCells): number;
  headingDeg(cells: CsvCells): number;
  navStatus(cells: CsvCells): number;
};

/** Returns a reader of speed, course, heading and status. `onUnusable` hears of a value that cannot be; the position stays. */
export function csvMotion(header: CsvHeader, onUnusable: (field: CsvField) => void): CsvMotion {
  const { columns } = header;
  const decimalComma = header.delimiter !== 44;
  const namedStatus = rememberCodes((text) => (text === '' ? MISSING_8 : navStatusOf(text)));

  function unusable(field: CsvField): number {
    onUnusable(field);
    return MISSING_16;
  }

  /** Returns the angle in units of `1 / scale` degrees, the full circle being 0 again. */
  function turn(cells: CsvCells, field: CsvField, scale: number): number {
    if (!findCell(cells, columns[field])) return MISSING_16;
    // In millionths first: 359.97 is north, 360 says "not available".
    const value = scaledIn(cells.bytes, cells.from, cells.to, 6, decimalComma);
    if (value >= 0 && value < NO_ANGLE_DEG * 1e6) {
      const angle = Math.round((value * scale) / 1e6);
      return angle === 360 * scale ? 0 : angle;
    }
    const missing = value === NO_VALUE || (value > 0 && value <= NO_HEADING_DEG * 1e6);
    return missing ? MISSING_16 : unusable(field);
  }

  return {
    sogDkn(cells) {
      if (!findCell(cells, columns.sog)) return MISSING_16;
      const sog = scaledIn(cells.bytes, cells.from, cells.to, 1, decimalComma);
      if (sog >= 0 && sog < NO_SOG) return sog;
      return sog === NO_VALUE || sog === NO_SOG ? MISSING_16 : unusable('sog');
    },
    cogDdeg: (cells) => turn(cells, 'cog', 10),
    headingDeg: (cells) => turn(cells, 'heading', 1),
    navStatus(cells) {
      if (!findCell(cells, columns.nav_status)) return MISSING_8;
      // In tenths: 7.5 is no status.
      const tenths = scaledIn(cells.bytes, cells.from, cells.to, 1, decimalComma);
      if (tenths === NO_VALUE) return MISSING_8;
      const status = tenths === NO_NUMBER ? namedStatus(cells) : tenths / 10;
      if (status === MISSING_8 || (Number.isInteger(status) && status >= 0 && status <= 15)) return status;
      onUnusable('nav_status');
      return MISSING_8;
    },
  };
}
