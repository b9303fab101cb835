import type { UnnumberedVersion } from '@offing/alerts';
import type pg from 'pg';
import { jsonOf } from './json.ts';
import { writeNamedPositions } from './named-positions.ts';

/** The newest version of an event as far as the writer must know it. */
export type EventHead = { readonly version: number; readonly knownSince: number };

/** Returns the newest versions of the events with these ids. */
export async function eventHeads(
  client: pg.ClientBase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EventHead>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{ event_id: string; version: number; known_since: Date }>(
    'select event_id, version, known_since from event where event_id = any($1::text[])',
    [ids],
  );
  return new Map(
    rows.map((row) => [row.event_id, { version: row.version, knownSince: row.known_since.getTime() }]),
  );
}

/**
 * Appends versions of events with their alerts and outbox rows, numbering them after what is there and giving each the
 * next change sequence, and notes the stored positions that they rest on. Returns the last change sequence used.
 */
export async function writeEvents(
  client: pg.ClientBase,
  versions: readonly UnnumberedVersion[],
  lastChangeSeq: number,
): Promise<number> {
  if (versions.length === 0) return lastChangeSeq;
  const heads = await eventHeads(client, [...new Set(versions.map((version) => version.eventId))]);
  const numbers = new Map([...heads].map(([id, head]) => [id, head.version]));
  let changeSeq = lastChangeSeq;
  const rows = versions.map((version) => {
    const number = (numbers.get(version.eventId) ?? 0) + 1;
    numbers.set(version.eventId, number);
    changeSeq++;
    return rowOf(version, number, changeSeq);
  });
  await client.query(INSERT_VERSIONS, [jsonOf(rows)]);
  await client.query(UPSERT_EVENTS, [jsonOf(newestOf(rows))]);
  await client.query(INSERT_ALERTS, [jsonOf(rows)]);
  await client.query(INSERT_OUTBOX, [jsonOf(rows)]);
  await writeNamedPositions(client, rows);
  return changeSeq;
}

/** Makes later versions under one id belong to an event that was first told under another. */
export async function writeAlias(client: pg.ClientBase, aliasId: string, eventId: string): Promise<void> {
  await client.query('insert into event_alias (alias_id, event_id) values ($1, $2) on conflict do nothing', [
    aliasId,
    eventId,
  ]);
}

/** Returns all aliases: the id under which the folds know an event to the id under which it is kept. */
export async function readAliases(client: pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ alias_id: string; event_id: string }>(
    'select alias_id, event_id from event_alias',
  );
  return new Map(rows.map((row) => [row.alias_id, row.event_id]));
}

type Row = ReturnType<typeof rowOf>;

function rowOf(version: UnnumberedVersion, number: number, changeSeq: number) {
  return {
    event_id: version.eventId,
    alert_id: version.alertId,
    version: number,
    type: version.type,
    change: version.change,
    state: version.state,
    mmsi: version.mmsi,
    imo_number: version.imoNumber,
    vessel_id: version.vesselId,
    opened_at: new Date(version.openedAt).toISOString(),
    closed_at: version.closedAt === null ? null : new Date(version.closedAt).toISOString(),
    lon: version.lon,
    lat: version.lat,
    port_id: version.port?.id ?? null,
    port_name: version.port?.name ?? null,
    port_country: version.port?.country ?? null,
    verdict: version.verdict,
    confidence: version.confidence,
    severity: version.severity,
    nexus: version.nexus,
    sentence: version.sentence,
    sentence_zh: version.translations?.zh ?? null,
    sentence_ko: version.translations?.ko ?? null,
    evidence: version.evidence,
    innocent: version.innocent,
    feeds: version.feeds,
    synthetic: version.synthetic,
    rule_version: version.ruleVersion,
    rule_params: version.ruleParams,
    reference: version.reference,
    reason: version.reason,
    known_since: new Date(version.knownSince).toISOString(),
    change_seq: changeSeq,
  };
}

function newestOf(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [row.event_id, row])).values()];
}

const VERSION_COLUMNS = `event_id, version, type, state, mmsi, imo_number, vessel_id, opened_at, closed_at, lon, lat,
  port_id, port_name, port_country, verdict, confidence, severity, nexus, sentence, sentence_zh, sentence_ko, evidence, innocent, feeds, synthetic,
  rule_version, rule_params, reference, reason, known_since, change_seq`;
const EVENT_COLUMNS = `event_id, version, type, state, mmsi, imo_number, vessel_id, opened_at, closed_at, lon, lat, port_id,
  port_name, port_country, verdict, confidence, severity, nexus, feeds, synthetic, known_since, change_seq`;

const INSERT_VERSIONS = `insert into event_version (${VERSION_COLUMNS})
  select ${VERSION_COLUMNS} from jsonb_populate_recordset(null::event_version, $1::jsonb)`;

const UPSERT_EVENTS = `insert into event (${EVENT_COLUMNS})
  select ${EVENT_COLUMNS} from jsonb_populate_recordset(null::event, $1::jsonb)
  on conflict (event_id) do update set ${EVENT_COLUMNS.split(',')
    .map((column) => column.trim())
    .filter((column) => column !== 'event_id')
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`;

const INSERT_ALERTS = `insert into alert (alert_id, event_id)
  select distinct alert_id, event_id from jsonb_to_recordset($1::jsonb) as told (alert_id text, event_id text)
  on conflict do nothing`;

const INSERT_OUTBOX = `insert into outbox (change_seq, alert_id, event_id, version, change)
  select change_seq, alert_id, event_id, version, change
  from jsonb_to_recordset($1::jsonb) as told (change_seq bigint, alert_id text, event_id text, version int, change text)`;
