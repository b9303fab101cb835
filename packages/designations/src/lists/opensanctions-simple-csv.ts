import { csvTable, type TableRow } from './csv-table.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { imoNumberIn, mmsiIn } from './match-numbers.ts';
import { namesIn, otherNamesThan, textOrNull } from './printed-names.ts';

/** Name of a list that came by way of OpenSanctions; a deployment that reads several gives each its own with `--list`. */
export const OPENSANCTIONS = 'OpenSanctions';

/**
 * Reads OpenSanctions' `targets.simple.csv`. IMO numbers, MMSIs and call signs all stand in `identifiers`; the flag is not
 * told apart from other countries, so that none is taken; `first_seen` is when OpenSanctions first saw the ship, not a
 * day of listing. Companies carry IMO numbers too: only rows with the schema Vessel are ships.
 */
export function openSanctionsSimpleCsvReader(): ListReader {
  const findings = new Findings('opensanctions-simple-csv');
  const required = ['id', 'schema', 'name', 'aliases', 'identifiers', 'dataset'];
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
  const shipName = row.cell('name');
  if (shipName === '') {
    findings.refuse(row.line, 'name', '', 'the name of a ship');
    return;
  }
  const identifiers = row.cell('identifiers').split(';');
  const program = [row.cell('dataset'), row.cell('program_ids')].filter((part) => part !== '').join(' - ');
  findings.entries.push({
    list: OPENSANCTIONS,
    entryId: textOrNull(row.cell('id')),
    part: null,
    ...numbersIn(findings, row.line, identifiers),
    shipName,
    otherNames: otherNamesThan(shipName, namesIn(row.cell('aliases'))),
    flag: null,
    program: textOrNull(program),
    designatedOn: null,
    delistedOn: null,
    source: null,
    line: row.line,
  });
}

/** Tells the identifiers of a ship apart: `IMO9253325`, nine digits, and what looks like a call sign (letters and digits, 4 to 7). */
function numbersIn(findings: Findings, line: number, identifiers: readonly string[]) {
  const printed = identifiers.map((identifier) => identifier.trim());
  const imoText = printed.find((text) => /^IMO/i.test(text)) ?? '';
  const mmsiText = printed.find((text) => /^\d{9}$/.test(text)) ?? '';
  const callSign = printed.find((text) => /^(?=.*[A-Z])[A-Z0-9]{4,7}$/.test(text)) ?? null;
  return {
    imoNumber: imoNumberIn(findings, line, 'identifiers', imoText),
    mmsi: mmsiIn(findings, line, 'identifiers', mmsiText),
    callSign,
  };
}
