import { isLanguage, LANGUAGES, type Language } from '@offing/alerts';
import { Type, type TObject } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Reading } from '../page/shell.ts';
import { readQuery } from '../query/raw-query.ts';
import { parameters } from '../schemas/parameters.ts';

/** Remembers what a reader chose; it says nothing else. */
const COOKIE = 'offing_lang';
const YEAR_SECONDS = 31_536_000;

/** Gives every page the parameter `lang`, and keeps what a reader chose for the pages after it. Routes must be added after this. */
export function addLanguage(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.page !== true || route.schema?.hide === true) return;
    const query = route.schema?.querystring as TObject | undefined;
    const { lang } = parameters;
    route.schema = {
      ...route.schema,
      querystring: Type.Partial(Type.Object({ ...(query?.properties ?? {}), lang })),
    };
  });
  app.addHook('preHandler', (request, reply, done) => {
    if (request.routeOptions.config.page !== true) return done();
    const { filters } = request as { readonly filters: ReadonlyMap<string, string> | null };
    const chosen = filters?.get('lang');
    if (filters == null || chosen === undefined) return done();
    // The language is no filter: the data of the same view does not know it.
    request.filters = new Map([...filters].filter(([name]) => name !== 'lang'));
    void reply.header(
      'set-cookie',
      `${COOKIE}=${chosen}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_SECONDS}`,
    );
    done();
  });
}

/** Returns the language of a page: the one that its address names, that the reader chose before, that the browser prefers, or English. */
export function languageOf(request: FastifyRequest): Language {
  const asked = readQuery(request.raw.url ?? '').values.get('lang')?.[0];
  if (isLanguage(asked)) return asked;
  const entries = (request.headers.cookie ?? '').split(/; */);
  const chosen = entries.find((entry) => entry.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  if (isLanguage(chosen)) return chosen;
  return preferred(request.headers['accept-language'] ?? '');
}

/** Returns how a page is read. */
export function readingOf(request: FastifyRequest): Reading {
  const query = new URLSearchParams(request.raw.url?.split('?')[1] ?? '');
  query.delete('lang');
  return { language: languageOf(request), query: query.toString() };
}

/** The first of the browser's languages that we speak, by weight (RFC 9110, section 12.5.4). */
function preferred(header: string): Language {
  const wanted = header
    .slice(0, 500)
    .split(',')
    .map((entry) => {
      const [tag, ...rest] = entry
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = rest.find((part) => part.startsWith('q='));
      return { code: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const found = wanted.find(({ code }) => isLanguage(code))?.code;
  return isLanguage(found) ? found : LANGUAGES[0];
}
