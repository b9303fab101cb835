import { AsyncLocalStorage } from 'node:async_hooks';
import type { Reader } from '@offing/store';

type Names = Pick<StatementSpan, 'operation' | 'table'>;
type Pool = Reader['pool'];
type Query = (...args: readonly unknown[]) => unknown;

/** A statement as a trace tells of it: no text and no values. Times in ms since 1970. */
export type StatementSpan = {
  /** `select`, `insert`, …; in capital letters. */
  readonly operation: string;
  /** The first table that it names, if any. */
  readonly table: string | null;
  readonly startMs: number;
  readonly endMs: number;
  /** SQLSTATE or another code of the fault; null where there was none. */
  readonly error: string | null;
};

/** Who is told of the statements of the request that is being answered. */
type Listener = (span: StatementSpan) => void;

/** Statements come in few forms. */
const NAMES = new Map<string, Names>();
const MOST_NAMES = 500;

const listeners = new AsyncLocalStorage<Listener>();

/** Runs something whose statements are told to a listener, those of what it starts, too. */
export function listening<T>(listener: Listener, run: () => T): T {
  return listeners.run(listener, run);
}

/** Makes the statements of a pool known to whoever listens where they are asked; where nobody does it costs nothing more. */
export function tellStatements(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as Query;
    client.query = ((...args: readonly unknown[]) => told(query, args)) as typeof client.query;
  });
  // The pool's own way would ask in the context of whoever gave the connection back.
  const whole = pool.query.bind(pool) as Query;
  pool.query = (async (...args: readonly unknown[]) => {
    if (typeof args.at(-1) === 'function') return whole(...args);
    const client = await pool.connect();
    try {
      const result = await (client.query as Query)(...args);
      client.release();
      return result;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }) as typeof pool.query;
}

function told(query: Query, args: readonly unknown[]): unknown {
  const listener = listeners.getStore();
  const text = textOf(args[0]);
  const answer = query(...args);
  if (listener === undefined || text === null || !(answer instanceof Promise)) return answer;
  const startMs = now();
  const tell = (error: string | null) => listener({ ...namesOf(text), startMs, endMs: now(), error });
  // A fault is the asker's to handle; here it is only looked at.
  answer.then(
    () => tell(null),
    (error: unknown) => tell((error as { code?: string }).code ?? 'unknown'),
  );
  return answer;
}

function textOf(asked: unknown): string | null {
  if (typeof asked === 'string') return asked;
  const { text } = asked as { readonly text?: unknown };
  return typeof text === 'string' ? text : null;
}

/** What the outermost statement does to which table: what stands in brackets is looked at by no one. */
function namesOf(text: string): Names {
  const known = NAMES.get(text);
  if (known !== undefined) return known;
  let bare = text;
  for (let before = ''; before !== bare;) {
    before = bare;
    bare = bare.replace(/\([^()]*\)/g, ' ');
  }
  const operation = /[a-z]+/i.exec(bare)?.[0].toUpperCase() ?? 'UNKNOWN';
  const table = /\b(?:from|into|update)\s+"?([a-z_][a-z0-9_]*)/i.exec(bare)?.[1] ?? null;
  if (NAMES.size < MOST_NAMES) NAMES.set(text, { operation, table });
  return { operation, table };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
