import { sql, type RawBuilder } from 'kysely';
import {
  alertRecord,
  EVENT_COLUMNS,
  instantParameter,
  type AlertRecord,
  type EventRow,
} from './event-record.ts';
import { alertsAt } from './list-events.ts';
import type { Reader } from './reader.ts';

/** What a version did to an alert that had been told: took it back, corrected it for a reason, or told how it went on. */
export type CorrectionKind = 'retracted' | 'corrected' | 'extended';

/** Which corrections are wanted; what is absent does not restrict. Instants in ms of event time. */
export type CorrectionFilter = {
  readonly from?: number;
  readonly to?: number;
  readonly kinds?: readonly CorrectionKind[];
  readonly types?: readonly string[];
  readonly synthetic?: boolean;
  /** Those of alerts that this vessel takes part in. */
  readonly vesselId?: string;
  /** Those known at this instant. */
  readonly asOf?: number;
};

/** A later version of an alert beside the one before it. */
export type CorrectionRecord = {
  readonly kind: CorrectionKind;
  /** Its place in the order in which everyone is told. */
  readonly changeSeq: number;
  /** When it was written down here, wall clock, ms. */
  readonly recordedAt: number;
  readonly before: AlertRecord;
  readonly after: AlertRecord;
};

type Row = EventRow & {
  alert_id: string;
  change_seq: string;
  recorded_at: Date;
  kind: CorrectionKind;
};

/**
 * Returns the revisions and retractions of alerts, last told first, behind a place when it is given. That an alert ended is
 * none, unless a reason says that it corrects what was told.
 */
export async function listCorrections(
  reader: Reader,
  filter: CorrectionFilter,
  page: { readonly limit: number; readonly before?: number },
): Promise<readonly CorrectionRecord[]> {
  const columns = sql.join(EVENT_COLUMNS.map((column) => sql.ref(column)));
  const { rows } = await sql<Row>`
    select ${columns}, alert.alert_id, event_version.change_seq, event_version.recorded_at, ${KIND} as kind
    from event_version join alert on alert.event_id = event_version.event_id
    where ${sql.join(conditionsOf(filter, page.before), sql` and `)}
    order by event_version.change_seq desc limit ${page.limit}`.execute(reader.db);
  const before = await versionsBefore(reader, rows);
  return rows.flatMap((row) => {
    const earlier = before.get(`${row.event_id} ${row.version - 1}`);
    if (earlier === undefined) return [];
    return [
      {
        kind: row.kind,
        changeSeq: Number(row.change_seq),
        recordedAt: row.recorded_at.getTime(),
        before: earlier,
        after: alertRecord(row),
      },
    ];
  });
}

const KIND = sql<CorrectionKind>`case when event_version.state = 'retracted' then 'retracted'
  when event_version.reason is not null then 'corrected' else 'extended' end`;

function conditionsOf(filter: CorrectionFilter, before: number | undefined): RawBuilder<boolean>[] {
  const { from, to, kinds, types, synthetic, vesselId, asOf } = filter;
  const conditions = [
    sql<boolean>`event_version.version > 1`,
    sql<boolean>`(event_version.state <> 'closed' or event_version.reason is not null)`,
  ];
  if (before !== undefined) conditions.push(sql`event_version.change_seq < ${before}`);
  if (from !== undefined) conditions.push(sql`event_version.known_since >= ${instantParameter(from)}`);
  if (to !== undefined) conditions.push(sql`event_version.known_since <= ${instantParameter(to)}`);
  if (kinds !== undefined) conditions.push(sql`${KIND} = any(${kinds}::text[])`);
  if (types !== undefined) conditions.push(sql`event_version.type = any(${types}::text[])`);
  if (synthetic !== undefined) conditions.push(sql`event_version.synthetic = ${synthetic}`);
  if (asOf !== undefined) conditions.push(sql`event_version.known_since <= ${instantParameter(asOf)}`);
  if (vesselId !== undefined) {
    conditions.push(sql`event_version.event_id in (select event_id from event
      where vessel_id @> array[${vesselId}::text])`);
  }
  return conditions;
}

async function versionsBefore(
  reader: Reader,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, AlertRecord>> {
  if (rows.length === 0) return new Map();
  const places = rows.map((row) => ({
    eventId: row.event_id,
    version: row.version - 1,
    openedAt: row.opened_at.getTime(),
  }));
  const found = await alertsAt(reader, places);
  return new Map(found.map((alert) => [`${alert.eventId} ${alert.version}`, alert]));
}
