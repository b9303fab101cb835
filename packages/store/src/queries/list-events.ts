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

/** Which version of which event stands in a place of a list of alerts. */
export type AlertPlace = EventMark & { readonly version: number };

/**
 * Returns a page of alerts, newest opening first, by the events and versions that they show alone: see `alertsAt` for what they
 * say. An event that has no alert stands there, too, and `alertsAt` leaves it out: to look each one up here would cost as
 * much again as all the rest.
 */
export async function listAlertPlaces(
  reader: Reader,
  filter: EventFilter,
  page: EventPage,
): Promise<readonly AlertPlace[]> {
  const table = sql.raw(filter.asOf === undefined ? 'event' : 'event_version');
  const columns = sql`${keyOf(filter)} as event_id, ${table}.version, (extract(epoch from ${openedOf(filter)}) * 1000)::float8 as opened_ms`;
  const places = pageSql(columns, filter, page, placesKnownAt(filter));
  // One row of text is read in a third of the time that fifty take.
  const query = sql<{ places: string | null }>`
    select string_agg(concat_ws(' ', event_id, version, opened_ms), ',') as places from (${places}) as page`;
  const [row] = await runPrepared(reader, query.compile(reader.db));
  return row.places === null ? [] : row.places.split(',').map(placeOf);
}

function placeOf(text: string): AlertPlace {
  const [eventId, version, openedAt] = text.split(' ');
  return { eventId, version: Number(version), openedAt: Number(openedAt) };
}

/** Returns these versions of alerts, in no order. A version never changes: what was read once need not be read again. */
export async function alertsAt(
  reader: Reader,
  places: readonly AlertPlace[],
): Promise<readonly AlertRecord[]> {
  const query = sql<EventRow & { alert_id: string }>`
    select ${sql.join(EVENT_COLUMNS.map((column) => sql.ref(column)))}, alert.alert_id
    from unnest(${places.map(({ eventId }) => eventId)}::text[], ${places.map(({ version }) => version)}::int[])
        as wanted (event_id, version)
      join alert on alert.event_id = wanted.event_id
      join event_version on event_version.event_id = wanted.event_id and event_version.version = wanted.version`;
  return (await runPrepared(reader, query.compile(reader.db))).map(alertRecord);
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
  const alertJoin = shape === 'alert' ? sql`join alert on alert.event_id = ${keyOf(filter)}` : sql``;
  const source = sql`${versionsKnownAt(filter.asOf)} ${alertJoin}`;
  const query = pageSql(sql`${columns}${alertColumn}`, filter, page, source);
  return sql<EventRow & { alert_id: string }>`${query}`.compile(reader.db);
}

function pageSql(
  columns: RawBuilder<unknown>,
  filter: EventFilter,
  page: EventPage | undefined,
  source: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const conditions = [...eventConditions(filter), ...behind(page?.after, filter)];
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const limit = page === undefined ? sql`` : sql`limit ${page.limit}`;
  return sql`
    select ${columns} from ${source} ${where}
    order by ${openedOf(filter)} desc, ${keyOf(filter)} ${limit}`;
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
