import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { LiveInbox } from '../../src/index.ts';
import { connectSource } from '../../src/live/connect-source.ts';
import { streamSource, tcpClient, tcpListener, udpListener } from '../../src/live/sockets.ts';
import { sentence, stopFeeds, tryFeed, until } from './feed-trial.ts';

const HOST = '127.0.0.1';
const closers: (() => void)[] = [];

afterEach(async () => {
  await stopFeeds();
  for (const close of closers.splice(0)) close();
});

/** A TCP server that does with each client, counted from 0, what it is told. */
async function serve(
  serveClient: (socket: Socket, client: number) => void,
): Promise<{ port: number; server: Server }> {
  let clients = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serveClient(socket, clients++);
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, server };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('tcpClient', () => {
  it('takes sentences cut anywhere, at the time of receipt', async () => {
    const lines = sentence(413_900_100) + sentence(413_900_200, { second: 7 });
    const { port } = await serve((socket) => {
      socket.write(lines.slice(0, 30));
      setTimeout(() => socket.write(lines.slice(30)), 20);
    });
    const before = Date.now();
    const { inbox, mmsis, feed } = tryFeed('nmea', tcpClient(HOST, port));
    await until(() => mmsis().length === 2, 'two records');
    expect(mmsis()).toEqual([413_900_100, 413_900_200]);
    expect(inbox.records.at[0]).toBeGreaterThanOrEqual(before);
    expect(inbox.records.at[0]).toBeLessThanOrEqual(Date.now());
    expect(inbox.records.receivedAt[0]).toBe(inbox.records.at[0]);
    expect(inbox.records.utcSecond[1]).toBe(7);
    expect(feed.status()).toMatchObject({ state: 'open', records: 2, connections: 1, fault: null, shed: 0 });
  });

  it('connects again after the source closed, and counts half a line as refused, not as the start of the next', async () => {
    const { port } = await serve((socket, client) => {
      socket.end(sentence(413_900_100 + client) + (client === 0 ? sentence(413_900_999).slice(0, 25) : ''));
    });
    const { mmsis, feed } = tryFeed('nmea', tcpClient(HOST, port));
    await until(() => mmsis().length >= 3, 'three connections');
    expect(mmsis().slice(0, 3)).toEqual([413_900_100, 413_900_101, 413_900_102]);
    expect(Object.values(feed.status().rejected)).toEqual([1]);
  });

  it('waits for a server that is not there yet', async () => {
    const port = await freePort();
    const { mmsis, feed } = tryFeed('nmea', tcpClient(HOST, port));
    await until(() => feed.status().faultCode === 'feed-lost', 'the fault');
    expect(feed.status().fault).toContain('ECONNREFUSED');
    const server = createServer((socket) => socket.write(sentence(413_900_100)));
    server.listen(port, HOST);
    closers.push(() => server.close());
    await until(() => mmsis().length === 1, 'a record');
    expect(feed.status()).toMatchObject({ state: 'open', fault: null });
  });

  it('gives up a connection that is open and silent, and makes it anew', async () => {
    const { port } = await serve((socket, client) => {
      if (client > 0) socket.write(sentence(413_900_100));
    });
    const { mmsis, feed } = tryFeed('nmea', tcpClient(HOST, port), { silentMs: 120 });
    await until(() => feed.status().faultCode === 'feed-silent', 'the watchdog');
    await until(() => mmsis().length >= 1, 'a record of the second connection');
  });

  it('leaves a connection alone that brings a little now and then', async () => {
    const { port } = await serve((socket) => {
      const timer = setInterval(() => socket.write(sentence(413_900_100)), 40);
      socket.on('close', () => clearInterval(timer));
    });
    const { mmsis, feed } = tryFeed('nmea', tcpClient(HOST, port), { silentMs: 400 });
    await until(() => mmsis().length >= 20, 'twenty records');
    expect(feed.status().connections).toBe(1);
  });

  it('makes its source wait while the inbox is full, and loses nothing', async () => {
    // 20 MB: more than the kernel keeps for a connection.
    const blocks = 200;
    const total = blocks * 2000;
    let finished = false;
    const { port } = await serve((socket) => {
      const block = Array.from({ length: 2000 }, (_, i) => sentence(413_000_000 + i)).join('');
      socket.end(block.repeat(blocks), () => {
        finished = true;
      });
    });
    const inbox = new LiveInbox({ mostWaiting: 500 });
    const { feed } = tryFeed('nmea', tcpClient(HOST, port), { inbox, waitScale: 1000 });
    await until(() => inbox.full, 'a full inbox');
    await sleep(100);
    // One chunk of the socket may follow the one that filled it.
    expect(inbox.records.length).toBeLessThan(4000);
    expect(finished).toBe(false);
    for (let taken = 0; taken < total;) {
      taken += inbox.take().records.length;
      await sleep(0);
    }
    expect(feed.status().shed).toBe(0);
    expect(feed.status().records).toBe(total);
  });

  it('stops with all in the inbox that came before', async () => {
    const { port } = await serve((socket) => socket.write(sentence(413_900_100)));
    const { mmsis, feed } = tryFeed('nmea', tcpClient(HOST, port));
    await until(() => mmsis().length === 1, 'a record');
    await feed.stop();
    expect(feed.status().state).toBe('stopped');
    expect(mmsis()).toEqual([413_900_100]);
  });

  it('asks gpsd for unscaled reports', async () => {
    let asked = '';
    const { port } = await serve((socket) => {
      socket.write('{"class":"VERSION","release":"3.25"}\n');
      socket.on('data', (bytes) => {
        asked += bytes.toString();
        socket.write(
          '{"class":"AIS","type":1,"mmsi":413900100,"scaled":false,"lon":72600000,"lat":22800000}\n',
        );
      });
    });
    const { inbox, mmsis } = tryFeed('gpsd', connectSource({ kind: 'gpsd', host: HOST, port }));
    await until(() => mmsis().length === 1, 'a record');
    expect(asked).toBe('?WATCH={"enable":true,"json":true,"scaled":false};\n');
    expect(inbox.records.lonE7[0]).toBe(1_210_000_000);
  });

  it('goes on behind rubbish', async () => {
    const { port } = await serve((socket) => {
      socket.write(
        Buffer.concat([
          Buffer.alloc(200_000, 0xff),
          Buffer.from(`\n\0\0\n!AIVDM,9\r\n${sentence(413_900_100)}`),
        ]),
      );
    });
    const { mmsis, feed } = tryFeed('nmea', tcpClient(HOST, port));
    await until(() => mmsis().length === 1, 'a record');
    expect(feed.status().rejected).toMatchObject({ oversized: 1 });
  });
});

