import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { bodyCheck } from '../plugins/checking-body.ts';
import { formOf, type Form } from '../plugins/forms.ts';
import { invalidRequest, Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { newChannelSchema, type NewChannelBody } from '../schemas/watchlist.ts';
import {
  addOwnChannel,
  pauseChannel,
  removeChannel,
  renewSecret,
  resumeChannel,
  sendAgain,
  testChannel,
  type ChannelPlace,
} from '../watching/channels.ts';
import { changeWatchlist, makeWatchlist, removeWatchlist } from '../watching/lists.ts';
import { bodyOf, fieldsOf, type WatchFields } from '../watching/watch-form.ts';
import { ownWatchlist } from './owners.ts';
import { listsPage, singlePage, type Asked } from './watch-pages.ts';

const CONFIG = { scope: 'watch', page: true, form: true } as const;
/** Two hundred corners a polygon make a long form. */
const OPTIONS = { schema: { hide: true }, config: CONFIG, bodyLimit: 262_144 } as const;
const ID = /^[A-Za-z0-9_.:-]{1,80}$/;

const checkChannel = bodyCheck(newChannelSchema);

type Ids = { readonly id: string };

/** Adds what the forms of the watchlist pages are sent to: they do what the API does, and show what came of it. */
export function addWatchForms(app: App, context: ApiContext): void {
  app.addHook('preHandler', (request, _reply, done) => {
    const isForm = request.routeOptions.config.form === true;
    const ids = isForm ? Object.values(request.params as Readonly<Record<string, string>>) : [];
    done(ids.every((id) => ID.test(id)) ? undefined : new Problem('not-found', 'There is no such watchlist'));
  });
  app.post('/watchlists', OPTIONS, (request, reply) => make(context, request, reply));
  app.post<{ Params: Ids }>('/watchlists/:id', OPTIONS, (request, reply) =>
    change(context, request, reply, request.params.id),
  );
  app.post<{ Params: Ids }>('/watchlists/:id/remove', OPTIONS, async (request, reply) => {
    await removeWatchlist(context, request, request.params.id);
    return seeOther(reply, '/watchlists');
  });
  app.post<{ Params: Ids }>('/watchlists/:id/channels', OPTIONS, (request, reply) =>
    addTo(context, request, reply, request.params.id),
  );
  app.post<{ Params: ChannelPlace }>('/watchlists/:id/channels/:channel', OPTIONS, (request, reply) =>
    channelDeed(context, request, reply, request.params),
  );
  app.post<{ Params: Ids & { readonly delivery: string } }>(
    '/watchlists/:id/deliveries/:delivery',
    OPTIONS,
    async (request, reply) => {
      const { id, delivery } = request.params;
      await sendAgain(context, request, id, delivery);
      return seeOther(reply, `/watchlists/${id}#deliveries`);
    },
  );
}

async function make(context: ApiContext, request: FastifyRequest, reply: FastifyReply) {
  const form = formOf(request);
  const fields = fieldsOf(form);
  const show = (asked: Asked) => listsPage(context, request, { ...asked, fields });
  if (isPreview(form)) return sendPage(reply, await show({}));
  return savedOr(reply, show, async () => {
    const { watchlistId } = await makeWatchlist(context, request, checkedBody(fields));
    return `/watchlists/${watchlistId}`;
  });
}

async function change(context: ApiContext, request: FastifyRequest, reply: FastifyReply, id: string) {
  const form = formOf(request);
  const fields = fieldsOf(form);
  const show = (asked: Asked) => singlePage(context, request, id, { ...asked, fields });
  if (isPreview(form)) return sendPage(reply, await show({}));
  return savedOr(reply, show, async () => {
    await changeWatchlist(context, request, id, checkedBody(fields));
    return `/watchlists/${id}`;
  });
}

async function addTo(context: ApiContext, request: FastifyRequest, reply: FastifyReply, id: string) {
  const form = formOf(request);
  const text = (name: string) => form.get(name)?.[0]?.trim() ?? '';
  const body = { kind: text('kind'), target: text('target'), digest: text('digest') || 'none' };
  const show = ({ faults = [] }: Asked) => singlePage(context, request, id, { channelFaults: faults });
  await ownWatchlist(context, request, id);
  return savedOr(reply, show, async () => {
    const faults = checkChannel(body);
    if (faults.length > 0) throw invalidRequest(faults);
    const { secret } = await addOwnChannel(context, request, id, body as NewChannelBody);
    if (secret === null) return `/watchlists/${id}#channels`;
    return { page: await singlePage(context, request, id, { secret }) };
  });
}

async function channelDeed(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  place: ChannelPlace,
) {
  const back = `/watchlists/${place.id}`;
  switch (formOf(request).get('deed')?.[0]) {
    case 'test':
      await testChannel(context, request, place);
      return seeOther(reply, `${back}#deliveries`);
    case 'pause':
      await pauseChannel(context, request, place);
      return seeOther(reply, `${back}#channels`);
    case 'resume':
      await resumeChannel(context, request, place);
      return seeOther(reply, `${back}#channels`);
    case 'remove':
      await removeChannel(context, request, place);
      return seeOther(reply, `${back}#channels`);
    case 'secret': {
      const secret = await renewSecret(context, request, place);
      return sendPage(reply, await singlePage(context, request, place.id, { secret }));
    }
    default:
      await ownWatchlist(context, request, place.id);
      throw invalidRequest([
        { in: 'body', field: 'deed', value: '', expected: 'one of test, pause, resume, remove, secret' },
      ]);
  }
}

function isPreview(form: Form): boolean {
  return form.get('deed')?.[0] === 'preview';
}

function checkedBody(fields: WatchFields) {
  const { body, faults } = bodyOf(fields);
  if (faults.length > 0) throw invalidRequest(faults);
  return body;
}

/** What a deed leads to: an address, or a page that can be shown only now. */
type Outcome = string | { readonly page: string };

/** Does something and leads on; where a problem speaks against it, the form comes back as it was filled in, with the reasons. */
async function savedOr(
  reply: FastifyReply,
  show: (asked: Asked) => Promise<string>,
  deed: () => Promise<Outcome>,
): Promise<FastifyReply> {
  try {
    const outcome = await deed();
    return await (typeof outcome === 'string' ? seeOther(reply, outcome) : sendPage(reply, outcome.page));
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'not-found') throw error;
    const named = error.faults.map(({ field, value, expected }) => `${field} “${value}”: ${expected}`);
    const isDrowned = error.code === 'would-drown';
    const faults = named.length === 0 || isDrowned ? [error.message] : named;
    return sendPage(reply.code(error.statusCode), await show({ faults }));
  }
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}

function seeOther(reply: FastifyReply, address: string): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(address, 303);
}
