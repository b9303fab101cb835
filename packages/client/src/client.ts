import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api-types.ts';

/** What the API answers, by the names of its schemas. */
export type Schemas = components['schemas'];

/** A client that knows every path, parameter and answer of the API. */
export type OffingClient = Client<paths, 'application/json'>;

/** Where the API is and who asks. */
export type ClientOptions = {
  /** Address of the server; left out where a page asks the server that it came from. */
  readonly baseUrl?: string;
  /** A key, sent as bearer token; without it what is open, or what the browser's cookie allows. */
  readonly key?: string;
  /** The token that a page sends beside its cookie when it changes something; see `/v1/session`. */
  readonly csrfToken?: string;
  /** Instead of the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
};

/** Returns a client; its methods resolve to `data` or `error` and do not throw at an answer of any status. */
export function makeClient(options: ClientOptions = {}): OffingClient {
  const { key, csrfToken, baseUrl, fetch } = options;
  return createClient<paths, 'application/json'>({
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(fetch === undefined ? {} : { fetch }),
    headers: {
      accept: 'application/json, application/problem+json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(csrfToken === undefined ? {} : { 'x-offing-csrf': csrfToken }),
    },
  });
}

/** What was answered instead of what was asked for. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  /** HTTP status of the answer. */
  readonly status: number;
  /** The problem that was told, with every fault of the request; null where the answer was none. */
  readonly problem: Schemas['Problem'] | null;

  constructor(status: number, problem: Schemas['Problem'] | null) {
    super(problem === null ? `the answer was ${status}` : `${problem.title}: ${problem.detail}`);
    this.status = status;
    this.problem = problem;
  }
}

/** As much of a client's answer as is looked at. */
type Answer<Data> = {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response: Response;
};

/** Returns what was asked for, undefined where the answer has no body; throws a `RefusedError` where anything else came. */
export async function given<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await asked;
  if (response.ok) return data as Data;
  throw new RefusedError(response.status, isProblem(error) ? error : null);
}

function isProblem(error: unknown): error is Schemas['Problem'] {
  return typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
}

/** A page of a list. */
type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** Yields the items of a list over all its pages; `ask` gets the cursor of each page, none for the first. */
export async function* everyItem<Item>(
  ask: (cursor: { readonly cursor?: string }) => Promise<Answer<Page<Item>>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: { readonly cursor?: string } | null = {};
  while (cursor !== null) {
    const page: Page<Item> = await given(ask(cursor));
    yield* page.items;
    cursor = page.next === null ? null : { cursor: page.next };
  }
}
