import type { ColumnType, Generated } from 'kysely';
import type { EventState, Json, Severity, Verdict } from '@offing/rules';

/** The newest migration whose tables stand below; a database without it cannot be read. */
export const SCHEMA_MIGRATION = '0016_translations';

/** A `timestamptz` column: read as Date, written as Date or ISO text. */
type Instant = ColumnType<Date, Date | string, Date | string>;
/** A `timestamptz` column that may be null. */
type MaybeInstant = ColumnType<Date | null, Date | string | null, Date | string | null>;
/** A `bigint` column: read as decimal text, as the driver gives it. */
type BigInteger = ColumnType<string, string | number, string | number>;
/** A `date` column. The driver reads it as local midnight: select it as `::text`, never as it is. */
type Day = ColumnType<never, string, string>;
/** A `jsonb` column. */
type JsonObject = ColumnType<{ readonly [key: string]: Json }, string, string>;

/** Table `feed`. */
export type FeedTable = {
  feed_id: number;
  name: string;
  synthetic: boolean;
  terms: string | null;
  recorded_at: Generated<Date>;
};

/** Table `session`: one run of reading. */
export type SessionTable = {
  session_id: string;
  kind: 'replay' | 'live';
  state: 'reading' | 'done';
  watermark: MaybeInstant;
  began_at_seq: BigInteger;
  summary: JsonObject | null;
  recorded_at: Generated<Date>;
};

/** Table `position`: coordinates in 1e-7 degrees, speeds in 0.1 kn, courses in 0.1 degrees true. */
export type PositionTable = {
  mmsi: number;
  at: Instant;
  lon_e7: number;
  lat_e7: number;
  sog_dkn: number | null;
  cog_ddeg: number | null;
  heading_deg: number | null;
  nav_status: number | null;
  utc_second: number | null;
  message_type: number;
  ais_class: number;
  receiver_kind: number;
  feed_id: number;
  hull: number;
  received_at: MaybeInstant;
  /** True for one that came behind what had been judged by then. */
  late: boolean | null;
  /** Since when one is known that came late. */
  known_at: MaybeInstant;
};

/** Table `static_report`: what a hull said of itself, one row for each change. */
export type StaticReportTable = {
  mmsi: number;
  at: Instant;
  content_key: string;
  imo_number: number | null;
  ship_name: string | null;
  call_sign: string | null;
  ship_type: number | null;
  length_m: number | null;
  beam_m: number | null;
  draught_m: number | null;
  destination: string | null;
  eta: string | null;
  message_type: number;
  ais_class: number;
  feed_id: number;
  /** Since when one is known that came behind what had been judged by then. */
  known_at: MaybeInstant;
};

/** Table `vessel`: a hull that is tracked. */
export type VesselTable = {
  vessel_id: string;
  mmsi: number;
  hull: number;
  anchor_at: Instant;
  anchor_lon_e7: number;
  anchor_lat_e7: number;
  first_at: Instant;
  last_at: Instant;
  last_lon_e7: number;
  last_lat_e7: number;
  positions: BigInteger;
  ais_class: number;
  imo_number: number | null;
  ship_name: string | null;
  call_sign: string | null;
  ship_type: number | null;
  length_m: number | null;
  beam_m: number | null;
  draught_m: number | null;
  destination: string | null;
  feed_ids: number[];
  synthetic: boolean;
};

/** Table `event_version`: every version of every event, as it was known at `known_since`. */
export type EventVersionTable = {
  event_id: string;
  version: number;
  type: string;
  state: EventState;
  mmsi: number[];
  imo_number: number[];
  vessel_id: string[];
  opened_at: Instant;
  closed_at: MaybeInstant;
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
  sentence_zh: Generated<string | null>;
  sentence_ko: Generated<string | null>;
  evidence: JsonObject;
  innocent: string[];
  feeds: string[];
  synthetic: boolean;
  rule_version: number;
  rule_params: JsonObject;
  reference: JsonObject;
  reason: string | null;
  known_since: Instant;
  change_seq: BigInteger;
  recorded_at: Generated<Date>;
};

/** Table `event`: the newest version of every event. */
export type EventTable = {
  event_id: string;
  version: number;
  type: string;
  state: EventState;
  mmsi: number[];
  imo_number: number[];
  vessel_id: string[];
  opened_at: Instant;
  closed_at: MaybeInstant;
  lon: number;
  lat: number;
  port_id: string | null;
  port_name: string | null;
  port_country: string | null;
  verdict: Verdict | null;
  confidence: number;
  severity: Severity;
  nexus: boolean;
  feeds: string[];
  synthetic: boolean;
  known_since: Instant;
  change_seq: BigInteger;
};

/** Table `event_alias`: ids under which later versions of an event arrived. */
export type EventAliasTable = { alias_id: string; event_id: string };

/** Table `alert`: the public face of an event. */
export type AlertTable = {
  alert_id: string;
  event_id: string;
  acknowledged_at: MaybeInstant;
  dismissed_at: MaybeInstant;
  note: string | null;
};

/** Table `outbox`: what must be told to others, in order. */
export type OutboxTable = {
  change_seq: BigInteger;
  alert_id: string;
  event_id: string;
  version: number;
  change: 'opened' | 'revised' | 'closed' | 'retracted';
  recorded_at: Generated<Date>;
};

/** Table `designation`: one row per list, ship and listing event. */
export type DesignationTable = {
  designation_id: string;
  list: string;
  entry_id: string | null;
  imo_number: number | null;
  mmsi: number | null;
  call_sign: string | null;
  ship_name: string;
  flag: string | null;
  program: string | null;
  designated_on: Day;
  delisted_on: Day | null;
  known_since: Instant;
  source: string;
  recorded_at: Generated<Date>;
  other_names: Generated<string[]>;
  imported: Generated<boolean>;
};

