import { csvTable, type TableRow } from './csv-table.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { imoNumberIn, mmsiIn } from './match-numbers.ts';
import { namesIn, otherNamesThan, textOrNull } from './printed-names.ts';
import { OPENSANCTIONS } from './opensanctions-simple-csv.ts';

/**
 * Reads OpenSanctions' `maritime.csv`: one row per IMO number. Rows of type ORGANIZATION hold companies' numbers and are
 * passed over; so are ships whose risk is not `sanction` (a detention or a shadow-fleet tag is no listing).
 */
export function maritimeCsvReader(): ListReader {
  const findings = new Findings('maritime-csv');
  let unlisted = 0;
  const required = ['type', 'caption', 'imo', 'risk', 'id'];
  const table = csvTable(findings, { required }, (row) => {
    if (row.cell('type').toUpperCase() !== 'VESSEL') return;
    if (row.cell('risk').split(';').includes('sanction')) takeShip(findings, row);
    else unlisted++;
  });
  return {
    push: table.push,
    end: () => {
      table.end();
      if (unlisted > 0) findings.notes.push(`${unlisted} ships without the risk "sanction" were passed over`);
      return findings.reading();
    },
  };
}

function takeShip(findings: Findings, row: TableRow): void {
  findings.ships++;
  const shipName = row.cell('caption');
  if (shipName === '') {
    findings.refuse(row.line, 'caption', '', 'the name of a ship');
    return;
  }
  const [mmsi = ''] = row.cell('mmsi').split(';');
  findings.entries.push({
    list: OPENSANCTIONS,
    entryId: textOrNull(row.cell('id')),
    part: null,
    imoNumber: imoNumberIn(findings, row.line, 'imo', row.cell('imo')),
    mmsi: mmsiIn(findings, row.line, 'mmsi', mmsi),
    callSign: null,
    shipName,
    otherNames: otherNamesThan(shipName, namesIn(row.cell('aliases'))),
    flag: textOrNull(row.cell('flag')),
    program: textOrNull(row.cell('datasets').replaceAll(';', '; ')),
    designatedOn: null,
    delistedOn: null,
    source: textOrNull(row.cell('url')),
    line: row.line,
  });
}
