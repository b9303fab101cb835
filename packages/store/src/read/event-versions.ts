import type { UnnumberedVersion } from '@offing/alerts';
import type pg from 'pg';
import { translationsOfRow } from '../queries/event-record.ts';

/** An event at its newest version, and at the version that was known at an earlier instant (null: none was). */
export type StoredEventPair = {
  readonly newest: UnnumberedVersion;
  readonly atSnapshot: UnnumberedVersion | null;
};

/** Returns by id the events that were told, or told anew, after an instant (ms; -Infinity for all). */
export async function eventsToldAfter(
  client: pg.ClientBase,
  after: number,
): Promise<Map<string, StoredEventPair>> {
  const since = after === -Infinity ? '-infinity' : new Date(after).toISOString();
  const newest = await client.query<Row>(
    `select v.*, a.alert_id from event_version v
     join event e using (event_id, version) join alert a using (event_id)
     where e.known_since > $1::timestamptz order by v.change_seq`,
    [since],
  );
  const earlier = await client.query<Row>(
    `select distinct on (v.event_id) v.*, a.alert_id from event_version v join alert a using (event_id)
     where v.event_id = any($2::text[]) and v.known_since <= $1::timestamptz
     order by v.event_id, v.version desc`,
    [since, newest.rows.map((row) => row.event_id)],
  );
  const before = new Map(earlier.rows.map((row) => [row.event_id, versionOf(row)]));
  return new Map(
    newest.rows.map((row) => [
      row.event_id,
      { newest: versionOf(row), atSnapshot: before.get(row.event_id) ?? null },
    ]),
  );
}

type Row = {
  event_id: string;
  alert_id: string;
  type: UnnumberedVersion['type'];
  state: UnnumberedVersion['state'];
  mmsi: number[];
  imo_number: number[];
  vessel_id: string[];
  opened_at: Date;
  closed_at: Date | null;
  lon: number;
  lat: number;
  port_id: string | null;
  port_name: string;
  port_country: string;
  verdict: UnnumberedVersion['verdict'];
  confidence: number;
  severity: UnnumberedVersion['severity'];
  nexus: boolean;
  sentence: string;
  sentence_zh: string | null;
  sentence_ko: string | null;
  evidence: UnnumberedVersion['evidence'];
  innocent: string[];
  feeds: string[];
  synthetic: boolean;
  rule_version: number;
  rule_params: UnnumberedVersion['ruleParams'];
  reference: UnnumberedVersion['reference'];
  reason: string | null;
  known_since: Date;
};

function versionOf(row: Row): UnnumberedVersion {
  return {
    type: row.type,
    change: row.state === 'open' ? 'revised' : row.state,
    openedAt: row.opened_at.getTime(),
    closedAt: row.closed_at?.getTime() ?? null,
    lon: row.lon,
    lat: row.lat,
    port: row.port_id === null ? null : { id: row.port_id, name: row.port_name, country: row.port_country },
    verdict: row.verdict,
    confidence: row.confidence,
    nexus: row.nexus,
    evidence: row.evidence,
    feeds: row.feeds,
    synthetic: row.synthetic,
    ruleVersion: row.rule_version,
    ruleParams: row.rule_params,
    reason: row.reason,
    knownSince: row.known_since.getTime(),
    eventId: row.event_id,
    alertId: row.alert_id,
    state: row.state,
    mmsi: row.mmsi,
    imoNumber: row.imo_number,
    vesselId: row.vessel_id,
    severity: row.severity,
    sentence: row.sentence,
    translations: translationsOfRow(row),
    innocent: row.innocent,
    reference: row.reference,
  };
}
