import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUE_NAME } from './delivery-queue.ts';

type Plugin = ReturnType<FastifyAdapter['registerPlugin']>;
type Server = Parameters<Plugin>[0];

/** A look at the queue of deliveries for the operator. */
export type QueueBoard = {
  /** Adds its page and what that asks for, under the prefix that it is registered with; whoever registers it guards it. */
  readonly plugin: Plugin;
  close(): Promise<void>;
};

/** The page's font comes from elsewhere, and its first picture moves by a style that no policy of ours allows. */
const NOT_OURS = /<link[^>]+href="https?:[^>]*>|<style>[^<]*<\/style>/g;

/** Opens Bull Board on the queue as it is kept in Redis. */
export function openQueueBoard(redisUrl: string, onError: (error: unknown) => void): QueueBoard {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  connection.on('error', onError);
  const queue = new Queue(QUEUE_NAME, { connection });
  queue.on('error', onError);
  const serverAdapter = new FastifyAdapter();
  createBullBoard({
    queues: [new BullMQAdapter(queue)],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Offing: deliveries' } },
  });
  return {
    plugin(server, options, done) {
      // Its own answers to errors would tell of stacks; those of the server it stands in do not.
      server.setErrorHandler = (() => server) as Server['setErrorHandler'];
      // The server reads queries in its own strict way; the board wants its own as they were sent.
      server.addHook('preHandler', (request, _reply, next) => {
        request.query = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
        next();
      });
      server.addHook('onSend', (_request, _reply, payload, next) => {
        next(null, typeof payload === 'string' ? payload.replace(NOT_OURS, '') : payload);
      });
      serverAdapter.registerPlugin()(server, options, done);
    },
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}
