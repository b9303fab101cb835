import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Aedes } from 'aedes';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { LiveInbox } from '../../src/index.ts';
import { connectSource } from '../../src/live/connect-source.ts';
import type { LiveSource } from '../../src/live/live-source.ts';
import { stopFeeds, tryFeed, until } from './feed-trial.ts';

const HOST = '127.0.0.1';
const closers: (() => void)[] = [];

afterEach(async () => {
  await stopFeeds();
  for (const close of closers.splice(0)) close();
});

const secret = (value: string) => ({ env: 'SECRET', value });

/** A time as aisstream.io writes it. */
function goTime(at: number): string {
  return `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} +0000 UTC`;
}

function envelope(mmsi: number): string {
  return JSON.stringify({
    Message: { PositionReport: { UserID: mmsi, Longitude: 121, Latitude: 38, MessageID: 1, Valid: true } },
    MessageType: 'PositionReport',
    MetaData: { MMSI: mmsi, time_utc: goTime(Date.now() - 1000) },
  });
}

async function serveSockets(
  serve: (socket: WebSocket, client: number, hello: string) => void,
): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: HOST });
  let clients = 0;
  server.on('connection', (socket) => {
    const client = clients++;
    socket.on('error', () => undefined);
    socket.once('message', (data) => serve(socket, client, (data as Buffer).toString()));
  });
  await once(server, 'listening');
  closers.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return `ws://${HOST}:${(server.address() as AddressInfo).port}`;
}

async function serveHttp(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  const server = createHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answer(request, response, Buffer.concat(parts).toString()));
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://${HOST}:${(server.address() as AddressInfo).port}`;
}

describe('aisstream.io', () => {
  const source = (url: string): LiveSource => ({
    kind: 'aisstream',
    url,
    apiKey: secret('k-1'),
    boxes: [{ south: 15, west: 105, north: 42, east: 132 }],
    mmsi: [413_900_100],
  });

  it('subscribes with its key and boxes and takes text and binary frames', async () => {
    let asked = '';
    const url = await serveSockets((socket, _client, hello) => {
      asked = hello;
      socket.send(envelope(413_900_100));
      socket.send(Buffer.from(envelope(413_900_200)), { binary: true });
    });
    const { inbox, mmsis } = tryFeed('aisstream', connectSource(source(url)));
    await until(() => mmsis().length === 2, 'two records');
    expect(JSON.parse(asked)).toEqual({
      APIKey: 'k-1',
      BoundingBoxes: [
        [
          [15, 105],
          [42, 132],
        ],
      ],
      FiltersShipMMSI: ['413900100'],
    });
    const { at, receivedAt } = inbox.records;
    expect(receivedAt[0] - at[0]).toBeGreaterThanOrEqual(1000);
    expect(receivedAt[0] - at[0]).toBeLessThan(5000);
  });

  it('comes back after a cut, and subscribes again', async () => {
    const url = await serveSockets((socket, client) => {
      socket.send(envelope(413_900_100 + client), () => {
        if (client < 2) socket.terminate();
      });
    });
    const { mmsis, feed } = tryFeed('aisstream', connectSource(source(url)));
    await until(() => mmsis().length === 3, 'three connections');
    expect(mmsis()).toEqual([413_900_100, 413_900_101, 413_900_102]);
    expect(feed.status()).toMatchObject({ connections: 3, state: 'open' });
  });

  it('notices an open socket that says nothing', async () => {
    const url = await serveSockets((socket, client) => {
      if (client > 0) socket.send(envelope(413_900_100));
    });
    const { mmsis, feed } = tryFeed('aisstream', connectSource(source(url)), { silentMs: 120 });
    await until(() => feed.status().faultCode === 'feed-silent', 'the watchdog');
    await until(() => mmsis().length > 0, 'a record');
  });

  it.each([
    ['{"error":"Api Key Is Not Valid"}', 'feed-refused'],
    ['{ "error": "concurrent connections per user exceeded" }', 'feed-throttled'],
  ])('backs off for longer after %s, and never tells its key', async (message, code) => {
    const url = await serveSockets((socket) => socket.send(message));
    const { feed } = tryFeed('aisstream', connectSource(source(url)), { waitScale: 1 });
    await until(() => feed.status().state === 'waiting', 'the fault');
    const { faultCode, fault, retryAt, since } = feed.status();
    expect(faultCode).toBe(code);
    expect((retryAt ?? 0) - since).toBeGreaterThanOrEqual(30_000);
    expect(fault).not.toContain('k-1');
  });

  it('respects the wait that a 429 asks for', async () => {
    const url = await serveHttp((_request, response) => response.end());
    const server = createHttp();
    server.on('upgrade', (_request, socket) => {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nConnection: close\r\n\r\n');
    });
    server.listen(0, HOST);
    await once(server, 'listening');
    closers.push(() => server.close());
    const port = (server.address() as AddressInfo).port;
    const { feed } = tryFeed('aisstream', connectSource(source(`ws://${HOST}:${port}`)));
    await until(() => feed.status().state === 'waiting', 'the fault');
    const { faultCode, retryAt, since } = feed.status();
    expect(faultCode).toBe('feed-throttled');
    expect((retryAt ?? 0) - since).toBe(120_000);
    expect(url).toContain('http');
  });

  it('sheds and counts what comes while the inbox is full', async () => {
    const url = await serveSockets((socket) => {
      for (let i = 0; i < 30; i++) socket.send(envelope(413_900_100 + i));
    });
    const inbox = new LiveInbox({ mostWaiting: 10 });
    const { mmsis, feed } = tryFeed('aisstream', connectSource(source(url)), { inbox });
    await until(() => feed.status().shed === 20, 'twenty shed');
    expect(mmsis()).toHaveLength(10);
  });
});

