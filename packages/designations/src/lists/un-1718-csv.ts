import { csvTable, type TableRow } from './csv-table.ts';
import { dayOf } from './days.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { imoNumberIn, mmsiIn } from './match-numbers.ts';
import { callSignIn, otherNamesThan, splitName, textOrNull } from './printed-names.ts';

/** Name of the list of ships designated under resolution 1718, as the compiled history has it. */
const LIST = 'UN-1718';

/**
 * Reads the UN "1718 Designated Vessels List" as a CSV with the columns vessel_name, imo_number, mmsi, flag, call_sign,
 * type, date_of_designation, designated_owner, other_information, and one for each measure. Dates are `03-Oct-17`; a ship
 * that was listed twice has `1: 03-Oct-17 2: 30-Mar-18`: the first counts, for it was never off the list between.
 */
export function un1718CsvReader(): ListReader {
  const findings = new Findings('un-1718-csv');
  findings.list = LIST;
  const required = ['vessel_name', 'imo_number', 'date_of_designation'];
  const table = csvTable(findings, { required }, (row) => {
    takeShip(findings, row);
  });
  return {
    push: table.push,
    end: () => {
      table.end();
      return findings.reading();
    },
  };
}

function takeShip(findings: Findings, row: TableRow): void {
  findings.ships++;
  const { shipName, otherNames } = splitName(row.cell('vessel_name'));
  if (shipName === '') {
    findings.refuse(row.line, 'vessel_name', '', 'the name of a ship');
    return;
  }
  findings.entries.push({
    list: LIST,
    entryId: textOrNull(row.cell('#')),
    part: null,
    imoNumber: imoNumberIn(findings, row.line, 'imo_number', row.cell('imo_number')),
    mmsi: mmsiIn(findings, row.line, 'mmsi', row.cell('mmsi')),
    callSign: callSignIn(row.cell('call_sign')),
    shipName,
    otherNames: otherNamesThan(shipName, otherNames),
    flag: textOrNull(row.cell('flag')),
    program: 'UNSCR 1718 (2006)',
    designatedOn: firstDay(findings, row.line, row.cell('date_of_designation')),
    delistedOn: null,
    source: null,
    line: row.line,
  });
}

function firstDay(findings: Findings, line: number, text: string): string | null {
  const printed = text.match(/\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}/g) ?? [];
  const days = printed.map((part) => dayOf(part, 'd-mon-y')).filter((day) => day !== null);
  if (days.length === 0 || days.length < printed.length)
    findings.doubt(line, 'date_of_designation', text, 'a day such as 03-Oct-17');
  return [...days].sort()[0] ?? null;
}
