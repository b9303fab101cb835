import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly url: string };

/** A receiver of webhooks on this machine: `answer` decides on each request. */
export type Receiver = {
  readonly url: string;
  readonly target: string;
  readonly received: Received[];
  answer: (request: Received) => { status: number; headers?: Record<string, string> } | 'hang' | 'cut';
  close(): Promise<void>;
};

/** Starts a receiver that answers 200. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const one = { headers: request.headers, body, url: request.url ?? '' };
      receiver.received.push(one);
      const answer = receiver.answer(one);
      if (answer === 'hang') return;
      if (answer === 'cut') return void request.socket.destroy();
      response.writeHead(answer.status, answer.headers ?? {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    target: `127.0.0.1:${port}`,
    received: [],
    answer: () => ({ status: 200 }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
