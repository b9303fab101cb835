import type { FastifyInstance } from 'fastify';

/**
 * Lets the server end as soon as what is under way is answered: those answers close their connections, which would else be
 * kept for a next request that nobody will answer.
 */
export function addClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done(null, payload);
  });
}
