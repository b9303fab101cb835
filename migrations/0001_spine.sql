-- The spine: what was received, which hulls it shows, what happened to them, and who must be told.
-- Event time everywhere; recorded_at is the one wall-clock column and takes no part in comparisons between runs.

create table feed (
  feed_id     smallint primary key,
  name        text not null unique,
  synthetic   boolean not null default false,
  terms       text,
  recorded_at timestamptz not null default now()
);

-- One run of reading: a set of recordings, or a live connection. A redelivered record is known by the session's watermark.
create table session (
  session_id    text primary key,
  kind          text not null check (kind in ('replay', 'live')),
  state         text not null check (state in ('reading', 'done')),
  -- Every record of the session with an event time up to here is committed; none after it is.
  watermark     timestamptz,
  -- The engine's change sequence when the session began, to tell what it raised.
  began_at_seq  bigint not null default 0,
  summary       jsonb,
  recorded_at   timestamptz not null default now()
);

-- One row per position as received. Coordinates in 1e-7 degrees, speeds in 0.1 kn, courses in 0.1 degrees true.
-- The key is what the transmission says of itself, so that redelivery and order of arrival change nothing.
create table position (
  mmsi          integer not null,
  at            timestamptz not null,
  lon_e7        integer not null,
  lat_e7        integer not null,
  sog_dkn       smallint,
  cog_ddeg      smallint,
  heading_deg   smallint,
  nav_status    smallint,
  utc_second    smallint,
  message_type  smallint not null,
  ais_class     smallint not null,
  receiver_kind smallint not null,
  feed_id       smallint not null,
  hull          smallint not null,
  received_at   timestamptz,
  primary key (mmsi, at, lon_e7, lat_e7)
);
create index position_at on position using brin (at) with (pages_per_range = 16);

-- What a hull said of itself, one row for each change.
create table static_report (
  mmsi         integer not null,
  at           timestamptz not null,
  content_key  text not null,
  imo_number   integer,
  ship_name    text,
  call_sign    text,
  ship_type    smallint,
  length_m     real,
  beam_m       real,
  draught_m    real,
  destination  text,
  eta          text,
  message_type smallint not null,
  ais_class    smallint not null,
  feed_id      smallint not null,
  primary key (mmsi, at, content_key)
);
create index static_report_at on static_report using brin (at);

-- A hull that we track. hull is its number among those that share the MMSI, as kept in position.hull.
create table vessel (
  vessel_id    text primary key,
  mmsi         integer not null,
  hull         smallint not null,
  anchor_at    timestamptz not null,
  anchor_lon_e7 integer not null,
  anchor_lat_e7 integer not null,
  first_at     timestamptz not null,
  last_at      timestamptz not null,
  last_lon_e7  integer not null,
  last_lat_e7  integer not null,
  positions    bigint not null,
  ais_class    smallint not null,
  imo_number   integer,
  ship_name    text,
  call_sign    text,
  ship_type    smallint,
  length_m     real,
  beam_m       real,
  draught_m    real,
  destination  text,
  feed_ids     smallint[] not null,
  synthetic    boolean not null
);
-- Not unique: hull numbers end at 32,767, and a placeholder MMSI may show more hulls than that.
create index vessel_mmsi on vessel (mmsi, hull);
create index vessel_imo on vessel (imo_number) where imo_number is not null;
create index vessel_name on vessel (lower(ship_name) text_pattern_ops);

