import type { Readable } from 'node:stream';
import { aishubAnswer, type FormatId } from '@offing/feeds';
import { accessToken } from './access-token.ts';
import type { Connect } from './connection.ts';
import { httpListener, httpPoll, httpStream } from './http-source.ts';
import type { Box, LiveKind, LiveSource } from './live-source.ts';
import { mqttClient } from './mqtt-client.ts';
import { streamSource, tcpClient, tcpListener, udpListener } from './sockets.ts';
import { checkAisstream, webSocketClient } from './web-socket.ts';

/** Unscaled reports: scaled ones round positions of type 27 to 0.1 degrees (gpsd_json(5)). */
const GPSD_WATCH = '?WATCH={"enable":true,"json":true,"scaled":false};\n';
/** Deltas of all ships as they come; without it a server sends its own ship only (Signal K 1.7, "Subscription protocol"). */
const SIGNALK_SUBSCRIBE = JSON.stringify({
  context: 'vessels.*',
  subscribe: [{ path: '*', policy: 'instant', format: 'delta' }],
});

/** The wire format of each kind of source. */
export const FORMAT_OF: Readonly<Record<LiveKind, FormatId>> = {
  'nmea-tcp': 'nmea',
  'nmea-tcp-listener': 'nmea',
  'nmea-udp': 'nmea',
  'nmea-stdin': 'nmea',
  aisstream: 'aisstream',
  'digitraffic-mqtt': 'digitraffic',
  'digitraffic-rest': 'digitraffic',
  barentswatch: 'barentswatch',
  aishub: 'aishub',
  gpsd: 'gpsd',
  'ais-catcher-http': 'ais-catcher',
  'ais-catcher-udp': 'ais-catcher',
  signalk: 'signalk',
};

/** Returns what connects to a source. */
export function connectSource(source: LiveSource, stdin: Readable = process.stdin): Connect {
  switch (source.kind) {
    case 'nmea-tcp':
      return tcpClient(source.host, source.port);
    case 'nmea-tcp-listener':
      return tcpListener(source.host, source.port);
    case 'nmea-udp':
    case 'ais-catcher-udp':
      return udpListener(source.host, source.port);
    case 'nmea-stdin':
      return streamSource(stdin);
    case 'gpsd':
      return tcpClient(source.host, source.port, GPSD_WATCH);
    case 'ais-catcher-http':
      return httpListener(source.host, source.port);
    case 'aisstream':
      return aisstream(source);
    case 'digitraffic-mqtt':
      return mqttClient(source.url, ['vessels-v2/+/location', 'vessels-v2/+/metadata']);
    case 'digitraffic-rest':
      return digitrafficRest(source);
    case 'barentswatch':
      return barentswatch(source);
    case 'aishub':
      return aishub(source);
    case 'signalk':
      return signalk(source);
  }
}

type Of<Kind extends LiveKind> = Extract<LiveSource, { readonly kind: Kind }>;

/** The subscription must arrive within three seconds of the connection (aisstream.io, "Documentation"). */
function aisstream({ url, apiKey, boxes, mmsi }: Of<'aisstream'>): Connect {
  const hello = {
    APIKey: apiKey.value,
    BoundingBoxes: boxes.map(({ south, west, north, east }) => [
      [south, west],
      [north, east],
    ]),
    ...(mmsi.length === 0 ? {} : { FiltersShipMMSI: mmsi.map(String) }),
  };
  return webSocketClient({ url, hello: JSON.stringify(hello), check: checkAisstream });
}

function digitrafficRest({ url, everyS }: Of<'digitraffic-rest'>): Connect {
  const base = url.replace(/\/$/, '');
  return httpPoll({
    urls: [`${base}/api/ais/v1/locations`, `${base}/api/ais/v1/vessels`],
    everyMs: everyS * 1000,
    // The terms of use ask clients to name themselves.
    headers: { 'digitraffic-user': 'offing', accept: 'application/json' },
  });
}

function barentswatch({ url, tokenUrl, clientId, clientSecret }: Of<'barentswatch'>): Connect {
  const token = accessToken({ tokenUrl, clientId, clientSecret: clientSecret.value, scope: 'ais' });
  const makeHeaders = async (signal: AbortSignal) => ({
    authorization: `Bearer ${await token.get(signal)}`,
    accept: 'application/json',
  });
  return httpStream(url, makeHeaders, () => {
    token.forget();
  });
}

function aishub({ url, username, format, box, everyS }: Of<'aishub'>): Connect {
  const query = new URLSearchParams({
    username: username.value,
    format: String(format),
    output: 'json',
    compress: '0',
    ...(box === null ? {} : boxQuery(box)),
  });
  return httpPoll({ urls: [`${url}?${query.toString()}`], everyMs: everyS * 1000, judge: aishubAnswer });
}

function boxQuery({ south, west, north, east }: Box): Record<string, string> {
  return { latmin: String(south), latmax: String(north), lonmin: String(west), lonmax: String(east) };
}

function signalk({ url, token }: Of<'signalk'>): Connect {
  return webSocketClient({
    url: `${url.replace(/\/$/, '')}/signalk/v1/stream?subscribe=none`,
    ...(token === null ? {} : { headers: { authorization: `Bearer ${token.value}` } }),
    hello: SIGNALK_SUBSCRIBE,
  });
}
