import { navStatusText, shipTypeText, sourceHash } from '@offing/ais';
import { AIS_CLASS } from '@offing/track';
import type { CsvCells } from './csv-cells.ts';
import { cellText } from './csv-text.ts';

/** How many spellings of a code are remembered; then the memory starts anew. */
const MOST_SPELLINGS = 1024;

/** Texts for navigational statuses beside those of `navStatusText`, as the Danish and older US files write them. */
const MORE_STATUSES: Readonly<Record<string, number>> = {
  restrictedmaneuverability: 3,
  constrainedbyherdraft: 4,
  reservedforfutureamendmentofnavigationalstatusforhsc: 9,
  reservedforfutureamendmentofnavigationalstatusforwig: 10,
  aissartisactive: 14,
  aissartactive: 14,
  aissart: 14,
  undefined: 15,
};

/** Texts for ship types beside those of `shipTypeText`; a family stands for its code 0, "all ships of this type". */
const MORE_TYPES: Readonly<Record<string, number>> = {
  wig: 20,
  fishingvessel: 30,
  towinglongwide: 32,
  dredging: 33,
  dredger: 33,
  diving: 34,
  military: 35,
  sailingvessel: 36,
  pleasure: 37,
  pleasurevessel: 37,
  hsc: 40,
  pilot: 50,
  sar: 51,
  lawenforcement: 55,
  medical: 58,
  nonpartytoconflict: 59,
  notpartytoconflict: 59,
  passengership: 60,
  passengervessel: 60,
  cargoship: 70,
  cargovessel: 70,
  oiltanker: 80,
  tankership: 80,
};

/** Second digits of families that are refined by the cargo (ITU-R M.1371-5, annex 8, table 53). */
const CARGO_TYPES: Readonly<Record<string, number>> = {
  categoryx: 1,
  categoryy: 2,
  categoryz: 3,
  categoryos: 4,
};

const STATUSES = withTexts(16, navStatusText, MORE_STATUSES);
const SHIP_TYPES = withTexts(100, shipTypeText, MORE_TYPES);

/** What the Danish files call the senders that are no ships, and under what they are counted. */
const OTHER_MOBILES: Readonly<Record<string, string>> = {
  basestation: 'base-station',
  aton: 'aid-to-navigation',
  sarairborne: 'sar-aircraft',
  searchandrescuetransponder: 'sart',
  manoverboarddevice: 'mob',
  epirb: 'epirb',
};

function withTexts(
  codes: number,
  textOf: (code: number) => string | null,
  more: Readonly<Record<string, number>>,
): ReadonlyMap<string, number> {
  const table = new Map(Object.entries(more));
  for (let code = codes - 1; code >= 0; code--) {
    const text = textOf(code);
    if (text !== null) table.set(letters(text), code);
  }
  // Says that it says nothing.
  table.delete('reserved');
  return table;
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^a-z]+/g, '');
}

/** Returns the navigational status that a text names, or -1. */
export function navStatusOf(text: string): number {
  return STATUSES.get(letters(text)) ?? -1;
}

/** Returns the ship type that a text names, or null; one that names a family is that family's code 0. */
export function shipTypeOf(text: string): number | null {
  return SHIP_TYPES.get(letters(text)) ?? null;
}

/** Returns a family's ship type refined by the text of a cargo type; any other ship type as it is. */
export function refinedByCargo(shipType: number, cargo: string | null): number {
  const refinement = cargo === null ? undefined : CARGO_TYPES[letters(cargo)];
  const family = shipType % 10 === 0 && shipType !== 30 && shipType !== 50;
  return family && refinement !== undefined ? shipType + refinement : shipType;
}

/** Returns AIS_CLASS of `A`, `Class A`, `B` and the like. */
export function aisClassOf(text: string): number {
  const word = letters(text).replace(/^class/, '');
  if (word === 'a') return AIS_CLASS.A;
  return word === 'b' || word === 'bcs' || word === 'bso' ? AIS_CLASS.B : AIS_CLASS.unknown;
}

/** Returns under what a sender that is no ship is counted; an unknown text is `other-mobile`, so that counts stay few. */
export function otherMobile(text: string): string {
  return OTHER_MOBILES[letters(text)] ?? 'other-mobile';
}

/** What the spellings of a column mean, by a hash of their bytes: a file of ten million rows has twenty of them. */
export type CodeMemory = {
  readonly codeOf: (text: string) => number;
  readonly known: Map<number, number>;
  lastHash: number;
  lastCode: number;
};

/** Returns the memory of a column of which no cell was read; `codeOf` tells the code from a text, `''` being "no value". */
export function makeCodeMemory(codeOf: (text: string) => number): CodeMemory {
  return { codeOf, known: new Map(), lastHash: 0, lastCode: -1 };
}

/** Returns the code of the cell found last. */
export function codeIn(memory: CodeMemory, cells: CsvCells): number {
  const hash = sourceHash(cells.bytes, cells.from, cells.to);
  if (hash === memory.lastHash) return memory.lastCode;
  const { known } = memory;
  let code = known.get(hash);
  if (code === undefined) {
    code = memory.codeOf(cellText(cells) ?? '');
    if (known.size >= MOST_SPELLINGS) known.clear();
    known.set(hash, code);
  }
  memory.lastHash = hash;
  memory.lastCode = code;
  return code;
}
