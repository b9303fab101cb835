import { CsvRecords } from './csv-records.ts';
import { Findings, type ListEntry, type ListReader, type ListReading } from './list-entry.ts';
import { isNotSdn, listOfMost } from './ofac-lists.ts';
import { ofacNumbers } from './ofac-remarks.ts';
import { callSignIn, otherNamesThan } from './printed-names.ts';

/** Cells of a row, by file: the files have no header. */
const WIDTH = { sdn: 12, alt: 5, add: 6, comments: 2 } as const;

/** Which of the four files of a set. */
export type OfacPart = keyof typeof WIDTH;

type SdnRow = { readonly cells: readonly (string | null)[]; readonly line: number };
type Alt = { readonly name: string; readonly kind: string };

/**
 * OFAC's legacy CSV: sdn.csv (or cons_prim.csv) and the files that go on from it. No header; null is `-0- ` with a blank;
 * numbers of ships stand in the remarks only; former names in alt.csv; remarks over 1,000 characters go on in
 * sdn_comments.csv. No file has a date of listing. Feed the parts in any order, then ask for the reading.
 */
export class OfacSet {
  readonly #findings = new Findings('ofac-sdn-csv');
  readonly #ships: SdnRow[] = [];
  readonly #alts = new Map<string, Alt[]>();
  readonly #comments = new Map<string, string>();
  #notSdn = 0;

  /** Returns a reader of one part; its own reading has counts and damage only. */
  reader(part: OfacPart): ListReader {
    const own = new Findings(`ofac-${part}-csv`);
    let lastLine = 0;
    let isShort = false;
    let isDos = false;
    let tail = '';
    const records = new CsvRecords((cells, line) => {
      own.records++;
      lastLine = line;
      isShort = cells.length < WIDTH[part];
      const idText = cells[0].trim();
      if (cells.length !== WIDTH[part])
        own.refuse(line, 'record', `${cells.length} cells`, `${WIDTH[part]} cells`);
      else if (!/^\d{1,9}$/.test(idText)) own.refuse(line, 'ent_num', cells[0], 'a number');
      else this.#take(part, cells.map(orNull), line, own);
    });
    return {
      push: (text) => {
        isDos ||= (tail + text).includes('\r\n');
        tail = (tail + text).slice(-4);
        records.push(text);
      },
      end: () => {
        // Files as OFAC gives them out are CRLF and end in 0x1A; copies with LF lost the mark.
        if (isDos) own.hasEndMark = tail.includes('\u001a');
        const isOpen = records.end();
        if (records.damage !== null) own.damaged(records.damage);
        else if (isOpen && isShort) own.damaged(`line ${lastLine} is cut short: the file ends inside it`);
        else if (own.faults.filter((fault) => fault.isLeftOut).length * 2 > own.records)
          own.damaged('more than half of its rows are not as OFAC writes them');
        if (part === 'sdn') this.#absorb(own);
        return own.reading();
      },
    };
  }

  /** Returns the ships of the set, the parts put together. */
  reading(): ListReading {
    const findings = this.#findings;
    const list = listOfMost(this.#notSdn, findings.records);
    findings.list = list;
    for (const ship of this.#ships) findings.entries.push(this.#entry(list, ship));
    return findings.reading();
  }

  #absorb(own: Findings): void {
    const findings = this.#findings;
    findings.records += own.records;
    findings.ships += own.ships;
    findings.hasEndMark = own.hasEndMark;
    findings.faults.push(...own.faults);
    if (own.damage !== null) findings.damaged(own.damage);
  }

  #take(part: OfacPart, cells: readonly (string | null)[], line: number, own: Findings): void {
    const id = cells[0] ?? '';
    if (part === 'sdn') this.#takeSdn(cells, line, own);
    else if (part === 'alt') {
      const alt = { kind: cells[2] ?? '', name: cells[3] ?? '' };
      if (alt.name !== '') this.#alts.set(id, [...(this.#alts.get(id) ?? []), alt]);
    } else if (part === 'comments') this.#comments.set(id, (this.#comments.get(id) ?? '') + (cells[1] ?? ''));
  }

  #takeSdn(cells: readonly (string | null)[], line: number, own: Findings): void {
    if (isNotSdn(cells[3] ?? '', cells[11] ?? '')) this.#notSdn++;
    if (cells[2]?.toLowerCase() !== 'vessel') return;
    own.ships++;
    if (cells[1] === null) own.refuse(line, 'SDN_Name', '-0-', 'the name of a ship');
    else this.#ships.push({ cells, line });
  }

  #entry(list: string, { cells, line }: SdnRow): ListEntry {
    const [id, name, , program, , callSign, , , , flag, , remarks] = cells;
    const entryId = id ?? '';
    const text = `${remarks ?? ''}${this.#comments.get(entryId) ?? ''}`;
    const { imoNumber, mmsi, otherNames } = ofacNumbers(this.#findings, line, text);
    const alts = (this.#alts.get(entryId) ?? []).map((alt) => alt.name);
    const shipName = name ?? '';
    return {
      list,
      entryId,
      part: null,
      imoNumber,
      mmsi,
      callSign: callSignIn(callSign ?? ''),
      shipName,
      otherNames: otherNamesThan(shipName, [...alts, ...otherNames]),
      flag: flag ?? null,
      program: program === null ? null : programsIn(program ?? ''),
      designatedOn: null,
      delistedOn: null,
      source: null,
      line,
    };
  }
}

/** `-0-`, with blanks around it or not, is OFAC's null; the sign of it may be one more `-0-` inside quotation marks. */
function orNull(cell: string): string | null {
  const text = cell.trim();
  return text === '-0-' || text === '' ? null : text;
}

/** `NPWMD] [IFSR` is two programmes whose outer brackets were cut. */
function programsIn(text: string): string {
  return text
    .split(/\]\s*\[/)
    .map((program) => program.replace(/[[\]]/g, '').trim())
    .join('; ');
}
