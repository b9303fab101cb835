import { fieldNamed, REQUIRED_FIELDS } from './csv-layouts.ts';
import type { FormatId } from './feed.ts';

/** Fields that only the objects of one format have together, as they stand in the text; the first that fits is taken. */
const SIGNS: readonly { readonly format: FormatId; readonly fields: readonly RegExp[] }[] = [
  { format: 'aisstream', fields: [/"MessageType"\s*:/, /"MetaData"\s*:/] },
  { format: 'digitraffic', fields: [/"timestampExternal"\s*:/] },
  { format: 'digitraffic', fields: [/"topic"\s*:\s*"vessels/, /"payload"\s*:/] },
  { format: 'barentswatch', fields: [/"msgtime"\s*:/, /"mmsi"\s*:/] },
  { format: 'aishub', fields: [/"ERROR"\s*:\s*false/, /"FORMAT"\s*:/] },
  { format: 'ais-catcher', fields: [/"class"\s*:\s*"AIS"/, /"rxu?x?time"\s*:/] },
  { format: 'ais-catcher', fields: [/"protocol"\s*:\s*"jsonaiscatcher"/, /"msgs"\s*:/] },
  { format: 'gpsd', fields: [/"class"\s*:\s*"AIS"/, /"mmsi"\s*:/] },
  { format: 'signalk', fields: [/"updates"\s*:/, /"context"\s*:/] },
];

/** Returns the format of content that begins as JSON does, or null. */
export function formatOfJson(start: string): FormatId | null {
  if (!/^[\s\ufeff]*[[{]/.test(start)) return null;
  const named = SIGNS.find(({ fields }) => fields.every((field) => field.test(start)));
  if (named !== undefined) return named.format;
  const names = [...start.slice(0, 4096).matchAll(/"([^"\\]{1,40})"\s*:/g)].map(([, name]) =>
    fieldNamed(name),
  );
  return REQUIRED_FIELDS.every((field) => names.includes(field)) ? 'jsonl' : null;
}
