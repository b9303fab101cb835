import { createHash } from 'node:crypto';
import type { CompiledQuery } from 'kysely';
import type { Reader } from './reader.ts';

/** Every prepared statement takes memory of every connection; the forms beyond these are parsed each time. */
const MOST_FORMS = 200;

const NAMES = new Map<string, string>();

/**
 * Runs a query whose form comes again and again with other values: each connection parses and plans it once. What is
 * in the form must be few: values are bound, never spliced.
 */
export async function runPrepared<Row>(reader: Reader, query: CompiledQuery<Row>): Promise<readonly Row[]> {
  const name = nameOf(query.sql);
  const values = [...query.parameters];
  const { rows } = await reader.pool.query(
    name === undefined ? { text: query.sql, values } : { name, text: query.sql, values },
  );
  return rows as Row[];
}

function nameOf(text: string): string | undefined {
  const known = NAMES.get(text);
  if (known !== undefined || NAMES.size >= MOST_FORMS) return known;
  const name = `offing-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  NAMES.set(text, name);
  return name;
}
