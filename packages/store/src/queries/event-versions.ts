import type { Reader } from './reader.ts';
import {
  alertRecord,
  EVENT_COLUMNS,
  eventRecord,
  type AlertRecord,
  type EventRecord,
} from './event-record.ts';

/**
 * Returns all versions of an event that were known at `asOf` (default: all), oldest first; an alias finds its event;
 * empty when there is none.
 */
export async function eventVersions(
  reader: Reader,
  eventId: string,
  asOf?: number,
): Promise<readonly EventRecord[]> {
  let query = reader.db
    .selectFrom('event_version')
    .select(EVENT_COLUMNS)
    .where(({ eb, selectFrom }) =>
      eb(
        'event_version.event_id',
        '=',
        eb.fn.coalesce(
          selectFrom('event_alias').select('event_alias.event_id').where('alias_id', '=', eventId),
          eb.val(eventId),
        ),
      ),
    )
    .orderBy('event_version.version');
  if (asOf !== undefined) query = query.where('event_version.known_since', '<=', new Date(asOf));
  return (await query.execute()).map(eventRecord);
}

/** Returns all versions behind an alert that were known at `asOf` (default: all), oldest first; empty when there is none. */
export async function alertVersions(
  reader: Reader,
  alertId: string,
  asOf?: number,
): Promise<readonly AlertRecord[]> {
  let query = reader.db
    .selectFrom('alert')
    .innerJoin('event_version', 'event_version.event_id', 'alert.event_id')
    .select([...EVENT_COLUMNS, 'alert.alert_id'])
    .where('alert.alert_id', '=', alertId)
    .orderBy('event_version.version');
  if (asOf !== undefined) query = query.where('event_version.known_since', '<=', new Date(asOf));
  return (await query.execute()).map(alertRecord);
}
