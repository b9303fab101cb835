export * from './feed.ts';
export * from './nmea.ts';
export * from './nmea-decode.ts';
export * from './csv.ts';
export { CSV_FIELDS, REQUIRED_FIELDS } from './csv-layouts.ts';
export type { CsvField, CsvFormatId } from './csv-layouts.ts';
export * from './detect.ts';
export * from './make-reader.ts';