describe('Signal K', () => {
  it('subscribes to all ships with its token', async () => {
    let authorization: string | undefined;
    let path: string | undefined;
    const server = new WebSocketServer({ port: 0, host: HOST });
    server.on('connection', (socket, request) => {
      ({ authorization } = request.headers);
      path = request.url;
      socket.send('{"name":"server","version":"2.0"}');
      socket.once('message', (data) => {
        const { context } = JSON.parse((data as Buffer).toString()) as { context: string };
        const values = [{ path: 'navigation.position', value: { longitude: 121, latitude: 38 } }];
        if (context === 'vessels.*')
          socket.send(
            JSON.stringify({ context: 'vessels.urn:mrn:imo:mmsi:413900100', updates: [{ values }] }),
          );
      });
    });
    await once(server, 'listening');
    closers.push(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    const url = `ws://${HOST}:${(server.address() as AddressInfo).port}/`;
    const { mmsis } = tryFeed('signalk', connectSource({ kind: 'signalk', url, token: secret('t-1') }));
    await until(() => mmsis().length === 1, 'a record');
    expect([authorization, path]).toEqual(['Bearer t-1', '/signalk/v1/stream?subscribe=none']);
  });
});

describe('Digitraffic over MQTT', () => {
  async function broker() {
    const aedes = await Aedes.createBroker();
    const server = createServer(aedes.handle);
    server.listen(0, HOST);
    await once(server, 'listening');
    closers.push(() => {
      aedes.close();
      server.close();
    });
    const publish = (topic: string, payload: object) =>
      new Promise<void>((resolve) => {
        const packet = {
          cmd: 'publish',
          qos: 0,
          retain: false,
          dup: false,
          topic,
          payload: Buffer.from(JSON.stringify(payload)),
        } as const;
        aedes.publish(packet, () => resolve());
      });
    return { aedes, publish, url: `mqtt://${HOST}:${(server.address() as AddressInfo).port}` };
  }

  it('takes the locations and metadata of ships by their topics', async () => {
    const { aedes, publish, url } = await broker();
    const subscribed = once(aedes, 'subscribe');
    const { inbox, mmsis, feed } = tryFeed('digitraffic', connectSource({ kind: 'digitraffic-mqtt', url }));
    await subscribed;
    const now = Math.floor(Date.now() / 1000);
    await publish('vessels-v2/230000001/location', { time: now, lon: 25, lat: 60, sog: 10.7 });
    await publish('vessels-v2/status', { updated: now });
    await publish('vessels-v2/230000001/metadata', { timestamp: now * 1000, name: 'NORDIC', draught: 68 });
    await publish('vessels-v2/230000001/location', { time: now - 90 * 86_400, lon: 25, lat: 60 });
    await until(() => feed.status().rejected['stale'] === 1, 'the last message');
    expect(mmsis()).toEqual([230_000_001, 230_000_001]);
    expect(inbox.records.at[0]).toBe(now * 1000);
    expect(inbox.statics.get(inbox.records.staticId[1])).toMatchObject({ shipName: 'NORDIC', draughtM: 6.8 });
  });

  it('comes back after the broker cut it off', async () => {
    const { aedes, publish, url } = await broker();
    const { mmsis, feed } = tryFeed('digitraffic', connectSource({ kind: 'digitraffic-mqtt', url }));
    for (const round of [1, 2]) {
      const [, client] = (await once(aedes, 'subscribe')) as [unknown, { close(): void }];
      await publish('vessels-v2/230000001/location', {
        time: Math.floor(Date.now() / 1000),
        lon: 25,
        lat: 60,
      });
      await until(() => mmsis().length === round, `record ${round}`);
      client.close();
    }
    await until(() => feed.status().connections >= 2, 'connections');
  });

  it('says when the broker refuses its name', async () => {
    const { aedes, url } = await broker();
    aedes.authenticate = (_client, _name, _password, done) => {
      done(Object.assign(new Error('no'), { returnCode: 5 as const }), false);
    };
    const { feed } = tryFeed('digitraffic', connectSource({ kind: 'digitraffic-mqtt', url }));
    await until(() => feed.status().faultCode === 'feed-refused', 'the fault');
  });
});

describe('Digitraffic over REST', () => {
  it('polls both addresses, takes what is new only, and refuses what is years old', async () => {
    const asked: string[] = [];
    const now = Date.now();
    const feature = (mmsi: number, at: number) => ({
      mmsi,
      geometry: { coordinates: [25, 60] },
      properties: { mmsi, sog: 1, timestampExternal: at },
    });
    const url = await serveHttp((request, response) => {
      asked.push(`${request.url ?? ''} ${request.headers['digitraffic-user'] as string}`);
      if (request.url?.endsWith('vessels') === true) return void response.end('[]');
      if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end();
      const features = [feature(230_000_001, now), feature(230_000_002, now - 400 * 86_400_000)];
      response.setHeader('etag', '"1"');
      response.end(JSON.stringify({ type: 'FeatureCollection', features }));
    });
    const { mmsis, feed } = tryFeed(
      'digitraffic',
      connectSource({ kind: 'digitraffic-rest', url, everyS: 0.05 }),
    );
    await until(() => asked.length >= 6, 'three polls');
    expect(asked.slice(0, 2)).toEqual(['/api/ais/v1/locations offing', '/api/ais/v1/vessels offing']);
    expect(mmsis()).toEqual([230_000_001]);
    expect(feed.status().rejected).toEqual({ stale: 1 });
  });
});

describe('BarentsWatch', () => {
  const record = (mmsi: number) =>
    `${JSON.stringify({ mmsi, msgtime: new Date().toISOString(), latitude: 60, longitude: 5 })}\n`;

  it('gets a token, takes the stream, and renews the token when it is not taken', async () => {
    let tokens = 0;
    const forms: string[] = [];
    const tokenUrl = await serveHttp((_request, response, body) => {
      forms.push(body);
      response.end(JSON.stringify({ access_token: `t${++tokens}`, expires_in: 3600 }));
    });
    const seen: (string | undefined)[] = [];
    const url = await serveHttp((request, response) => {
      seen.push(request.headers.authorization);
      if (seen.length === 2) return void response.writeHead(401).end();
      response.write(record(257_000_000 + seen.length));
      if (seen.length < 4) response.end();
    });
    const source: LiveSource = {
      kind: 'barentswatch',
      url,
      tokenUrl,
      clientId: 'me:client',
      clientSecret: secret('s&s'),
    };
    const { mmsis, feed } = tryFeed('barentswatch', connectSource(source));
    await until(() => mmsis().length === 3, 'three records');
    expect(seen).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2', 'Bearer t2']);
    expect(Object.fromEntries(new URLSearchParams(forms[0]))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'me:client',
      client_secret: 's&s',
      scope: 'ais',
    });
    expect(JSON.stringify(feed.status())).not.toContain('s&s');
  });

  it('renews a token that runs out', async () => {
    let tokens = 0;
    const tokenUrl = await serveHttp((_request, response) =>
      response.end(JSON.stringify({ access_token: `t${++tokens}`, expires_in: 30 })),
    );
    const seen: (string | undefined)[] = [];
    const url = await serveHttp((request, response) => {
      seen.push(request.headers.authorization);
      response.end(record(257_000_001));
    });
    const source: LiveSource = {
      kind: 'barentswatch',
      url,
      tokenUrl,
      clientId: 'c',
      clientSecret: secret('s'),
    };
    tryFeed('barentswatch', connectSource(source));
    await until(() => seen.length >= 2, 'two connections');
    expect(seen.slice(0, 2)).toEqual(['Bearer t1', 'Bearer t2']);
  });

  it('says that its credentials are refused', async () => {
    const tokenUrl = await serveHttp((_request, response) =>
      response.writeHead(400).end('{"error":"invalid_client"}'),
    );
    const source: LiveSource = {
      kind: 'barentswatch',
      url: tokenUrl,
      tokenUrl,
      clientId: 'c',
      clientSecret: secret('s'),
    };
    const { feed } = tryFeed('barentswatch', connectSource(source));
    await until(() => feed.status().faultCode === 'feed-refused', 'the fault');
  });
});

