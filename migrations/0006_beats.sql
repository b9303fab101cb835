-- Instants up to which the live feeds brought nothing: they open outages while no message moves time on, and a run over what
-- is stored must find them where the live run had them.
create table beat (
  at          timestamptz primary key,
  recorded_at timestamptz not null default now()
);
