-- What live feeds need to lose nothing and to say how they are.

-- What arrived live and waits for its turn in event-time order, as it came; gone when it is committed as positions.
create table live_journal (
  journal_id  bigint generated always as identity primary key,
  newest_at   timestamptz not null,
  body        bytea not null,
  recorded_at timestamptz not null default now()
);

-- How each live feed is doing, as its process last said.
create table feed_status (
  name       text primary key,
  status     jsonb not null,
  updated_at timestamptz not null
);