describe('AISHub', () => {
  const rows = (time: string) =>
    JSON.stringify([
      { ERROR: false, FORMAT: 'HUMAN', RECORDS: 1 },
      [{ MMSI: 413_900_100, TIME: time, LONGITUDE: 121, LATITUDE: 38 }],
    ]);
  const human = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} GMT`;

  it('takes an empty body for being asked too often, waits longer, and is well again with the next rows', async () => {
    const times: number[] = [];
    const url = await serveHttp((_request, response) => {
      times.push(performance.now());
      response.end(times.length === 2 || times.length === 3 ? '' : rows(human(Date.now())));
    });
    const source: LiveSource = {
      kind: 'aishub',
      url,
      username: secret('u-1'),
      format: 1,
      box: null,
      everyS: 0.1,
    };
    const { mmsis, feed } = tryFeed('aishub', connectSource(source));
    await until(() => feed.status().faultCode === 'feed-throttled', 'throttling');
    expect(feed.status().fault).toContain('empty body');
    await until(() => times.length >= 4, 'four polls');
    await until(() => feed.status().state === 'open', 'health');
    expect(times[2] - times[1]).toBeGreaterThan(190);
    expect(times[3] - times[2]).toBeGreaterThan(390);
    expect(mmsis().length).toBeGreaterThanOrEqual(2);
    expect(feed.status().rejected).toEqual({});
  });

  it('asks for its box, and says in the words of the source why it is refused, without its name', async () => {
    let asked = '';
    const url = await serveHttp((request, response) => {
      asked = request.url ?? '';
      response.end('[{"ERROR":true,"USERNAME":"u-1","ERROR_MESSAGE":"Username not valid"}]');
    });
    const box = { south: 15, west: 105, north: 42, east: 132 };
    const source: LiveSource = { kind: 'aishub', url, username: secret('u-1'), format: 0, box, everyS: 60 };
    const { feed } = tryFeed('aishub', connectSource(source));
    await until(() => feed.status().state === 'waiting', 'the fault');
    expect(asked).toBe(
      '/?username=u-1&format=0&output=json&compress=0&latmin=15&latmax=42&lonmin=105&lonmax=132',
    );
    expect(feed.status()).toMatchObject({
      faultCode: 'feed-refused',
      fault: 'the source says: Username not valid',
    });
  });
});

describe('AIS-catcher over HTTP', () => {
  async function listening(options: Parameters<typeof tryFeed>[2] = {}) {
    const probe = createServer();
    probe.listen(0, HOST);
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    const trial = tryFeed(
      'ais-catcher',
      connectSource({ kind: 'ais-catcher-http', host: HOST, port }),
      options,
    );
    await until(() => trial.feed.status().state === 'open', 'listening');
    const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
      fetch(`http://${HOST}:${port}/`, { method: 'POST', body: body as BodyInit, headers }).then(
        ({ status }) => status,
      );
    return { ...trial, post, port };
  }
  const body = (mmsi: number) =>
    JSON.stringify({
      protocol: 'jsonaiscatcher',
      msgs: [{ class: 'AIS', type: 1, mmsi, scaled: true, lon: 121, lat: 38 }],
    });

  it('takes posted bodies, plain and packed', async () => {
    const { mmsis, post } = await listening();
    expect(await post(body(413_900_100))).toBe(200);
    expect(await post(gzipSync(body(413_900_200)), { 'content-encoding': 'gzip' })).toBe(200);
    expect(mmsis()).toEqual([413_900_100, 413_900_200]);
  });

  it('answers what is no post, no gzip, or too much, and goes on', async () => {
    const { mmsis, post, port, feed } = await listening();
    expect((await fetch(`http://${HOST}:${port}/`)).status).toBe(405);
    expect(await post('no gzip', { 'content-encoding': 'gzip' })).toBe(400);
    expect(await post(gzipSync(Buffer.alloc(9_000_000)), { 'content-encoding': 'gzip' })).toBe(400);
    expect(await post('no JSON')).toBe(200);
    expect(await post(body(413_900_100))).toBe(200);
    expect(mmsis()).toEqual([413_900_100]);
    expect(feed.status().rejected).toEqual({ malformed: 1 });
  });

  it('asks to come again while the inbox is full', async () => {
    const inbox = new LiveInbox({ mostWaiting: 1 });
    const { post, feed } = await listening({ inbox });
    expect(await post(body(413_900_100))).toBe(200);
    expect(await post(body(413_900_200))).toBe(503);
    inbox.take();
    expect(await post(body(413_900_300))).toBe(200);
    await sleep(0);
    expect(feed.status()).toMatchObject({ records: 2, shed: 1 });
  });
});
