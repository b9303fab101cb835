import { channelByUnsubscribeToken, disableChannel, writeAudit } from '@offing/store';
import type { ApiContext } from '../context.ts';
import { html } from '../page/html.ts';
import { shell } from '../page/shell.ts';
import { Problem } from '../plugins/problem.ts';
import type { App } from '../plugins/requests.ts';
import { tokenParameters } from '../schemas/parameters.ts';
import { pageResponses } from '../schemas/responses.ts';

const PATH = '/unsubscribe/:token';
const CONFIG = { scope: 'open', page: true, secretPath: true, cost: 'none' } as const;
const MISSING = 'There is no such subscription; it may have been removed.';

/**
 * Adds the end of e-mails (RFC 8058): a POST from the mail program or from the page ends them at once, without asking and
 * without a redirect; a GET, which programs send that only look at links, ends nothing.
 */
export function addUnsubscribe(app: App, context: ApiContext): void {
  const tags = ['pages'];
  const page = {
    operationId: 'getUnsubscribePage',
    summary: 'The page that ends e-mails',
    description: 'Asks whether to end the e-mails of a watchlist.',
    tags,
    params: tokenParameters,
    response: pageResponses(MISSING),
  };
  app.get(PATH, { schema: page, config: CONFIG }, async (request, reply) => {
    await channelOf(context, request.params.token);
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(question());
  });
  const end = {
    operationId: 'unsubscribe',
    summary: 'End e-mails',
    description: 'Ends the e-mails of a watchlist, in one click (RFC 8058).',
    tags,
    params: tokenParameters,
    response: pageResponses(MISSING),
  };
  app.post(PATH, { schema: end, config: CONFIG }, async (request, reply) => {
    const channel = await channelOf(context, request.params.token);
    await context.writer.transaction(async (client) => {
      await disableChannel(client, channel.channelId, 'unsubscribed by the reader');
      const { channelId: target } = channel;
      await writeAudit(client, { owner: 'reader', keyId: null, action: 'channel.unsubscribe', target });
    });
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(ended());
  });
}

async function channelOf(context: ApiContext, token: string) {
  const channel = await channelByUnsubscribeToken(context.writer.pool, token);
  if (channel === undefined) throw new Problem('not-found', MISSING);
  return channel;
}

function question(): string {
  return shell(
    'End these e-mails? – Offing',
    html`<h1>End these e-mails?</h1>
      <form method="post">
        <button>End them</button>
      </form>`,
  );
}

function ended(): string {
  return shell(
    'No more e-mails – Offing',
    html`<h1>No more e-mails</h1>
      <p>Nothing more is sent to this address from this watchlist.</p>`,
  );
}
