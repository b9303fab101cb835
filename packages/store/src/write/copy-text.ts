import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A value of a column: the lists are of numbers, instants are ISO text. */
type Value = string | number | boolean | null | readonly number[];

/** Writes rows with one COPY in text inside the caller's transaction; a key that is there already is an error (23505). */
export async function copyText<C extends string>(
  client: pg.ClientBase,
  table: string,
  columns: readonly C[],
  rows: readonly Readonly<Record<C, Value>>[],
): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  const done = finished(stream);
  let text = '';
  for (const row of rows) {
    for (let i = 0; i < columns.length; i++) text += (i === 0 ? '' : '\t') + textOf(row[columns[i]]);
    text += '\n';
  }
  stream.end(text);
  await done;
}

/** A value as COPY's text takes it (PostgreSQL manual, COPY, "Text Format"); of broken text the same as `jsonOf` makes. */
function textOf(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value !== 'string') return `{${value.join(',')}}`;
  if (PLAIN.test(value)) return value;
  return value
    .replaceAll('\0', '')
    .toWellFormed()
    .replace(/[\\\t\n\r\b\f\v]/g, (sign) => ESCAPED[sign] ?? sign);
}

const PLAIN = /^[ -[\]-~]*$/;

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};
