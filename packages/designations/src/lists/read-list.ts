import { euJournalCsvReader } from './eu-journal-csv.ts';
import { ftmJsonReader } from './ftm-json.ts';
import type { ListFormat, ListReader } from './list-entry.ts';
import { maritimeCsvReader } from './maritime-csv.ts';
import type { OfacPart } from './ofac-csv.ts';
import { openSanctionsSimpleCsvReader } from './opensanctions-simple-csv.ts';
import { plainCsvReader } from './plain-csv.ts';
import { sdnAdvancedXmlReader } from './sdn-advanced-xml.ts';
import { sdnXmlReader } from './sdn-xml.ts';
import { ukCsvReader } from './uk-csv.ts';
import { ukXmlReader } from './uk-xml.ts';
import { un1718CsvReader } from './un-1718-csv.ts';
import { unConsolidatedXmlReader } from './un-consolidated-xml.ts';

const READERS = {
  'sdn-xml': sdnXmlReader,
  'sdn-advanced-xml': sdnAdvancedXmlReader,
  'un-1718-csv': un1718CsvReader,
  'un-consolidated-xml': unConsolidatedXmlReader,
  'eu-journal-csv': euJournalCsvReader,
  'uk-csv': ukCsvReader,
  'uk-xml': ukXmlReader,
  'opensanctions-simple-csv': openSanctionsSimpleCsvReader,
  'ftm-json': ftmJsonReader,
  'maritime-csv': maritimeCsvReader,
  'plain-csv': plainCsvReader,
} as const satisfies Partial<Record<ListFormat, () => ListReader>>;

/** A format whose files each hold a list of their own; the others are parts of OFAC's CSV set (`OfacSet`). */
export type WholeFormat = keyof typeof READERS;

const OFAC_PARTS: Readonly<Partial<Record<ListFormat, OfacPart>>> = {
  'ofac-sdn-csv': 'sdn',
  'ofac-alt-csv': 'alt',
  'ofac-add-csv': 'add',
  'ofac-comments-csv': 'comments',
};

/** Returns which part of OFAC's CSV set a format is, or null when its files stand alone. */
export function ofacPartOf(format: ListFormat): OfacPart | null {
  return OFAC_PARTS[format] ?? null;
}

/** Returns a reader of a format whose files stand alone. */
export function listReader(format: WholeFormat): ListReader {
  return READERS[format]();
}
