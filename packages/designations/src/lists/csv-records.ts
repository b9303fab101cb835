/** No cell of a real list comes near this; a file that opens a quotation mark and never closes it does. Characters (ours). */
const CELL_MAX = 1_000_000;
/** The widest known list has 45 columns (ours). */
const CELLS_MAX = 512;

const QUOTE = 34;
const COMMA = 44;
const LF = 10;
const CR = 13;

/** Receives records: their cells and the line on which each begins, from 1. */
export type TakeRecord = (cells: readonly string[], line: number) => void;

/**
 * Cuts CSV text (RFC 4180, comma) into records as it comes, without holding more than one of them. A record may span
 * lines inside quotation marks; LF, CRLF and CR end it. Blank lines and a lone 0x1A (end of file in DOS) are passed over.
 */
export class CsvRecords {
  /** Why the text is no CSV, or null; nothing is taken after it. */
  damage: string | null = null;
  readonly #take: TakeRecord;
  #cells: string[] = [];
  #cell = '';
  #state: 'start' | 'bare' | 'quoted' | 'quote' = 'start';
  #line = 1;
  #recordLine = 1;
  #afterCr = false;
  #isFirst = true;

  constructor(take: TakeRecord) {
    this.#take = take;
  }

  /** Takes the next piece of the text. */
  push(text: string): void {
    if (this.damage !== null || text === '') return;
    const begin = this.#isFirst && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.#isFirst = false;
    let from = begin;
    for (let i = begin; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === LF && this.#afterCr && this.#state === 'start') {
        this.#afterCr = false;
        from = i + 1;
        continue;
      }
      this.#afterCr = false;
      if (this.#state === 'quoted') {
        if (code === LF) this.#line++;
        if (code !== QUOTE) continue;
        this.#cell += text.slice(from, i);
        this.#state = 'quote';
        from = i + 1;
      } else if (code === QUOTE && this.#state !== 'bare') {
        if (this.#state === 'quote') this.#cell += '"';
        this.#state = 'quoted';
        from = i + 1;
      } else if (code === COMMA) {
        this.#cell += text.slice(from, i);
        this.#endCell();
        from = i + 1;
      } else if (code === LF || code === CR) {
        this.#cell += text.slice(from, i);
        from = i + 1;
        this.#afterCr = code === CR;
        this.#endRecord();
      } else if (this.#state !== 'bare') {
        this.#state = 'bare';
      }
      if (this.damage !== null) return;
    }
    this.#cell += text.slice(from);
    this.#checkCell();
  }

  /** Takes the end of the text; returns whether the last record lacked its line end, as in a file that was cut short. */
  end(): boolean {
    if (this.damage !== null) return true;
    if (this.#state === 'quoted') {
      this.damage = `it ends inside quotation marks that open in the record of line ${this.#recordLine}: the file was cut short`;
      return true;
    }
    const isOpen = (this.#cells.length > 0 || this.#cell !== '') && this.#cell !== '\u001a';
    if (isOpen) this.#endRecord();
    return isOpen;
  }

  #endCell(): void {
    this.#checkCell();
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#state = 'start';
    if (this.#cells.length > CELLS_MAX) this.damage = `line ${this.#line} has more than ${CELLS_MAX} cells`;
  }

  #endRecord(): void {
    this.#endCell();
    const cells = this.#cells;
    const line = this.#recordLine;
    this.#cells = [];
    this.#line++;
    this.#recordLine = this.#line;
    const isBlank = cells.length === 1 && /^[\s\u001a]*$/.test(cells[0]);
    if (!isBlank && this.damage === null) this.#take(cells, line);
  }

  #checkCell(): void {
    if (this.#cell.length > CELL_MAX) {
      this.damage = `the record of line ${this.#recordLine} has a cell of more than ${CELL_MAX} characters`;
      this.#cell = '';
    }
  }
}
