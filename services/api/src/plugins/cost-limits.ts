import { withinBudget } from '@offing/store';
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';
import { askerOf } from './access.ts';
import { makePlaces, type PlaceLimits } from './places.ts';
import { Problem } from './problem.ts';

declare module 'fastify' {
  // Declaration merging is Fastify's way to tell of what a route is; it needs an interface.
  interface FastifyContextConfig {
    /**
     * How many connections of the database a request may keep busy, or `none` where it reads a few rows by an index or nothing;
     * 1 unless told. Those that cost something have limits: so many at once, and a time for all of their statements.
     */
    cost?: Cost | ((request: FastifyRequest) => Cost);
  }
  interface FastifyInstance {
    /** The routes that cost nothing whatever they are asked, as `GET /v1/rules`. */
    readonly freeRoutes: ReadonlySet<string>;
  }
}

/** What a request costs. */
export type Cost = 'none' | number;

/** What costly requests may take. */
export type CostLimits = PlaceLimits & {
  /** After so long a request begins no further statement, ms. */
  readonly budgetMs: number;
};

/** Of the eight connections that read, two are always left for what costs little. */
export const COST_LIMITS: PlaceLimits = {
  mostAtOnce: 6,
  mostOfOne: 3,
  waitMs: 3_000,
  mostWaiting: 200,
  mostWaitingOfOne: 50,
};

/** Keeps costly requests within their limits; a place is given back when the work is done, not when the asker has gone. */
export function addCostLimits(app: FastifyInstance, { budgetMs, ...limits }: CostLimits): void {
  const places = makePlaces(limits);
  const limited = new WeakSet<RouteHandlerMethod>();
  const free = new Set<string>();
  app.decorate('freeRoutes', free);
  app.addHook('onRoute', (route) => {
    const { handler } = route;
    const { cost = 1 } = route.config ?? {};
    // A route that answers HEAD, too, comes twice.
    if (isFromMemory(route) || cost === 'none') {
      for (const method of [route.method].flat()) free.add(`${method} ${route.url}`);
      return;
    }
    if (limited.has(handler)) return;
    route.handler = async function (request, reply) {
      const costs = typeof cost === 'function' ? cost(request) : cost;
      if (costs === 'none') return handler.call(this, request, reply);
      const giveBack = await places.take(askerOf(request), costs);
      try {
        if (request.raw.socket.destroyed) throw new Problem('busy', 'Nobody waits for this any more');
        return await Promise.resolve(withinBudget(budgetMs, () => handler.call(this, request, reply)));
      } finally {
        giveBack();
      }
    };
    limited.add(route.handler);
  });
}

/** What the document does not tell of is made of no data, but for the layers and what forms are sent to. */
function isFromMemory({
  schema,
  config,
  url,
}: {
  readonly schema?: { readonly hide?: boolean };
  readonly config?: { readonly form?: boolean };
  readonly url: string;
}): boolean {
  return schema?.hide === true && config?.form !== true && !/^\/ogc\/collections\/\w+\/items/.test(url);
}
