import { readFileSync } from 'node:fs';
import { detectList } from '../../src/lists/detect-list.ts';
import type { ListReading } from '../../src/lists/list-entry.ts';
import { OfacSet } from '../../src/lists/ofac-csv.ts';
import { listReader, ofacPartOf, type WholeFormat } from '../../src/lists/read-list.ts';

/** Returns the text of a sample. */
export function sample(name: string): string {
  return readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8');
}

/** Reads text of one list, its format found out from its content, in pieces of so many characters. */
export function readText(text: string, piece = 65_536): ListReading {
  const format = detectList(text.slice(0, 4096));
  if (format === null) throw new Error('no known list');
  const part = ofacPartOf(format);
  const set = new OfacSet();
  const reader = part === null ? listReader(format as WholeFormat) : set.reader(part);
  for (let at = 0; at < text.length; at += piece) reader.push(text.slice(at, at + piece));
  const reading = reader.end();
  return part === null ? reading : set.reading();
}

/** Reads parts of OFAC's CSV set as one. */
export function readSet(parts: Readonly<Record<string, string>>): ListReading {
  const set = new OfacSet();
  for (const [part, text] of Object.entries(parts)) {
    const reader = set.reader(part as 'sdn');
    reader.push(text);
    reader.end();
  }
  return set.reading();
}
