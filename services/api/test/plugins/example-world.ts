import { watchFilterOf } from '../../src/shapes/watchlist.ts';
import { PORTS, type TestApi } from '../api.ts';

const AT = '2016-11-05T15:40:00Z';
const KEY = { mmsi: 445000001, at: AT, lon_e7: 1_202_800_000, lat_e7: 377_200_000 };
const TOKEN = 'abcdefghijklmnopqrstuvwxyz012345';
const SHA256 = '4c93b8d4225f8774e568d45f951cf3ed2c6e57310490949a161789eea8c2cacd';

/** The owner of what the examples of watchlists name. */
export const EXAMPLE_OWNER = 'example';

/** The ports of the examples. */
export const EXAMPLE_PORTS = PORTS;

type Parameter = { name: string; in: string; schema: object; example?: unknown };

/** An operation of the OpenAPI document, as far as tests read it. */
export type Operation = {
  operationId: string;
  summary: string;
  description: string;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
type Schema = { examples?: unknown[]; properties?: { items?: { items?: Schema } } };

/** Bodies by their media type. The document shows a body that is taken beside its schema, one that is answered within it. */
export type Content = Record<string, { schema: Schema; example?: unknown }>;

/** Returns the address that the examples of an operation's path make; fails where one is missing. */
export function exampleAddress(template: string, { parameters = [] }: Operation): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((one) => one.in === 'path' && one.name === name)?.example;
    if (example === undefined) throw new Error(`${template}: {${name}} has no example`);
    return String(example);
  });
}

/** Puts into an empty database everything that an id in an example of the document names. */
export async function fillExampleWorld({ rows }: TestApi): Promise<void> {
  await rows.watermark('2016-11-30T00:00:00Z');
  await rows.feed(1, 'demo', { terms: 'CC0' });
  const vesselId = 'v0123456789abcdef0123';
  await rows.vessel(vesselId, KEY.mmsi, { ship_name: 'MADE UP' });
  // The alert of the event is a0123456789abcdef0123.
  await rows.event('e0123456789abcdef0123', { vessel_id: [vesselId] });
  const { mmsi, at, ...place } = KEY;
  await rows.position(mmsi, at, place);
  await rows.position(mmsi, '2016-11-06T18:45:00Z');
  await rows.insert('event_position', { event_id: 'e0123456789abcdef0123', ...KEY });
  const sha256 = Buffer.from(SHA256, 'hex');
  await rows.insert('raw_record', {
    sha256,
    raw: Buffer.from('!AIVDM,1,1,,A,16`b?PhP00`d?P`C8E000?v00000,0*00'),
  });
  await rows.insert('raw_copy', { ...KEY, sha256, feed_id: 1, heard_at: AT });
  await rows.designation('d1', { imo_number: 9163166 });
  await fillWatching(rows);
}

async function fillWatching(rows: TestApi['rows']): Promise<void> {
  const [watchlist_id, channel_id] = ['w0123456789abcdef0123', 'c0123456789abcdef0123'];
  const filter = JSON.stringify(watchFilterOf({ ports: ['Longkou'] }));
  const list = {
    watchlist_id,
    owner: EXAMPLE_OWNER,
    name: 'Longkou',
    filter,
    feed_token: TOKEN,
    after_seq: 0,
  };
  await rows.insert('watchlist', list);
  const webhook = {
    kind: 'webhook',
    target: 'https://hooks.example.org/offing',
    secret: 'whsec_x',
    after_seq: 0,
  };
  await rows.insert('watch_channel', { channel_id, watchlist_id, ...webhook });
  const mail = { kind: 'email', target: 'reader@example.org', unsubscribe_token: TOKEN, after_seq: 0 };
  await rows.insert('watch_channel', { channel_id: 'c_mail', watchlist_id, ...mail });
  const delivery = { delivery_id: 'msg_0123456789abcdef', channel_id, kind: 'test', change: 'test' };
  await rows.insert('delivery', delivery);
}
