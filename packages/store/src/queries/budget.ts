import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';

/** Thrown where something asks for another statement after its time was over. */
export class BudgetSpent extends Error {
  constructor() {
    super('the time for this was over before its last statement');
    this.name = 'BudgetSpent';
  }
}

const deadlines = new AsyncLocalStorage<number>();

/**
 * Runs work that may begin statements for so long, ms; after that each one rejects with BudgetSpent. What runs by then is
 * ended by its own time limit: together they say how long one piece of work can keep a database busy.
 */
export function withinBudget<T>(budgetMs: number, work: () => T): T {
  return deadlines.run(performance.now() + budgetMs, work);
}

type Done = Parameters<pg.Pool['connect']>[0];

/** Makes a pool refuse its connections to whoever has spent his time; where nobody set a time it costs next to nothing. */
export function keepBudgets(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as (done?: Done) => Promise<pg.PoolClient>;
  const kept = (done?: Done): Promise<pg.PoolClient> | undefined => {
    const deadline = deadlines.getStore();
    if (deadline === undefined || performance.now() <= deadline) return connect(done);
    if (done === undefined) return Promise.reject(new BudgetSpent());
    done(new BudgetSpent(), undefined, () => undefined);
    return undefined;
  };
  pool.connect = kept as pg.Pool['connect'];
}
