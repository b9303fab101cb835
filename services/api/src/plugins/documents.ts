import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

const DESCRIPTION = `Apparent events at sea and the alerts that show them, from AIS positions.

An answer says what the data supports, with cautious words: every event carries its evidence, the thresholds beside the
observed values, and a confidence. Instants are ISO 8601 in UTC, coordinates degrees on WGS84, units stand in the names.

Lists come in pages: \`next\` and the \`Link\` header lead on. Unknown parameters and wrong values are refused with every
fault named. Retracted events are shown only when asked for with \`state\`. \`as_of\` asks what was known at an instant.
Answers carry a weak \`ETag\`; ask again with \`If-None-Match\` and get 304 while nothing has changed.`;

/** Makes the OpenAPI document from the schemas of all routes added after this, and the pages to browse it at /docs. */
export async function addDocuments(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Offing',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'alerts', description: 'What someone should look at.' },
        { name: 'events', description: 'What happened.' },
        { name: 'vessels', description: 'Hulls, their claims and their tracks.' },
        { name: 'reference', description: 'Ports, lists and feeds.' },
        { name: 'map', description: 'What the map is drawn of.' },
        { name: 'watchlists', description: 'Who is told of what; needs a key with the scope watch.' },
        { name: 'pages', description: 'The same for people, as HTML.' },
        { name: 'service', description: 'How the service is.' },
      ],
    },
  });
  // The validator badge would send the document's address to a stranger.
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { validatorUrl: null, deepLinking: true },
  });
}

/** Serves the document; it is made once, when everything is known. */
export function addDocumentRoute(app: FastifyInstance): void {
  let text: string | undefined;
  app.get('/openapi.json', { schema: { hide: true }, config: { scope: 'open' } }, (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(text);
  });
}
