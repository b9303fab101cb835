-- What the events rest on, as it was received.

-- Whether a position came behind what had been judged by then; null for one in time.
alter table position add column late boolean;

-- The positions that the versions of an event name in their evidence.
create table event_position (
  event_id text not null,
  mmsi     integer not null,
  at       timestamptz not null,
  lon_e7   integer not null,
  lat_e7   integer not null,
  primary key (event_id, mmsi, at, lon_e7, lat_e7)
);

-- Of these, the ones whose raw records are not found yet; tried once every source was looked into that was there then.
create table raw_wanted (
  mmsi   integer not null,
  at     timestamptz not null,
  lon_e7 integer not null,
  lat_e7 integer not null,
  tried  boolean not null default false,
  primary key (mmsi, at, lon_e7, lat_e7)
);

-- Lines, rows and objects as they were received, by the SHA-256 of their bytes. Kept for good.
create table raw_record (
  sha256      bytea primary key,
  raw         bytea not null,
  recorded_at timestamptz not null default now()
);

-- Each time that a position's transmission was heard: one row for each feed and station.
create table raw_copy (
  mmsi        integer not null,
  at          timestamptz not null,
  lon_e7      integer not null,
  lat_e7      integer not null,
  sha256      bytea not null references raw_record,
  feed_id     smallint not null,
  -- Event time of this copy: stations stamp one transmission at instants of their own.
  heard_at    timestamptz not null,
  received_at timestamptz,
  -- The receiving station as the record names it; null where it names none.
  station     text,
  -- Name of the recording; null for a live feed.
  recording   text,
  primary key (mmsi, at, lon_e7, lat_e7, sha256, feed_id, heard_at)
);

-- The recordings that were read, so that the raw records of an event can be read from them again.
create table recording (
  session_id text not null,
  path       text not null,
  feed_id    smallint not null,
  settings   jsonb not null,
  first_at   timestamptz not null,
  last_at    timestamptz not null,
  primary key (session_id, path)
);

-- What live feeds brought, as it came, compressed, by tens of minutes of event time; forgotten after a while.
create table raw_segment (
  segment_id  bigint generated always as identity primary key,
  piece       integer not null,
  body        bytea not null,
  recorded_at timestamptz not null default now()
);
create index raw_segment_piece on raw_segment (piece);