describe('tcpListener', () => {
  it('keeps the lines of its clients apart', async () => {
    const port = await freePort();
    const { mmsis, feed } = tryFeed('nmea', tcpListener(HOST, port));
    await until(() => feed.status().state === 'open', 'listening');
    const one = connect(port, HOST);
    const two = connect(port, HOST);
    closers.push(
      () => one.destroy(),
      () => two.destroy(),
    );
    const [first, second] = [sentence(413_900_100), sentence(413_900_200)];
    one.write(first.slice(0, 20));
    two.write(second.slice(0, 33));
    await sleep(30);
    one.write(first.slice(20));
    two.write(second.slice(33));
    await until(() => mmsis().length === 2, 'two records');
    expect([...mmsis()].sort()).toEqual([413_900_100, 413_900_200]);
    expect(feed.status().rejected).toEqual({});
  });

  it('stays when a client breaks off, and frees its port when it is stopped', async () => {
    const port = await freePort();
    const { mmsis, feed } = tryFeed('nmea', tcpListener(HOST, port));
    await until(() => feed.status().state === 'open', 'listening');
    const one = connect(port, HOST);
    await once(one, 'connect');
    one.resetAndDestroy();
    const two = connect(port, HOST);
    closers.push(() => two.destroy());
    two.write(sentence(413_900_200));
    await until(() => mmsis().length === 1, 'a record');
    await feed.stop();
    const again = createServer();
    again.listen(port, HOST);
    await once(again, 'listening');
    again.close();
  });
});