-- Every version of every event, as it was known at known_since. Nothing is ever changed here.
create table event_version (
  event_id     text not null,
  version      integer not null,
  type         text not null,
  state        text not null check (state in ('open', 'closed', 'retracted')),
  mmsi         integer[] not null,
  imo_number   integer[] not null,
  vessel_id    text[] not null,
  opened_at    timestamptz not null,
  closed_at    timestamptz,
  lon          double precision not null,
  lat          double precision not null,
  port_id      text,
  port_name    text,
  port_country text,
  verdict      text check (verdict in ('silent', 'unobserved', 'void')),
  confidence   double precision not null,
  severity     text not null check (severity in ('info', 'low', 'medium', 'high', 'critical')),
  nexus        boolean not null,
  sentence     text not null,
  evidence     jsonb not null,
  innocent     text[] not null,
  feeds        text[] not null,
  synthetic    boolean not null,
  rule_version integer not null,
  rule_params  jsonb not null,
  reference    jsonb not null,
  reason       text,
  known_since  timestamptz not null,
  change_seq   bigint not null unique,
  recorded_at  timestamptz not null default now(),
  primary key (event_id, version)
);
create index event_version_known on event_version (known_since);

-- The newest version of every event, for questions about now.
create table event (
  event_id     text primary key,
  version      integer not null,
  type         text not null,
  state        text not null,
  mmsi         integer[] not null,
  imo_number   integer[] not null,
  vessel_id    text[] not null,
  opened_at    timestamptz not null,
  closed_at    timestamptz,
  lon          double precision not null,
  lat          double precision not null,
  port_id      text,
  verdict      text,
  confidence   double precision not null,
  severity     text not null,
  synthetic    boolean not null,
  known_since  timestamptz not null,
  change_seq   bigint not null,
  foreign key (event_id, version) references event_version (event_id, version)
);
create index event_opened on event (opened_at desc, event_id);
create index event_type_opened on event (type, opened_at desc, event_id);
create index event_change on event (change_seq);
create index event_mmsi on event using gin (mmsi);
create index event_imo on event using gin (imo_number);
create index event_vessel on event using gin (vessel_id);

-- An event keeps the id of its first version when late data moves its first moment; later versions arrive under the alias.
create table event_alias (
  alias_id text primary key,
  event_id text not null references event (event_id)
);

-- The public face of an event. Its versions are those of the event; here stands what operators add.
create table alert (
  alert_id        text primary key,
  event_id        text not null unique references event (event_id),
  acknowledged_at timestamptz,
  dismissed_at    timestamptz,
  note            text
);

-- What must be told to others, in order; written in the transaction of what it tells.
create table outbox (
  change_seq  bigint primary key,
  alert_id    text not null,
  event_id    text not null,
  version     integer not null,
  change      text not null check (change in ('opened', 'revised', 'closed', 'retracted')),
  recorded_at timestamptz not null default now()
);

-- Designations, one row per (list, ship, listing event); dates are days, the day of removal is the last listed day.
create table designation (
  designation_id text primary key,
  list           text not null,
  entry_id       text,
  imo_number     integer,
  mmsi           integer,
  call_sign      text,
  ship_name      text not null,
  flag           text,
  program        text,
  designated_on  date not null,
  delisted_on    date,
  delisting_known_since timestamptz,
  known_since    timestamptz not null,
  source         text not null,
  recorded_at    timestamptz not null default now()
);
create index designation_imo on designation (imo_number);

-- The state of the folds after a number of records, so that a start need not read everything again.
create table snapshot (
  watermark   timestamptz not null,
  chunk       integer not null,
  format      text not null,
  body        bytea not null,
  recorded_at timestamptz not null default now(),
  primary key (watermark, chunk)
);

-- The last instant up to which the folds are complete and what they were run with; one row.
create table engine_state (
  only_row    boolean primary key default true check (only_row),
  watermark   timestamptz,
  change_seq  bigint not null default 0,
  refold_from timestamptz,
  reference   jsonb not null default '{}'
);
insert into engine_state default values;

-- What was refused: counts by code, and the first samples of each.
create table reject_count (
  session_id text not null,
  file       text not null,
  code       text not null,
  n          bigint not null,
  primary key (session_id, file, code)
);
create table reject_sample (
  session_id  text not null,
  file        text not null,
  line        bigint not null,
  code        text not null,
  why         text not null,
  raw         bytea not null,
  recorded_at timestamptz not null default now(),
  primary key (session_id, file, line, code)
);
