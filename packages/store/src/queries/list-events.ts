import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import { eventConditions, placesKnownAt, versionsKnownAt, type EventFilter } from './event-filter.ts';
import {
  alertRecord,
  EVENT_COLUMNS,
  eventRecord,
  instantParameter,
  type AlertRecord,
  type EventRecord,
  type EventRow,
} from './event-record.ts';
import { runPrepared } from './prepared.ts';
import { readRows, type Reader } from './reader.ts';

/** The last item of a page: the next page begins behind it. */
export type EventMark = { readonly openedAt: number; readonly eventId: string };

/** A page to read: so many items behind a mark, newest opening first, equal openings by event id. */
export type EventPage = { readonly limit: number; readonly after?: EventMark };

type Shape = 'event' | 'alert';

/** Returns a page of events, newest opening first. */
export async function listEvents(
  reader: Reader,
  filter: EventFilter,
  page: EventPage,
): Promise<readonly EventRecord[]> {
  const { rows } = await reader.db.executeQuery(eventQuery(reader, 'event', filter, page));
  return rows.map(eventRecord);
}

/** Returns a page of alerts, newest opening first. */
export async function listAlerts(
  reader: Reader,
  filter: EventFilter,
  page: EventPage,
): Promise<readonly AlertRecord[]> {
  const { rows } = await reader.db.executeQuery(eventQuery(reader, 'alert', filter, page));
  return rows.map(alertRecord);
}

/** Which version of which alert stands in a place of a list. */
export type AlertPlace = EventMark & { readonly alertId: string; readonly version: number };

/** Returns a page of alerts, newest opening first, by their ids and versions alone: see `alertsAt` for what they say. */
export async function listAlertPlaces(
  reader: Reader,
  filter: EventFilter,
  page: EventPage,
): Promise<readonly AlertPlace[]> {
  const table = sql.raw(filter.asOf === undefined ? 'event' : 'event_version');
  const columns = sql`${keyOf(filter)} as event_id, ${table}.version, (extract(epoch from ${openedOf(filter)}) * 1000)::float8 as opened_ms`;
  const rows = await runPrepared(
    reader,
    pageQuery<PlaceRow>(
      reader,
      'alert',
      sql`${columns}, alert.alert_id`,
      filter,
      page,
      placesKnownAt(filter),
    ),
  );
  return rows.map((row) => ({
    alertId: row.alert_id,
    eventId: row.event_id,
    version: row.version,
    openedAt: row.opened_ms,
  }));
}

type PlaceRow = { event_id: string; version: number; opened_ms: number; alert_id: string };

/** Returns these versions of alerts, in no order. A version never changes: what was read once need not be read again. */
export async function alertsAt(
  reader: Reader,
  places: readonly AlertPlace[],
): Promise<readonly AlertRecord[]> {
  const query = sql<EventRow & { alert_id: string }>`
    select ${sql.join(EVENT_COLUMNS.map((column) => sql.ref(column)))}, wanted.alert_id
    from unnest(${places.map(({ eventId }) => eventId)}::text[], ${places.map(({ version }) => version)}::int[],
        ${places.map(({ alertId }) => alertId)}::text[]) as wanted (event_id, version, alert_id)
      join event_version on event_version.event_id = wanted.event_id and event_version.version = wanted.version`;
  return (await runPrepared(reader, query.compile(reader.db))).map(alertRecord);
}

/** Returns how many alerts a filter finds, counted up to a limit. */
export async function countAlerts(reader: Reader, filter: EventFilter, most: number): Promise<number> {
  const conditions = eventConditions(filter);
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const query = sql<{ n: number }>`
    select count(*)::int as n from (
      select from ${placesKnownAt(filter)} join alert on alert.event_id = ${keyOf(filter)} ${where}
      limit ${most}) as found`.compile(reader.db);
  const { rows } = await reader.db.executeQuery(query);
  return rows[0].n;
}

/** Yields all events of a filter from one snapshot, newest opening first; for exports. */
export async function* streamEvents(reader: Reader, filter: EventFilter): AsyncGenerator<EventRecord> {
  for await (const row of readRows(reader, eventQuery(reader, 'event', filter))) yield eventRecord(row);
}

/** Yields all alerts of a filter from one snapshot, newest opening first; for exports. */
export async function* streamAlerts(reader: Reader, filter: EventFilter): AsyncGenerator<AlertRecord> {
  for await (const row of readRows(reader, eventQuery(reader, 'alert', filter))) yield alertRecord(row);
}

function eventQuery(
  reader: Reader,
  shape: Shape,
  filter: EventFilter,
  page?: EventPage,
): CompiledQuery<EventRow & { alert_id: string }> {
  const columns = sql.join(EVENT_COLUMNS.map((column) => columnOf(column, filter)));
  const alertColumn = shape === 'alert' ? sql`, alert.alert_id` : sql``;
  return pageQuery(reader, shape, sql`${columns}${alertColumn}`, filter, page);
}

function pageQuery<Row>(
  reader: Reader,
  shape: Shape,
  columns: RawBuilder<unknown>,
  filter: EventFilter,
  page?: EventPage,
  source = versionsKnownAt(filter.asOf),
): CompiledQuery<Row> {
  const alertJoin = shape === 'alert' ? sql`join alert on alert.event_id = ${keyOf(filter)}` : sql``;
  const conditions = [...eventConditions(filter), ...behind(page?.after, filter)];
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const limit = page === undefined ? sql`` : sql`limit ${page.limit}`;
  return sql<Row>`
    select ${columns}
    from ${source} ${alertJoin} ${where}
    order by ${openedOf(filter)} desc, ${keyOf(filter)} ${limit}`.compile(reader.db);
}

/** Joined columns have no table of their own in SQL's `using`; the order must name those of the indexed table. */
function keyOf(filter: EventFilter): RawBuilder<unknown> {
  return sql.ref(filter.asOf === undefined ? 'event.event_id' : 'event_version.event_id');
}

function openedOf(filter: EventFilter): RawBuilder<unknown> {
  return sql.ref(filter.asOf === undefined ? 'event.opened_at' : 'event_version.opened_at');
}

function columnOf(column: (typeof EVENT_COLUMNS)[number], filter: EventFilter): RawBuilder<unknown> {
  return column === 'event_version.event_id' ? keyOf(filter) : sql.ref(column);
}

function behind(mark: EventMark | undefined, filter: EventFilter): RawBuilder<boolean>[] {
  if (mark === undefined) return [];
  const opened = openedOf(filter);
  const at = instantParameter(mark.openedAt);
  // The first half lets the index find the place, the second tells items of one instant apart.
  return [sql`(${opened} <= ${at} and (${opened} < ${at} or ${keyOf(filter)} > ${mark.eventId}::text))`];
}
