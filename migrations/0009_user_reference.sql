-- Ports, zones and announcements that the user gave, beside the bundled ones; of two with one id the user's counts.
create table user_reference (
  kind        text not null check (kind in ('port', 'zone', 'embargo')),
  entry_id    text not null,
  body        jsonb not null,
  source      text not null,
  recorded_at timestamptz not null default now(),
  primary key (kind, entry_id)
);
