import pg from 'pg';

/** Not compared: it stands for what is in the others, and is written at other moments after a restart. */
const LEFT_OUT = new Set(['snapshot', 'kysely_migration', 'kysely_migration_lock']);

/**
 * Returns every table of a database but snapshots as text, one line a row in order, without the wall-clock column and the
 * columns named.
 */
export async function dumpTables(
  url: string,
  without: readonly string[] = [],
): Promise<Readonly<Record<string, string>>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set timezone = 'UTC'`);
    const { rows } = await client.query<{ table_name: string; columns: string }>(
      `select table_name, string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
       from information_schema.columns
       where table_schema = 'public' and column_name <> 'recorded_at' and column_name <> all($1::text[])
       group by table_name order by table_name`,
      [without],
    );
    const dump: Record<string, string> = {};
    for (const { table_name: table, columns } of rows) {
      if (LEFT_OUT.has(table)) continue;
      const lines = await client.query<{ line: string }>(
        `select row(${columns})::text as line from ${table}`,
      );
      dump[table] = lines.rows
        .map((row) => row.line)
        .sort()
        .join('\n');
    }
    return dump;
  } finally {
    await client.end();
  }
}

/**
 * Returns what two ways to the same records must have in common: positions, static reports, vessels and
 * coverage as they are, and of every event that stands its newest version, without its number and when and why it was told, and without its id:
 * that is the first version's, whatever was known then. Which positions came late is a matter of the way.
 */
export async function dumpFinalState(url: string): Promise<Readonly<Record<string, string>>> {
  const { position, static_report, vessel, feed, coverage } = await dumpTables(url, ['late', 'known_at']);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(
      `select (to_jsonb(v) - '{event_id,version,reason,known_since,recorded_at,change_seq}'::text[])::text as line
       from event_version v join event e using (event_id, version) where e.state <> 'retracted'`,
    );
    return {
      position,
      static_report,
      vessel,
      feed,
      coverage,
      events: rows
        .map((row) => row.line)
        .sort()
        .join('\n'),
    };
  } finally {
    await client.end();
  }
}
