-- Lists as they were published, so that listings and removals can be told from one to the next, and what was refused.

-- Former names and aliases; and whether an import wrote the row: a compiled row that it changed must not be put back.
alter table designation
  add column other_names text[] not null default '{}',
  add column imported boolean not null default false;
create index designation_mmsi on designation (mmsi) where mmsi is not null;

-- What a list held; snapshots that are equal share it.
create table list_content (
  content_key text primary key,
  entries     jsonb not null
);

-- One list on one day. day is that of the list, known_since when it became known here.
create table list_snapshot (
  list        text not null,
  day         date not null,
  known_since timestamptz not null,
  content_key text not null references list_content (content_key),
  ships       integer not null,
  source      text not null,
  recorded_at timestamptz not null default now(),
  primary key (list, day, content_key)
);

-- A list file that changed nothing: damaged, empty, shrunken. The operator is told; here it stays.
create table list_refusal (
  list        text,
  files       text[] not null,
  content_key text not null,
  code        text not null,
  why         text not null,
  recorded_at timestamptz not null default now(),
  primary key (content_key, code)
);
