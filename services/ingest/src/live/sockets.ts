import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect as connectTcp, createServer, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { lostError, type Connect, type ConnectionSink, type Receiver } from './connection.ts';

/** Clients of a listener, and senders of datagrams, that are kept apart at a time (ours). */
const MOST_PEERS = 64;
/** Time for a connection to be made, ms. */
const CONNECT_MS = 15_000;
/** Buffer of the kernel for datagrams that wait for us, bytes: two seconds of 5,000 messages/s. */
const DATAGRAM_BUFFER = 1_048_576;

/** Returns a client of a TCP server; `hello` is sent first. Its source waits while there is no room. */
export function tcpClient(host: string, port: number, hello = ''): Connect {
  return async (sink, signal) => {
    const socket = connectTcp({ host, port });
    const end = (): void => void socket.destroy();
    signal.addEventListener('abort', end, { once: true });
    try {
      await connected(socket, signal);
      socket.setKeepAlive(true, 30_000);
      if (hello !== '') socket.write(hello);
      await drain(socket, sink);
      return 'closed';
    } finally {
      signal.removeEventListener('abort', end);
      socket.destroy();
    }
  };
}

async function connected(socket: Socket, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(CONNECT_MS);
  try {
    await once(socket, 'connect', { signal: AbortSignal.any([signal, limit]) });
  } catch (error) {
    if (limit.aborted) throw lostError(`no connection within ${CONNECT_MS / 1000} s`);
    throw error;
  }
}

/** Returns a TCP server to which stations connect and send. */
export function tcpListener(host: string, port: number): Connect {
  return async (sink, signal) => {
    const server = createServer();
    const clients = new Set<Socket>();
    server.maxConnections = MOST_PEERS;
    server.on('connection', (socket) => {
      clients.add(socket);
      socket.setKeepAlive(true, 30_000);
      socket.on('close', () => clients.delete(socket));
      // A client that breaks off is gone; the listener stays.
      drain(socket, sink).catch(() => socket.destroy());
    });
    server.listen({ host, port });
    await once(server, 'listening', { signal });
    // A client that cannot be accepted any more (too many open files) must not end the process.
    server.on('error', () => undefined);
    // The feed is open while it listens, with or without clients.
    sink.listening();
    try {
      await aborted(signal);
    } finally {
      for (const socket of clients) socket.destroy();
      server.close();
    }
    return 'closed';
  };
}

/** Returns a UDP socket to which stations send; what comes while there is no room is shed and counted. */
export function udpListener(host: string, port: number): Connect {
  return async (sink, signal) => {
    const socket = createSocket({
      type: host.includes(':') ? 'udp6' : 'udp4',
      recvBufferSize: DATAGRAM_BUFFER,
    });
    const peers = new Map<string, Receiver>();
    const failed = once(socket, 'error', { signal }).then(([error]) => {
      throw lostError('the UDP socket failed', error);
    });
    failed.catch(() => undefined);
    socket.on('message', (bytes, from) => {
      if (sink.full) sink.shed(1);
      else peerOf(peers, `${from.address} ${from.port}`, sink).message(bytes);
    });
    try {
      socket.bind({ address: host, port });
      await Promise.race([once(socket, 'listening', { signal }), failed]);
      sink.listening();
      await Promise.race([aborted(signal), failed]);
      return 'closed';
    } finally {
      socket.close();
    }
  };
}

/** Returns a source that reads a stream, such as standard input, to its end. */
export function streamSource(stream: Readable): Connect {
  return async (sink, signal) => {
    const end = (): void => void stream.destroy();
    signal.addEventListener('abort', end, { once: true });
    sink.listening();
    await drain(stream, sink);
    return 'finished';
  };
}

/** Reads a stream to its end, waiting while there is no room: its sender waits with us. */
async function drain(stream: Readable, sink: ConnectionSink): Promise<void> {
  const receiver = sink.open();
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      receiver.chunk(chunk);
      if (sink.full) await sink.room();
    }
  } finally {
    receiver.close();
  }
}

/** Returns the receiver of a sender, in place of the one heard first when there are too many. */
function peerOf(peers: Map<string, Receiver>, key: string, sink: ConnectionSink): Receiver {
  const known = peers.get(key);
  if (known !== undefined) return known;
  if (peers.size >= MOST_PEERS) {
    const [first, receiver] = [...peers][0];
    receiver.close();
    peers.delete(first);
  }
  const receiver = sink.open();
  peers.set(key, receiver);
  return receiver;
}

/** Never resolves otherwise than by the signal. */
function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
