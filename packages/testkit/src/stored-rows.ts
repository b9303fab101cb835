import type pg from 'pg';
import type { EventVersionTable } from '@offing/store';

type Row = Readonly<Record<string, unknown>>;

/** What an event is unless a test says otherwise. */
const EVENT: Row = {
  version: 1,
  type: 'transponder-gap',
  state: 'closed',
  mmsi: [445000001],
  imo_number: [],
  vessel_id: ['v1'],
  opened_at: '2016-11-05T15:40:00Z',
  closed_at: '2016-11-06T18:45:00Z',
  lon: 120.28,
  lat: 37.72,
  port_id: null,
  port_name: null,
  port_country: null,
  verdict: 'silent',
  confidence: 0.8,
  severity: 'medium',
  nexus: false,
  sentence: 'No position was received for 27 h.',
  evidence: { silentH: 27.08, thresholdH: 6 },
  innocent: ['A fault of the transponder.'],
  feeds: ['demo'],
  synthetic: false,
  rule_version: 1,
  rule_params: { thresholdH: 6 },
  reference: { gazetteer: '2026-01-01' },
  reason: null,
  known_since: '2016-11-06T18:45:00Z',
};

const JSON_COLUMNS = new Set(['evidence', 'rule_params', 'reference', 'summary']);
const EVENT_COLUMNS =
  'event_id version type state mmsi imo_number vessel_id opened_at closed_at lon lat port_id port_name port_country verdict confidence severity nexus feeds synthetic known_since change_seq';

/** Puts rows into a database as the engine would, each test saying only what it cares about. */
export type Rows = {
  /** Adds a version of an event (its number follows), makes it the newest, and returns its change number. */
  event(
    eventId: string,
    fields?: Partial<Record<keyof EventVersionTable, unknown>>,
    options?: { readonly alert?: boolean },
  ): Promise<number>;
  vessel(vesselId: string, mmsi: number, fields?: Row): Promise<void>;
  position(mmsi: number, at: string, fields?: Row): Promise<void>;
  report(mmsi: number, at: string, fields?: Row): Promise<void>;
  feed(feedId: number, name: string, fields?: Row): Promise<void>;
  designation(id: string, fields?: Row): Promise<void>;
  insert(table: string, row: Row): Promise<void>;
  watermark(at: string): Promise<void>;
};

/** Returns a builder on a connection. The alert of event `e7` is `a7`. */
export function makeRows(client: pg.Pool): Rows {
  let changes = 0;
  const versions = new Map<string, number>();
  const insert = async (table: string, row: Row) => {
    const names = Object.keys(row);
    const values = names.map((name) => (JSON_COLUMNS.has(name) ? JSON.stringify(row[name]) : row[name]));
    const places = names.map((_, index) => `$${index + 1}`).join(', ');
    await client.query(`insert into ${table} (${names.join(', ')}) values (${places})`, values);
  };
  return {
    insert,
    async event(eventId, fields = {}, { alert = true } = {}) {
      const version = (versions.get(eventId) ?? 0) + 1;
      versions.set(eventId, version);
      changes += 1;
      const row: Row = { ...EVENT, event_id: eventId, version, change_seq: changes, ...fields };
      await insert('event_version', row);
      if (version === 1) {
        const short = EVENT_COLUMNS.split(' ').map((name) => [name, row[name]] as const);
        await insert('event', Object.fromEntries(short));
        if (alert) await insert('alert', { alert_id: eventId.replace('e', 'a'), event_id: eventId });
      } else {
        const sets = EVENT_COLUMNS.split(' ').map((name, index) => `${name} = $${index + 2}`);
        const values = EVENT_COLUMNS.split(' ').map((name) => row[name]);
        await client.query(`update event set ${sets.join(', ')} where event_id = $1`, [eventId, ...values]);
      }
      await client.query('update engine_state set change_seq = $1', [changes]);
      return changes;
    },
    vessel: (vesselId, mmsi, fields = {}) =>
      insert('vessel', {
        vessel_id: vesselId,
        mmsi,
        hull: 0,
        anchor_at: '2016-11-01T00:00:00Z',
        anchor_lon_e7: 1_200_000_000,
        anchor_lat_e7: 370_000_000,
        first_at: '2016-11-01T00:00:00Z',
        last_at: '2016-11-07T00:00:00Z',
        last_lon_e7: 1_203_000_000,
        last_lat_e7: 377_000_000,
        positions: 10,
        ais_class: 1,
        feed_ids: [1],
        synthetic: false,
        ...fields,
      }),
    position: (mmsi, at, fields = {}) =>
      insert('position', {
        mmsi,
        at,
        lon_e7: 1_202_800_000,
        lat_e7: 377_200_000,
        message_type: 1,
        ais_class: 1,
        receiver_kind: 1,
        feed_id: 1,
        hull: 0,
        ...fields,
      }),
    report: (mmsi, at, fields = {}) =>
      insert('static_report', {
        mmsi,
        at,
        content_key: JSON.stringify(fields),
        message_type: 5,
        ais_class: 1,
        feed_id: 1,
        ...fields,
      }),
    feed: (feedId, name, fields = {}) => insert('feed', { feed_id: feedId, name, ...fields }),
    designation: (id, fields = {}) =>
      insert('designation', {
        designation_id: id,
        list: 'UN',
        ship_name: 'Jin Teng',
        designated_on: '2016-03-02',
        known_since: '2016-03-02T00:00:00Z',
        source: 'https://example.org/list',
        ...fields,
      }),
    async watermark(at) {
      await client.query('update engine_state set watermark = $1', [at]);
    },
  };
}
