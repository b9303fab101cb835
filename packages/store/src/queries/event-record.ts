import type { EventPort, EventState, Json, Severity, Translations, Verdict } from '@offing/rules';
import { sql, type ExpressionBuilder } from 'kysely';
import type { Database } from '../schema.ts';

/** One version of an event as it is read back; instants in ms since 1970 UTC. */
export type EventRecord = {
  readonly eventId: string;
  readonly version: number;
  readonly type: string;
  readonly state: EventState;
  readonly mmsi: readonly number[];
  readonly imoNumber: readonly number[];
  readonly vesselId: readonly string[];
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly lon: number;
  readonly lat: number;
  readonly port: EventPort | null;
  readonly verdict: Verdict | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly severity: Severity;
  readonly nexus: boolean;
  readonly sentence: string;
  /** The same in other languages; null for versions that were written before there were any. */
  readonly translations: Translations | null;
  readonly evidence: { readonly [key: string]: Json };
  readonly innocent: readonly string[];
  readonly feeds: readonly string[];
  readonly synthetic: boolean;
  readonly ruleVersion: number;
  readonly ruleParams: { readonly [key: string]: Json };
  readonly reference: { readonly [key: string]: Json };
  readonly reason: string | null;
  readonly knownSince: number;
};

/** A version of an event together with the id of the alert that shows it. */
export type AlertRecord = EventRecord & { readonly alertId: string };

/** The columns of `event_version` that make an EventRecord. */
export const EVENT_COLUMNS = [
  'event_version.event_id',
  'event_version.version',
  'event_version.type',
  'event_version.state',
  'event_version.mmsi',
  'event_version.imo_number',
  'event_version.vessel_id',
  'event_version.opened_at',
  'event_version.closed_at',
  'event_version.lon',
  'event_version.lat',
  'event_version.port_id',
  'event_version.port_name',
  'event_version.port_country',
  'event_version.verdict',
  'event_version.confidence',
  'event_version.severity',
  'event_version.nexus',
  'event_version.sentence',
  'event_version.sentence_zh',
  'event_version.sentence_ko',
  'event_version.evidence',
  'event_version.innocent',
  'event_version.feeds',
  'event_version.synthetic',
  'event_version.rule_version',
  'event_version.rule_params',
  'event_version.reference',
  'event_version.reason',
  'event_version.known_since',
] as const;

/** A row of EVENT_COLUMNS as the driver reads it. */
export type EventRow = {
  event_id: string;
  version: number;
  type: string;
  state: EventState;
  mmsi: number[];
  imo_number: number[];
  vessel_id: string[];
  opened_at: Date;
  closed_at: Date | null;
  lon: number;
  lat: number;
  port_id: string | null;
  port_name: string | null;
  port_country: string | null;
  verdict: Verdict | null;
  confidence: number;
  severity: Severity;
  nexus: boolean;
  sentence: string;
  sentence_zh: string | null;
  sentence_ko: string | null;
  evidence: { readonly [key: string]: Json };
  innocent: string[];
  feeds: string[];
  synthetic: boolean;
  rule_version: number;
  rule_params: { readonly [key: string]: Json };
  reference: { readonly [key: string]: Json };
  reason: string | null;
  known_since: Date;
};

/** Returns the record of a row. */
export function eventRecord(row: EventRow): EventRecord {
  return {
    eventId: row.event_id,
    version: row.version,
    type: row.type,
    state: row.state,
    mmsi: row.mmsi,
    imoNumber: row.imo_number,
    vesselId: row.vessel_id,
    openedAt: row.opened_at.getTime(),
    closedAt: row.closed_at?.getTime() ?? null,
    lon: row.lon,
    lat: row.lat,
    port: portOf(row),
    verdict: row.verdict,
    confidence: row.confidence,
    severity: row.severity,
    nexus: row.nexus,
    sentence: row.sentence,
    translations: translationsOfRow(row),
    evidence: row.evidence,
    innocent: row.innocent,
    feeds: row.feeds,
    synthetic: row.synthetic,
    ruleVersion: row.rule_version,
    ruleParams: row.rule_params,
    reference: row.reference,
    reason: row.reason,
    knownSince: row.known_since.getTime(),
  };
}

/** Returns a row's sentence in other languages; null where it has none. */
export function translationsOfRow({
  sentence_zh: zh,
  sentence_ko: ko,
}: Pick<EventRow, 'sentence_zh' | 'sentence_ko'>): Translations | null {
  return zh === null || ko === null ? null : { zh, ko };
}

/** Returns the record of a row that carries the alert's id beside the event. */
export function alertRecord(row: EventRow & { alert_id: string }): AlertRecord {
  return { ...eventRecord(row), alertId: row.alert_id };
}

function portOf(row: EventRow): EventPort | null {
  if (row.port_id === null) return null;
  return { id: row.port_id, name: row.port_name ?? row.port_id, country: row.port_country ?? '' };
}

/** The query builder's face inside a `where` over event versions. */
export type EventExpression = ExpressionBuilder<Database, 'event_version'>;

/** Returns the text of a LIKE pattern that finds `part` anywhere, its own wildcards taken literally. */
export function containsPattern(part: string): string {
  return `%${part.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** Returns an instant as a bound parameter of type timestamptz. */
export function instantParameter(atMs: number) {
  return sql<Date>`${new Date(atMs)}::timestamptz`;
}
