import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { WebSocketServer } from 'ws';
import { sentence } from '../services/ingest/test/live/feed-trial.ts';

/** Where all stations are. */
export const HOST = '127.0.0.1';

/** A simulated source: it sends what it is told, and can be made to fail. */
export type Station = {
  readonly name: string;
  /** The feed's entry in the configuration. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Messages that were handed to a socket. */
  readonly sent: number;
  send(messages: number): void;
  rubbish(): void;
  /** Breaks all connections; null where there are none to break. */
  readonly cut: (() => void) | null;
  /** Goes away with its port, and comes back. */
  leave(): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
};

const SHIPS = 500;
const RUBBISH = Buffer.from('\0\xff{"class":\n!AIVDM,1,1,,A,rubbish,0*00\n\\s:x\n[[[\n', 'latin1');

/** Gives every message of a station another ship or place, so that none is a repeat of another. */
function makeShips(
  first: number,
): () => { readonly mmsi: number; readonly lon: number; readonly lat: number } {
  let count = 0;
  return () => {
    const ship = count % SHIPS;
    const round = Math.floor(count++ / SHIPS);
    return { mmsi: first + ship, lon: 119 + (round % 4000) / 20_000, lat: 30 + ship / 100 };
  };
}

/** Returns a station that serves sentences by TCP. */
export async function tcpStation(name: string, first: number): Promise<Station> {
  return streamStation(name, { kind: 'nmea-tcp' }, first, ({ mmsi, lon, lat }) =>
    sentence(mmsi, { lon, lat }),
  );
}

/** Returns a station that serves gpsd's JSON by TCP. */
export async function gpsdStation(name: string, first: number): Promise<Station> {
  return streamStation(name, { kind: 'gpsd' }, first, ({ mmsi, lon, lat }) => {
    const line = { class: 'AIS', type: 1, mmsi, scaled: true, lon, lat, speed: 8 };
    return `${JSON.stringify(line)}\n`;
  });
}

async function streamStation(
  name: string,
  config: Readonly<Record<string, unknown>>,
  first: number,
  lineOf: (ship: ReturnType<ReturnType<typeof makeShips>>) => string,
): Promise<Station> {
  const next = makeShips(first);
  const clients = new Set<Socket>();
  let server: Server = createTcp();
  let port = 0;
  let sent = 0;
  const listen = async (): Promise<void> => {
    server = createTcp((socket) => {
      clients.add(socket);
      socket.on('error', () => undefined).on('close', () => clients.delete(socket));
      socket.resume();
    });
    server.listen(port, HOST);
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const cut = (): void => {
    for (const socket of clients) socket.destroy();
  };
  const leave = async (): Promise<void> => {
    cut();
    server.close();
    await once(server, 'close');
  };
  await listen();
  return {
    name,
    config: { name, ...config, host: HOST, port },
    get sent() {
      return sent;
    },
    send(messages) {
      if (clients.size === 0) return;
      const text = Array.from({ length: messages }, () => lineOf(next())).join('');
      for (const socket of clients) socket.write(text);
      sent += messages;
    },
    rubbish() {
      for (const socket of clients) socket.write(RUBBISH);
    },
    cut,
    leave,
    back: listen,
    close: leave,
  };
}

/** Returns a station that sends datagrams. */
export async function udpStation(name: string, first: number): Promise<Station> {
  const next = makeShips(first);
  const probe = createSocket('udp4');
  probe.bind(0, HOST);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  const socket = createSocket('udp4');
  let isHere = true;
  let sent = 0;
  return {
    name,
    config: { name, kind: 'nmea-udp', port },
    get sent() {
      return sent;
    },
    send(messages) {
      if (!isHere) return;
      for (let i = 0; i < messages; i++) {
        const { mmsi, lon, lat } = next();
        socket.send(sentence(mmsi, { lon, lat }), port, HOST);
      }
      sent += messages;
    },
    rubbish() {
      socket.send(RUBBISH, port, HOST);
    },
    cut: null,
    leave() {
      isHere = false;
      return Promise.resolve();
    },
    back() {
      isHere = true;
      return Promise.resolve();
    },
    close() {
      socket.close();
      return Promise.resolve();
    },
  };
}

/** Returns a station that serves aisstream.io's envelopes by WebSocket. */
export async function aisstreamStation(name: string, first: number): Promise<Station> {
  const next = makeShips(first);
  let port = 0;
  let sent = 0;
  let server: WebSocketServer;
  const listen = async (): Promise<void> => {
    server = new WebSocketServer({ host: HOST, port });
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const cut = (): void => {
    for (const client of server.clients) client.terminate();
  };
  const leave = async (): Promise<void> => {
    cut();
    const closed = once(server, 'close');
    server.close();
    await closed;
  };
  await listen();
  return {
    name,
    config: {
      name,
      kind: 'aisstream',
      url: `ws://${HOST}:${port}`,
      apiKey: { env: 'SOAK_KEY' },
      boxes: [[100, 0, 140, 50]],
    },
    get sent() {
      return sent;
    },
    send(messages) {
      if (server.clients.size === 0) return;
      for (let i = 0; i < messages; i++) {
        const { mmsi, lon, lat } = next();
        const body = { UserID: mmsi, Longitude: lon, Latitude: lat, MessageID: 1, Valid: true };
        const time = `${new Date().toISOString().replace('T', ' ').replace('Z', '')} +0000 UTC`;
        const meta = { MMSI: mmsi, time_utc: time };
        const frame = JSON.stringify({
          MessageType: 'PositionReport',
          MetaData: meta,
          Message: { PositionReport: body },
        });
        for (const client of server.clients) client.send(frame);
      }
      sent += messages;
    },
    rubbish() {
      for (const client of server.clients) client.send(RUBBISH);
    },
    cut,
    leave,
    back: listen,
    close: leave,
  };
}

/** Returns a broker that sends Digitraffic's messages by MQTT. */
export async function mqttStation(name: string, first: number): Promise<Station> {
  const next = makeShips(first);
  const clients = new Set<Socket>();
  let port = 0;
  let sent = 0;
  let server: Server;
  let broker: Aedes;
  const listen = async (): Promise<void> => {
    broker = await Aedes.createBroker();
    server = createTcp((socket) => {
      clients.add(socket);
      socket.on('error', () => undefined).on('close', () => clients.delete(socket));
      broker.handle(socket);
    });
    server.listen(port, HOST);
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const publish = (topic: string, payload: Buffer): void => {
    broker.publish({ cmd: 'publish', qos: 0, retain: false, dup: false, topic, payload }, () => undefined);
  };
  const cut = (): void => {
    for (const socket of clients) socket.destroy();
  };
  const leave = async (): Promise<void> => {
    cut();
    server.close();
    await once(server, 'close');
    await new Promise<void>((resolve) => {
      broker.close(() => resolve());
    });
  };
  await listen();
  return {
    name,
    config: { name, kind: 'digitraffic-mqtt', url: `mqtt://${HOST}:${port}` },
    get sent() {
      return sent;
    },
    send(messages) {
      if (clients.size === 0) return;
      for (let i = 0; i < messages; i++) {
        const { mmsi, lon, lat } = next();
        const location = { time: Math.floor(Date.now() / 1000), lon, lat, sog: 8 };
        publish(`vessels-v2/${mmsi}/location`, Buffer.from(JSON.stringify(location)));
      }
      sent += messages;
    },
    rubbish() {
      publish('vessels-v2/230000001/location', RUBBISH);
    },
    cut,
    leave,
    back: listen,
    close: leave,
  };
}
