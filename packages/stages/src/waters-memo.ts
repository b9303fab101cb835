import type { Gazetteer } from '@offing/gazetteer';
import { cellCentre, cellOf } from '@offing/geo';
import { hasAnchorageData } from '@offing/rules';
import { METRES_PER_NAUTICAL_MILE } from '@offing/units';

/** Half the diagonal of an area cell is less than this, metres. */
const CELL_REACH_M = 20_000;
const CELLS = 1_620_000;

/** A question on an area cell, asked once for each: the answer depends on nothing but the place. */
export class CellMemo {
  #answers: Uint8Array | null = null;
  #ask: (lon: number, lat: number) => boolean;

  constructor(ask: (lon: number, lat: number) => boolean) {
    this.#ask = ask;
  }

  /** Returns the answer for the cell that a place in 1e-7 degrees lies in. */
  at(lonE7: number, latE7: number): boolean {
    const cell = cellOf(lonE7 / 1e7, latE7 / 1e7);
    this.#answers ??= new Uint8Array(CELLS);
    const known = this.#answers[cell];
    if (known !== 0) return known === 2;
    const { lon, lat } = cellCentre(cell);
    const answer = this.#ask(lon, lat);
    this.#answers[cell] = answer ? 2 : 1;
    return answer;
  }
}

/** Returns whether waters may have anchorages that the gazetteer does not know: near a shore, or where it knows no shore. */
export function unchartedWaters(gazetteer: Gazetteer): CellMemo {
  return new CellMemo((lon, lat) => !hasAnchorageData(lon, lat, gazetteer));
}

/** Returns whether some place of a cell may lie so many nautical miles off shore. */
export function offshoreWaters(gazetteer: Gazetteer, shoreNm: number): CellMemo {
  return new CellMemo((lon, lat) => {
    const shoreM = gazetteer.shoreDistanceM(lon, lat);
    return shoreM !== null && shoreM + CELL_REACH_M >= shoreNm * METRES_PER_NAUTICAL_MILE;
  });
}
