import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import type pg from 'pg';

/** Only turns queries into text and parameters; it is connected to nothing. */
const COMPILER = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** Runs a query made of conditions on a connection or pool of the caller's, inside its transaction if there is one. */
export async function runSql<Row extends pg.QueryResultRow>(
  client: Pick<pg.ClientBase, 'query'>,
  query: RawBuilder<Row>,
): Promise<pg.QueryResult<Row>> {
  const { sql, parameters } = query.compile(COMPILER);
  return client.query<Row>(sql, [...parameters]);
}
