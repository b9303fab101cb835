import { csvTable, type TableRow } from './csv-table.ts';
import { dayIn } from './days.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { imoNumberIn, mmsiIn } from './match-numbers.ts';
import { namesIn, otherNamesThan, splitName, textOrNull } from './printed-names.ts';

/**
 * Reads EU regulations' annexes as a CSV with one row per listing. Former names stand in brackets inside the name; days
 * are `d.m.yyyy`; a ship may stand in two annexes, each a listing of its own. The file encodes no removals.
 */
export function euJournalCsvReader(): ListReader {
  const findings = new Findings('eu-journal-csv');
  const required = [
    'celex',
    'programKey',
    'annex',
    'startDate',
    'schema',
    'name',
    'imoNumber',
    'mmsi',
    'flag',
  ];
  const table = csvTable(findings, { required }, (row) => {
    if (row.cell('schema') === 'Vessel') takeShip(findings, row);
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
  const { shipName, otherNames } = splitName(row.cell('name'));
  if (shipName === '') {
    findings.refuse(row.line, 'name', row.cell('name'), 'the name of a ship');
    return;
  }
  const also = [...namesIn(row.cell('alias')), ...namesIn(row.cell('previousName'))];
  const [celex, annex] = [row.cell('celex'), row.cell('annex')];
  findings.entries.push({
    list: euList(row.cell('programKey')),
    entryId: textOrNull([celex, annex, row.cell('recordId')].filter((part) => part !== '').join(' ')),
    part: annex,
    imoNumber: imoNumberIn(findings, row.line, 'imoNumber', row.cell('imoNumber')),
    mmsi: mmsiIn(findings, row.line, 'mmsi', row.cell('mmsi')),
    callSign: null,
    shipName,
    otherNames: otherNamesThan(shipName, [...otherNames, ...also]),
    flag: textOrNull(row.cell('flag')),
    program: textOrNull([`Annex ${annex}`, row.cell('measure')].filter((part) => part !== '').join(' - ')),
    designatedOn: dayIn(findings, row.line, 'startDate', row.cell('startDate'), 'dmy'),
    delistedOn: null,
    source: celex === '' ? null : `EU ${celex} Annex ${annex}`,
    line: row.line,
  });
}

/** The regulation on the DPRK is the list `EU` of the compiled history; the other regimes are lists beside it. */
function euList(programKey: string): string {
  return programKey === 'EU-PRK' || programKey === '' ? 'EU' : programKey.toUpperCase();
}
