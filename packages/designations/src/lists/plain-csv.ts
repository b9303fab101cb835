import { csvTable, type TableRow } from './csv-table.ts';
import { isDay } from './days.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { imoNumberIn, mmsiIn } from './match-numbers.ts';
import { callSignIn, namesIn, otherNamesThan, textOrNull } from './printed-names.ts';

/**
 * Reads our own plain CSV, that of the compiled history: `list, imo, name, flag, designated_on, delisted_on, program,
 * source`, and if wanted `entry_id, part, mmsi, call_sign, other_names` (separated by semicolons). Days are YYYY-MM-DD; a
 * day of removal is the last listed day; empty means not said.
 */
export function plainCsvReader(): ListReader {
  const findings = new Findings('plain-csv');
  const required = ['list', 'imo', 'name', 'flag', 'designated_on', 'delisted_on', 'program', 'source'];
  const table = csvTable(findings, { required }, (row) => {
    findings.ships++;
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
  const { line } = row;
  const imoNumber = imoNumberIn(findings, line, 'imo', row.cell('imo'));
  const mmsi = mmsiIn(findings, line, 'mmsi', row.cell('mmsi'));
  if (isFaulty(findings, row)) return;
  const shipName = row.cell('name');
  findings.entries.push({
    list: row.cell('list'),
    entryId: textOrNull(row.cell('entry_id')),
    part: textOrNull(row.cell('part')),
    imoNumber,
    mmsi,
    callSign: callSignIn(row.cell('call_sign')),
    shipName,
    otherNames: otherNamesThan(shipName, namesIn(row.cell('other_names'))),
    flag: textOrNull(row.cell('flag')),
    program: textOrNull(row.cell('program')),
    designatedOn: textOrNull(row.cell('designated_on')),
    delistedOn: textOrNull(row.cell('delisted_on')),
    source: textOrNull(row.cell('source')),
    line,
  });
}

/** Whether a field without which the row says nothing is wrong; each is named. */
function isFaulty(findings: Findings, row: TableRow): boolean {
  const { line } = row;
  const [from, to] = [row.cell('designated_on'), row.cell('delisted_on')];
  const before = findings.faults.length;
  if (row.cell('list') === '') findings.refuse(line, 'list', '', 'the name of a list');
  if (row.cell('name') === '') findings.refuse(line, 'name', '', 'the name of a ship');
  if (from !== '' && !isDay(from)) findings.refuse(line, 'designated_on', from, 'a day, YYYY-MM-DD');
  if (to !== '' && (!isDay(to) || to < from))
    findings.refuse(line, 'delisted_on', to, 'empty or a day from designated_on on');
  return findings.faults.length > before;
}