/** Table `list_content`: what a list held. */
export type ListContentTable = { content_key: string; entries: ColumnType<unknown, string, string> };

/** Table `list_snapshot`: a list as it was published on a day. */
export type ListSnapshotTable = {
  list: string;
  day: Day;
  known_since: Instant;
  content_key: string;
  ships: number;
  source: string;
  recorded_at: Generated<Date>;
};

/** Table `list_source`: lists that are fetched, and what the last try came to. */
export type ListSourceTable = {
  url: string;
  list: string | null;
  etag: string | null;
  last_modified: string | null;
  checked_at: Instant;
  taken_at: MaybeInstant;
  outcome: string;
  code: string | null;
  why: string | null;
};

/** Table `list_refusal`: list files that changed nothing. */
export type ListRefusalTable = {
  list: string | null;
  files: string[];
  content_key: string;
  code: string;
  why: string;
  recorded_at: Generated<Date>;
};

/** Table `snapshot`: the state of the folds after a number of records, in chunks. */
export type SnapshotTable = {
  watermark: Instant;
  chunk: number;
  format: string;
  body: Buffer;
  recorded_at: Generated<Date>;
};

/** Table `engine_state`: one row. */
export type EngineStateTable = {
  only_row: boolean;
  watermark: MaybeInstant;
  change_seq: BigInteger;
  refold_from: MaybeInstant;
  reference: JsonObject;
};

/** Table `reject_count`: how much was refused, by session, file and code. */
export type RejectCountTable = { session_id: string; file: string; code: string; n: BigInteger };

/** Table `reject_sample`: the first refused records of each code, as they came. */
export type RejectSampleTable = {
  session_id: string;
  file: string;
  line: BigInteger;
  code: string;
  why: string;
  raw: Buffer;
  recorded_at: Generated<Date>;
};

/** Table `live_journal`: what arrived live and is not committed as positions yet. */
export type LiveJournalTable = {
  journal_id: Generated<BigInteger>;
  newest_at: Instant;
  body: Buffer;
  recorded_at: Generated<Date>;
};

/** View `coverage`: how much was heard by hour, cell and source; the middle of the cell in 1e-7 degrees. */
export type CoverageTable = {
  hour: Instant;
  /** The block of `coverage_hour` that holds it. */
  block: number;
  cell: number;
  feed_id: number;
  ais_class: number;
  receiver_kind: number;
  lon_e7: number;
  lat_e7: number;
  vessels: number;
  messages: number;
};

/** Table `beat`: instants up to which the live feeds brought nothing. */
export type BeatTable = { at: Instant; feed_ids: number[]; recorded_at: Generated<Date> };

/** Table `event_position`: the positions that the versions of an event name. */
export type EventPositionTable = {
  event_id: string;
  mmsi: number;
  at: Instant;
  lon_e7: number;
  lat_e7: number;
};

/** Table `raw_wanted`: of these, those whose raw records are not found yet. */
export type RawWantedTable = { mmsi: number; at: Instant; lon_e7: number; lat_e7: number; tried: boolean };

/** Table `raw_record`: what was received, by the SHA-256 of its bytes. */
export type RawRecordTable = { sha256: Buffer; raw: Buffer; recorded_at: Generated<Date> };

/** Table `raw_copy`: each time that a position's transmission was heard. */
export type RawCopyTable = {
  mmsi: number;
  at: Instant;
  lon_e7: number;
  lat_e7: number;
  sha256: Buffer;
  feed_id: number;
  heard_at: Instant;
  received_at: MaybeInstant;
  station: string | null;
  recording: string | null;
};

/** Table `recording`: the recordings that were read. */
export type RecordingTable = {
  session_id: string;
  path: string;
  feed_id: number;
  settings: JsonObject;
  first_at: Instant;
  last_at: Instant;
};

/** Table `raw_segment`: what live feeds brought, as it came, compressed. */
export type RawSegmentTable = {
  segment_id: Generated<BigInteger>;
  piece: number;
  body: Buffer;
  recorded_at: Generated<Date>;
};

/** Table `user_reference`: ports, zones and announcements that the user gave. */
export type UserReferenceTable = {
  kind: 'port' | 'zone' | 'embargo';
  entry_id: string;
  body: JsonObject;
  source: string;
  recorded_at: Generated<Date>;
};

/** Table `feed_status`: how each live feed is doing. */
export type FeedStatusTable = { name: string; status: JsonObject; updated_at: Instant };

/** The tables of the database as Kysely knows them. */
export type Database = {
  feed: FeedTable;
  session: SessionTable;
  position: PositionTable;
  static_report: StaticReportTable;
  vessel: VesselTable;
  event_version: EventVersionTable;
  event: EventTable;
  event_alias: EventAliasTable;
  alert: AlertTable;
  outbox: OutboxTable;
  designation: DesignationTable;
  list_content: ListContentTable;
  list_snapshot: ListSnapshotTable;
  list_refusal: ListRefusalTable;
  list_source: ListSourceTable;
  snapshot: SnapshotTable;
  engine_state: EngineStateTable;
  reject_count: RejectCountTable;
  reject_sample: RejectSampleTable;
  live_journal: LiveJournalTable;
  feed_status: FeedStatusTable;
  beat: BeatTable;
  event_position: EventPositionTable;
  raw_wanted: RawWantedTable;
  raw_record: RawRecordTable;
  raw_copy: RawCopyTable;
  recording: RecordingTable;
  raw_segment: RawSegmentTable;
  coverage: CoverageTable;
  user_reference: UserReferenceTable;
};