describe('udpListener', () => {
  async function sender(port: number): Promise<(text: string) => void> {
    const socket = createSocket('udp4');
    socket.bind(0, HOST);
    await once(socket, 'listening');
    closers.push(() => socket.close());
    return (text) => socket.send(text, port, HOST);
  }

  it('takes datagrams of one and of several lines, and one that is cut off takes nothing of the next', async () => {
    const port = await freePort();
    const { mmsis, feed } = tryFeed('nmea', udpListener(HOST, port));
    await until(() => feed.status().state === 'open', 'listening');
    const send = await sender(port);
    send(sentence(413_900_100).trimEnd());
    send(sentence(413_900_200) + sentence(413_900_300));
    send(sentence(413_900_999).slice(0, 20));
    send(sentence(413_900_400));
    await until(() => mmsis().length === 4, 'four records');
    expect(mmsis()).toEqual([413_900_100, 413_900_200, 413_900_300, 413_900_400]);
    expect(Object.values(feed.status().rejected)).toEqual([1]);
  });

  it('sheds what comes while the inbox is full, counts it, and goes on when there is room', async () => {
    const port = await freePort();
    const inbox = new LiveInbox({ mostWaiting: 10 });
    const { mmsis, feed } = tryFeed('nmea', udpListener(HOST, port), { inbox });
    await until(() => feed.status().state === 'open', 'listening');
    const send = await sender(port);
    for (let i = 0; i < 25; i++) send(sentence(413_900_100 + i));
    await until(() => feed.status().shed === 15, 'fifteen shed');
    expect(mmsis()).toHaveLength(10);
    inbox.take();
    send(sentence(413_900_900));
    await until(() => mmsis().length === 1, 'a record');
    expect(feed.status()).toMatchObject({ records: 11, shed: 15 });
  });

  it('reads datagrams of JSON', async () => {
    const port = await freePort();
    const { mmsis, feed } = tryFeed(
      'ais-catcher',
      connectSource({ kind: 'ais-catcher-udp', host: HOST, port }),
    );
    await until(() => feed.status().state === 'open', 'listening');
    const send = await sender(port);
    send('{"class":"AIS","type":1,"mmsi":413900100,"scaled":true,"lon":121,"lat":38}');
    await until(() => mmsis().length === 1, 'a record');
  });

  it('says that its port is taken, and takes it when it is free', async () => {
    const port = await freePort();
    const other = createSocket('udp4');
    other.bind(port, HOST);
    await once(other, 'listening');
    const { feed } = tryFeed('nmea', udpListener(HOST, port));
    await until(() => feed.status().state === 'waiting', 'the fault');
    expect(feed.status().fault).toContain('EADDRINUSE');
    other.close();
    await until(() => feed.status().state === 'open', 'listening');
  });
});

describe('a source that we wait for', () => {
  it.each(['udp', 'tcp', 'stdin'] as const)(
    'is told as silent and is heard again at once: %s',
    async (kind) => {
      const port = await freePort();
      const stdin = new PassThrough();
      const source = {
        udp: () => udpListener(HOST, port),
        tcp: () => tcpListener(HOST, port),
        stdin: () => streamSource(stdin),
      }[kind]();
      const { mmsis, feed } = tryFeed('nmea', source, { silentMs: 80 });
      await until(() => feed.status().faultCode === 'feed-silent', 'the silence');
      expect(feed.status()).toMatchObject({ state: 'open', connections: 1 });
      const send = await senderTo(kind, port, stdin);
      send(sentence(413_900_100));
      await until(() => mmsis().length === 1, 'a record');
      expect(feed.status()).toMatchObject({ state: 'open', connections: 1 });
      await until(() => feed.status().faultCode === 'feed-silent', 'the next silence');
      send(sentence(413_900_200));
      await until(() => mmsis().length === 2, 'another record');
    },
  );

  async function senderTo(kind: 'udp' | 'tcp' | 'stdin', port: number, stdin: PassThrough) {
    if (kind === 'stdin') return (text: string) => void stdin.write(text);
    if (kind === 'udp') {
      const socket = createSocket('udp4');
      socket.bind(0, HOST);
      await once(socket, 'listening');
      closers.push(() => socket.close());
      return (text: string) => socket.send(text, port, HOST);
    }
    const socket = connect({ host: HOST, port });
    await once(socket, 'connect');
    closers.push(() => socket.destroy());
    return (text: string) => void socket.write(text);
  }
});

describe('streamSource', () => {
  it('ends the feed for good when standard input ends', async () => {
    const stdin = new PassThrough();
    const { mmsis, feed } = tryFeed('nmea', streamSource(stdin));
    stdin.write(sentence(413_900_100));
    stdin.end(sentence(413_900_200).trimEnd());
    await feed.done;
    expect(mmsis()).toEqual([413_900_100, 413_900_200]);
    expect(feed.status().state).toBe('stopped');
  });
});
