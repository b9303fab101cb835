import { Redis } from 'ioredis';
import { makeRateLimit, tellLeft, type RateLimit } from './rate-limit.ts';

/** A limit that processes share; `close` gives its connection back. */
export type SharedRateLimit = RateLimit & { close(): void };

/** A Redis that does not answer within this is passed over, ms. */
const PATIENCE_MS = 500;
/** A bucket that nobody took from for so long is full again, ms. */
const KEPT_MS = 61_000;

/**
 * The same bucket as in memory, in one step, by Redis' own clock: processes' clocks differ. What was refused costs
 * nothing. Answers what would be left, as text: Redis cuts numbers to whole ones.
 */
const TAKE = `
local known = redis.call('HMGET', KEYS[1], 'left', 'at')
local time = redis.call('TIME')
local at = time[1] * 1000 + time[2] / 1000
local most = tonumber(ARGV[1])
local left = most
if known[1] then
  left = math.min(most, tonumber(known[1]) + math.max(0, at - tonumber(known[2])) * most / 60000)
end
local after = left - tonumber(ARGV[2])
if after >= 0 then left = after end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', string.format('%.3f', at))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return tostring(after)`;

/**
 * Returns a limit of so many requests a minute for each key or address that all processes with the same Redis share. While
 * Redis is away each process counts for itself: nobody is refused for that, and nobody is free of limits.
 */
export function makeSharedRateLimit(redisUrl: string, perMinute: number): SharedRateLimit {
  const redis = new Redis(redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE_MS,
    connectTimeout: 5_000,
  });
  // Without a listener, a Redis that goes away would end the process.
  redis.on('error', () => undefined);
  const own = makeRateLimit(perMinute);
  return {
    async take(who, cost, reply) {
      if (who === null) return;
      const after = await left(redis, `offing:rate:${who}`, perMinute, cost);
      if (after === null) own.take(who, cost, reply);
      else tellLeft(reply, perMinute, after);
    },
    close: () => redis.disconnect(),
  };
}

async function left(redis: Redis, name: string, perMinute: number, cost: number): Promise<number | null> {
  try {
    return Number(await redis.eval(TAKE, 1, name, perMinute, cost, KEPT_MS));
  } catch {
    return null;
  }
}
