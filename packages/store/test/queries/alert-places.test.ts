import { makeRows, testDatabase, type Rows, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  alertsAt,
  type AlertRecord,
  type EventMark,
  listAlertPlaces,
  listAlerts,
  openReader,
  type EventFilter,
  type Reader,
} from '../../src/index.ts';

let database: TestDatabase;
let pool: pg.Pool;
let rows: Rows;
let reader: Reader;

beforeAll(async () => {
  database = await testDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  rows = makeRows(pool);
  reader = openReader({ databaseUrl: database.url });
  for (let n = 0; n < 12; n++) {
    await rows.event(`e_${n}`, {
      opened_at: `2016-11-0${1 + (n % 4)}T0${n % 3}:00:00.123Z`,
      severity: n % 2 === 0 ? 'high' : 'low',
      type: n % 3 === 0 ? 'hovering' : 'transponder-gap',
      lon: 118 + n,
      nexus: n % 5 === 0,
      feeds: n % 4 === 0 ? ['other'] : ['demo'],
      port_id: n % 4 === 1 ? 'CNLKU' : null,
      port_name: n % 4 === 1 ? 'Longkou' : null,
    });
  }
  await rows.event('e_3', { severity: 'critical', known_since: '2016-12-01T00:00:00Z' });
  await rows.event('e_none', {}, { alert: false });
}, 120_000);

afterAll(async () => {
  await reader.close();
  await pool.end();
  await database.close();
});

const FILTERS: readonly EventFilter[] = [
  {},
  { severities: ['high', 'critical'] },
  { types: ['hovering'], states: ['closed'] },
  { box: { west: 120, south: 30, east: 125, north: 40 } },
  {
    polygon: [
      [118, 30],
      [124, 30],
      [124, 40],
      [118, 40],
    ],
  },
  { port: 'longkou' },
  { nexus: true },
  { feed: 'other' },
  { from: Date.UTC(2016, 10, 2), to: Date.UTC(2016, 10, 3) },
  { asOf: Date.UTC(2016, 10, 7) },
  { asOf: Date.UTC(2016, 10, 7), severities: ['low'] },
  { confidence: 0.9 },
];

/** All alerts in the places that pages of so many lead through, and how many places there were. */
async function walked(filter: EventFilter, limit: number) {
  const alerts: AlertRecord[] = [];
  let places = 0;
  for (let after: EventMark | undefined; ;) {
    const page = await listAlertPlaces(reader, filter, { limit, ...(after === undefined ? {} : { after }) });
    const read = new Map((await alertsAt(reader, page)).map((alert) => [alert.eventId, alert]));
    for (const { eventId, version, openedAt } of page) {
      const alert = read.get(eventId);
      if (alert === undefined) continue;
      expect(alert).toMatchObject({ version, openedAt });
      alerts.push(alert);
    }
    places += page.length;
    after = page.at(-1);
    if (after === undefined) return { alerts, places };
  }
}

it.each(FILTERS)('finds the alerts of %j in the order of the list, page by page', async (filter) => {
  const listed = await listAlerts(reader, filter, { limit: 100 });
  for (const limit of [5, 100]) expect((await walked(filter, limit)).alerts).toEqual(listed);
});

it('has a place for an event without an alert, which shows nothing', async () => {
  expect(await walked({}, 5)).toMatchObject({ places: 13, alerts: { length: 12 } });
  expect(await listAlertPlaces(reader, { mmsi: [1] }, { limit: 5 })).toEqual([]);
});
