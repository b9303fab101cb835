import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
/** Statuses whose answers have no body, and refuse one. */
const WITHOUT_BODY = new Set([204, 304]);

/** Returns a `fetch` that asks an app without a network; each answer passes the check first. */
export function injectedFetch(
  app: FastifyInstance,
  mustConform: (path: string, answer: LightMyRequestResponse, method: string) => void,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const body = await request.text();
    const answer = await app.inject({
      method: request.method as Method,
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      ...(body === '' ? {} : { payload: body }),
    });
    mustConform(pathname + search, answer, request.method);
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    return new Response(WITHOUT_BODY.has(answer.statusCode) ? null : answer.body, {
      status: answer.statusCode,
      headers,
    });
  };
}
