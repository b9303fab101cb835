import type { FastifyReply } from 'fastify';
import { Problem } from './problem.ts';

/** How much one key or address may ask. */
export type RateLimit = {
  /**
   * Takes so many requests from an allowance and says in the answer's headers what is left; throws (or rejects with) a
   * Problem `too-many-requests` when there is not enough. `null` is never limited.
   */
  take(who: string | null, cost: number, reply: FastifyReply): void | Promise<void>;
};

/** A limit that answers at once. */
export type MemoryRateLimit = { take(who: string | null, cost: number, reply: FastifyReply): void };

/** Allowances that are remembered; beyond that some are forgotten, which only ever gives someone more. */
const MOST_REMEMBERED = 50_000;

type Allowance = { left: number; at: number };

/**
 * Returns a limit of so many requests a minute for each key or address, kept in this process: an allowance that refills
 * steadily (token bucket), so that a burst up to the whole of it is free. `now` gives ms of a clock that never goes back.
 */
export function makeRateLimit(
  perMinute: number,
  now: () => number = () => performance.now(),
): MemoryRateLimit {
  const allowances = new Map<string, Allowance>();
  const perMs = perMinute / 60_000;
  return {
    take(who, cost, reply) {
      if (who === null) return;
      const at = now();
      const known = allowances.get(who);
      const left =
        known === undefined ? perMinute : Math.min(perMinute, known.left + (at - known.at) * perMs);
      if (allowances.size >= MOST_REMEMBERED) forgetSome(allowances, at, perMinute, perMs);
      const after = left - cost;
      // What was refused costs nothing. Put at the end: the entries stand in the order of their last use.
      allowances.delete(who);
      allowances.set(who, { left: after >= 0 ? after : left, at });
      tellLeft(reply, perMinute, after);
    },
  };
}

/** Says in the answer's headers what is left of an allowance; throws where it is less than nothing. */
export function tellLeft(reply: FastifyReply, perMinute: number, after: number): void {
  const perMs = perMinute / 60_000;
  void reply
    .header('ratelimit-policy', `"minute";q=${perMinute};w=60`)
    .header('ratelimit', `"minute";r=${Math.max(0, Math.floor(after))};t=${Math.ceil(1 / perMs / 1000)}`);
  if (after >= 0) return;
  void reply.header('retry-after', String(Math.max(1, Math.ceil(-after / perMs / 1000))));
  throw new Problem('too-many-requests', `More than ${perMinute} requests in a minute; ask more slowly`);
}

/** What is full is as if it had never asked; where nobody was idle, the half that asked longest ago is forgotten. */
function forgetSome(allowances: Map<string, Allowance>, at: number, perMinute: number, perMs: number): void {
  for (const [who, allowance] of allowances) {
    if (allowance.left + (at - allowance.at) * perMs >= perMinute) allowances.delete(who);
  }
  for (const who of allowances.keys()) {
    if (allowances.size <= MOST_REMEMBERED / 2) break;
    allowances.delete(who);
  }
}
