import { dayOf } from './days.ts';
import type { Findings } from './list-entry.ts';
import { imoNumberIn } from './match-numbers.ts';
import { otherNamesThan, textOrNull } from './printed-names.ts';

/** Name of the UK Sanctions List. */
export const UK = 'UK';

/** What the UK list says of one designation, gathered from its names' rows or from its element. */
export type UkShip = {
  readonly uniqueId: string;
  readonly line: number;
  readonly primaryNames: readonly string[];
  readonly otherNames: readonly string[];
  readonly imoNumbers: readonly string[];
  readonly flag: string;
  readonly regime: string;
  readonly sanctions: string;
  readonly designatedOn: string;
};

/** Notes one ship of the UK list, or why it is left out. The list prints no MMSI and no call sign. */
export function takeUkShip(findings: Findings, ship: UkShip): void {
  const { line } = ship;
  const names = [...ship.primaryNames, ...ship.otherNames].filter((name) => name !== '');
  if (names.length === 0) {
    findings.refuse(line, 'Name', '', 'the name of a ship');
    return;
  }
  const [shipName] = names;
  const numbers = ship.imoNumbers.map((text) => imoNumberIn(findings, line, 'IMO number', text));
  const day = ship.designatedOn === '' ? null : dayOf(ship.designatedOn, 'dmy');
  if (day === null && ship.designatedOn !== '')
    findings.doubt(line, 'Date Designated', ship.designatedOn, 'a day such as 02/03/2016');
  findings.entries.push({
    list: UK,
    entryId: textOrNull(ship.uniqueId),
    part: null,
    imoNumber: numbers.find((number) => number !== null) ?? null,
    mmsi: null,
    callSign: null,
    shipName,
    otherNames: otherNamesThan(shipName, names.slice(1)),
    flag: textOrNull(ship.flag),
    program: textOrNull([ship.regime, ship.sanctions].filter((part) => part !== '').join(' - ')),
    designatedOn: day,
    delistedOn: null,
    source: null,
    line,
  });
}
