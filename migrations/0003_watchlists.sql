-- Who may ask and who is told. The instants here are the wall clock's: they say when people did something and when a message
-- left, and nothing about ships is decided by them.

-- A key of the API. Only the SHA-256 of its secret is kept; `owner` names whose watchlists it opens.
create table api_key (
  key_id        text primary key,
  owner         text not null,
  label         text not null,
  kind          text not null check (kind in ('key', 'browser')),
  secret_sha256 bytea not null,
  scopes        text[] not null,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz,
  revoked_at    timestamptz
);

-- What was done with keys, and by whom. Rows are only ever added.
create table audit_log (
  audit_id bigint generated always as identity primary key,
  at       timestamptz not null default now(),
  owner    text not null,
  key_id   text,
  action   text not null,
  target   text not null,
  detail   jsonb not null default '{}'
);

-- What someone wants to be told of. Nothing that was told before `after_seq` is of interest.
create table watchlist (
  watchlist_id text primary key,
  owner        text not null,
  name         text not null,
  filter       jsonb not null,
  feed_token   text not null unique,
  after_seq    bigint not null,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);
create index watchlist_owner on watchlist (owner, watchlist_id);

-- Where it is told. The secret signs webhooks; the old one goes on signing beside it until its time is over.
create table watch_channel (
  channel_id        text primary key,
  watchlist_id      text not null references watchlist (watchlist_id) on delete cascade,
  kind              text not null check (kind in ('webhook', 'email', 'slack')),
  target            text not null,
  digest            text not null default 'none' check (digest in ('none', 'hourly', 'daily')),
  secret            text,
  old_secret        text,
  old_secret_until  timestamptz,
  unsubscribe_token text unique,
  state             text not null default 'active' check (state in ('active', 'disabled')),
  disabled_reason   text,
  after_seq         bigint not null
);
create index watch_channel_list on watch_channel (watchlist_id);

-- One message to one channel. Its id is made from the channel, the alert and the version: telling twice is telling the same.
create table delivery (
  delivery_id text primary key,
  channel_id  text not null references watch_channel (channel_id) on delete cascade,
  kind        text not null check (kind in ('alert', 'test')),
  change_seq  bigint,
  alert_id    text,
  event_id    text,
  version     integer,
  change      text not null check (change in ('opened', 'revised', 'closed', 'retracted', 'test')),
  state       text not null default 'pending' check (state in ('pending', 'delivered', 'failed', 'cancelled')),
  attempts    integer not null default 0,
  next_at     timestamptz not null default now(),
  created_at  timestamptz not null default now(),
  finished_at timestamptz
);
create index delivery_due on delivery (next_at) where state = 'pending';
create index delivery_channel on delivery (channel_id, alert_id, version);
create index delivery_created on delivery (created_at desc, delivery_id);

-- Every try, with what came of it.
create table delivery_attempt (
  attempt_id  bigint generated always as identity primary key,
  delivery_id text not null references delivery (delivery_id) on delete cascade,
  at          timestamptz not null default now(),
  ms          integer not null,
  status      integer,
  error       text
);
create index delivery_attempt_delivery on delivery_attempt (delivery_id, attempt_id);

-- How far the outbox has been handed to the watchlists; one row. What was told before this table existed stays untold.
create table notify_state (
  only_row   boolean primary key default true check (only_row),
  change_seq bigint not null
);
insert into notify_state (change_seq) select coalesce(max(change_seq), 0) from outbox;
