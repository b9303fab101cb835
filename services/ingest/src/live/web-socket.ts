import { WebSocket, type ClientOptions } from 'ws';
import {
  lostError,
  refusedError,
  statusError,
  throttledError,
  type Connect,
  type Receiver,
} from './connection.ts';

/** Largest message that is taken, bytes; a report has 1 KB. */
const MOST_MESSAGE = 1_048_576;
/** Time for the handshake, ms. */
const HANDSHAKE_MS = 15_000;
/** Close codes with which servers send clients away for a while: policy violation, service restart, try again later (RFC 6455, 7.4.1 and the IANA registry). */
const SENT_AWAY: ReadonlySet<number> = new Set([1008, 1012, 1013]);

/** What a WebSocket source needs. */
export type WebSocketOptions = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text that is sent as soon as the connection is there. */
  readonly hello?: string;
  /** Looks at a message before it is taken; throws when the source says in it that it will not serve us. */
  readonly check?: (message: Uint8Array) => void;
};

/** Returns a client of a WebSocket server, text or binary frames alike; what comes while there is no room is shed and counted. */
export function webSocketClient({ url, headers = {}, hello, check }: WebSocketOptions): Connect {
  return (sink, signal) =>
    new Promise((resolve, reject) => {
      const options: ClientOptions = {
        headers: { ...headers },
        handshakeTimeout: HANDSHAKE_MS,
        maxPayload: MOST_MESSAGE,
      };
      const socket = new WebSocket(url, options);
      let receiver: Receiver | null = null;
      const end = (): void => {
        socket.terminate();
      };
      const settle = (error: Error | null): void => {
        signal.removeEventListener('abort', end);
        socket.terminate();
        receiver?.close();
        if (error === null) resolve('closed');
        else reject(error);
      };
      signal.addEventListener('abort', end, { once: true });
      socket.on('open', () => {
        receiver = sink.open();
        if (hello !== undefined) socket.send(hello);
      });
      socket.on('message', (data) => {
        const bytes = bytesOf(data);
        try {
          check?.(bytes);
        } catch (error) {
          return settle(error as Error);
        }
        if (sink.full) sink.shed(1);
        else receiver?.message(bytes);
      });
      socket.on('unexpected-response', (_request, response) => {
        settle(statusError(response.statusCode ?? 0, response.headers['retry-after'], Date.now()));
      });
      socket.on('error', (error) => {
        settle(lostError(error.message, error));
      });
      socket.on('close', (code, reason) => {
        settle(code === 1000 ? null : closeError(code, reason.toString('utf8').slice(0, 200)));
      });
    });
}

function closeError(code: number, reason: string): Error {
  const message = `the source closed the connection with ${code}${reason === '' ? '' : `: ${reason}`}`;
  return SENT_AWAY.has(code) ? throttledError(message) : lostError(message);
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** Throws when a message of aisstream.io is an error: `{"error": "Api Key Is Not Valid"}` and the like. */
export function checkAisstream(message: Uint8Array): void {
  if (message.length > 1024) return;
  const match = /^\s*\{\s*"error"\s*:\s*"([^"]{0,200})"/i.exec(Buffer.from(message).toString('utf8'));
  if (match === null) return;
  const said = `the source says: ${match[1]}`;
  throw /concurrent|throttl|limit|too many/i.test(match[1]) ? throttledError(said) : refusedError(said);
}
