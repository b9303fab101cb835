-- What people decided on links between hulls, each with its reason: that two are not the same ship after all, or that they
-- are. The newest counts, the others stay on record. An event keeps its id, so a decision outlives a replay.
create table link_decision (
  event_id     text not null,
  decided_at   timestamptz not null,
  is_same_ship boolean not null,
  reason       text not null,
  decided_by   text not null,
  primary key (event_id, decided_at)
);
