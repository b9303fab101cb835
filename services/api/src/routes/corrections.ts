import { isLanguage } from '@offing/alerts';
import { Type } from '@fastify/type-provider-typebox';
import { listCorrections, type CorrectionFilter } from '@offing/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { correctionsAtom, correctionsCsv } from '../formats/corrections.ts';
import { FEED_TYPES } from '../formats/feeds.ts';
import { correctionsPage } from '../page/corrections-page.ts';
import { isUnchanged } from '../plugins/conditional.ts';
import { languageOf, readingOf } from '../plugins/language.ts';
import type { App } from '../plugins/requests.ts';
import type { KeyPart } from '../query/cursor.ts';
import { instants, isTrue, parsed, present, kinds as eventKinds } from '../query/event-filter.ts';
import { parseChoices } from '../query/lists.ts';
import { correctionsSchema } from '../schemas/correction.ts';
import { PAGE_ITEMS, parameters } from '../schemas/parameters.ts';
import { feedResponses, jsonResponses, listResponses, pageResponses } from '../schemas/responses.ts';
import { CORRECTION_KINDS } from '../schemas/vocabulary.ts';
import { publicCorrection } from '../shapes/correction.ts';
import { originOf } from './owners.ts';
import { addressWith, pageOf } from './paging.ts';
import { knownTerms, withTerms } from './terms.ts';

const LIST = '/v1/corrections';
const KEY: readonly KeyPart[] = ['integer'];
const ON_PAGE = 50;

const query = Type.Partial(
  Type.Object({
    from: parameters.knownFrom,
    to: parameters.knownTo,
    kind: parameters.correctionKind,
    type: parameters.type,
    vessel: parameters.vessel,
    synthetic: parameters.synthetic,
    lang: parameters.lang,
    limit: parameters.limit,
    cursor: parameters.cursor,
  }),
);

const DESCRIPTION =
  'Revisions and retractions of alerts, last told first: what was told before, what is told now, what changed and why. An alert that stands as it was first told is not here.';

/** Adds the corrections as data, as a feed and as a page. */
export function addCorrectionRoutes(app: App, context: ApiContext): void {
  const config = { list: LIST, cursorKey: KEY };
  for (const url of [LIST, `${LIST}.json`]) addJson(app, context, url, config);
  addFiles(app, context, config);
  addPage(app, context, config);
}

type Config = { readonly list: string; readonly cursorKey: readonly KeyPart[] };

function addJson(app: App, context: ApiContext, url: string, config: Config): void {
  const schema = {
    operationId: url === LIST ? 'listCorrections' : 'listCorrectionsAsJSON',
    summary: url === LIST ? 'List corrections' : 'List corrections as JSON',
    description: DESCRIPTION,
    tags: ['alerts'],
    querystring: query,
    response: jsonResponses('A page of corrections.', correctionsSchema),
  };
  app.get(url, { schema, config }, async (request, reply) => {
    const { reader, version, contact } = context;
    if (await isUnchanged(reader, request, reply, { version, extra: contact ?? '' })) return reply;
    const page = await corrections(context, request, reply, PAGE_ITEMS);
    return reply
      .type('application/json; charset=utf-8')
      .send(await withTerms(reader, request, { ...page, contact }));
  });
}

function addFiles(app: App, context: ApiContext, config: Config): void {
  const { reader, version } = context;
  const csv = {
    operationId: 'listCorrectionsAsCSV',
    summary: 'List corrections as CSV',
    description: DESCRIPTION,
    tags: ['alerts'],
    querystring: query,
    response: listResponses('A page of corrections.', correctionsSchema, 'csv'),
  };
  app.get(`${LIST}.csv`, { schema: csv, config: { ...config, scope: 'export' } }, async (request, reply) => {
    if (await isUnchanged(reader, request, reply, { version })) return reply;
    const { items } = await corrections(context, request, reply, PAGE_ITEMS);
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'inline; filename="corrections.csv"')
      .send(correctionsCsv(items, await knownTerms(reader, request)) as never);
  });
  const atom = {
    operationId: 'listCorrectionsAsAtom',
    summary: 'List corrections as Atom',
    description: DESCRIPTION,
    tags: ['alerts'],
    querystring: query,
    response: feedResponses('A page of corrections.', 'application/atom+xml'),
  };
  app.get(`${LIST}.atom`, { schema: atom, config }, async (request, reply) => {
    const origin = originOf(context, request);
    if (await isUnchanged(reader, request, reply, { version, extra: origin })) return reply;
    const { items } = await corrections(context, request, reply, ON_PAGE);
    const terms = await knownTerms(reader, request);
    const address = `${origin}${LIST}.atom`;
    return reply.type(FEED_TYPES.atom).send(correctionsAtom(items, terms, origin, address));
  });
}

function addPage(app: App, context: ApiContext, config: Config): void {
  const schema = {
    operationId: 'getCorrectionsPage',
    summary: 'The page of corrections',
    description: 'What /v1/corrections answers, as a page for people.',
    tags: ['pages'],
    querystring: query,
    response: pageResponses(),
  };
  app.get('/corrections', { schema, config: { ...config, page: true } }, async (request, reply) => {
    const { reader, version, contact } = context;
    if (await isUnchanged(reader, request, reply, { version, extra: contact ?? '' })) return reply;
    const page = await corrections(context, request, reply, ON_PAGE);
    const view = {
      corrections: page.items,
      filters: request.filters,
      older: page.next === null ? null : addressWith(request, page.next),
      contact,
    };
    return reply.type('text/html; charset=utf-8').send(correctionsPage(view, readingOf(request)));
  });
}

async function corrections(
  { reader }: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  usual: number,
) {
  const limit = Number(request.filters.get('limit') ?? usual);
  const before = request.after === null ? {} : { before: Number(request.after[0]) };
  const records = await listCorrections(reader, filterOf(request.filters), { limit: limit + 1, ...before });
  const { page } = request.routeOptions.config;
  const asked = request.filters.get('lang');
  const language = page === true ? languageOf(request) : isLanguage(asked) ? asked : undefined;
  return pageOf(
    request,
    reply,
    records,
    limit,
    ({ changeSeq }) => [changeSeq],
    (record) => publicCorrection(record, language),
  );
}

function filterOf(filters: ReadonlyMap<string, string>): CorrectionFilter {
  const { from, to } = instants(filters);
  return present({
    from,
    to,
    kinds: parsed(filters, 'kind', (text) => parseChoices(text, CORRECTION_KINDS)),
    types: eventKinds(filters).types,
    vesselId: filters.get('vessel'),
    synthetic: parsed(filters, 'synthetic', isTrue),
  });
}
