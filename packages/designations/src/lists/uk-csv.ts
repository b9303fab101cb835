import { csvTable, type TableRow } from './csv-table.ts';
import { dayOf } from './days.ts';
import { Findings, type ListReader } from './list-entry.ts';
import { UK, takeUkShip, type UkShip } from './uk-ship.ts';

/** Parts of a name, in the order in which they are put together. */
const NAME_PARTS = ['Name 1', 'Name 2', 'Name 3', 'Name 4', 'Name 5', 'Name 6'] as const;

/**
 * Reads the UK Sanctions List as CSV: a line `Report Date: …`, the header, and one row per name; the rows of one ship
 * share its `Unique ID`.
 */
export function ukCsvReader(): ListReader {
  const findings = new Findings('uk-csv');
  findings.list = UK;
  const rows = new Map<string, UkShip>();
  const table = csvTable(
    findings,
    {
      required: ['Unique ID', 'Name 6', 'Designation Type', 'Date Designated', 'IMO number'],
      preamble: (cells) => isReportDate(findings, cells),
    },
    (row) => {
      if (row.cell('Designation Type').toLowerCase() === 'ship') gather(findings, rows, row);
    },
  );
  return {
    push: table.push,
    end: () => {
      table.end();
      for (const ship of rows.values()) takeUkShip(findings, ship);
      return findings.reading();
    },
  };
}

function isReportDate(findings: Findings, cells: readonly string[]): boolean {
  const date = /^\s*Report Date:\s*(.*)$/i.exec(cells.slice(0, 2).join(' '))?.[1].trim();
  if (date === undefined) return false;
  findings.publishedOn = dayOf(date, 'd-mon-y') ?? dayOf(date, 'dmy');
  return true;
}

function gather(findings: Findings, ships: Map<string, UkShip>, row: TableRow): void {
  const uniqueId = row.cell('Unique ID');
  if (uniqueId === '') {
    findings.ships++;
    findings.refuse(row.line, 'Unique ID', '', 'the id that joins the names of a ship');
    return;
  }
  const name = NAME_PARTS.map((part) => row.cell(part))
    .filter((part) => part !== '')
    .join(' ');
  const isPrimary = /^primary name$/i.test(row.cell('Name type'));
  const known = ships.get(uniqueId);
  if (known === undefined) findings.ships++;
  ships.set(uniqueId, {
    uniqueId,
    line: known?.line ?? row.line,
    primaryNames: [...(known?.primaryNames ?? []), ...(isPrimary ? [name] : [])],
    otherNames: [...(known?.otherNames ?? []), ...(isPrimary ? [] : [name])],
    imoNumbers: known?.imoNumbers ?? [row.cell('IMO number')],
    flag: known?.flag ?? row.cell('Current believed flag of ship'),
    regime: known?.regime ?? row.cell('Regime Name'),
    sanctions: known?.sanctions ?? row.cell('Sanctions Imposed').replaceAll('|', '; '),
    designatedOn: known?.designatedOn ?? row.cell('Date Designated'),
  });
}
