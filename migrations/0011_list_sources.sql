-- Lists that are fetched: by what the last answer that was taken in is told apart, and what the last try came to.
create table list_source (
  url           text primary key,
  list          text,
  etag          text,
  last_modified text,
  checked_at    timestamptz not null,
  -- When a file of it was last taken in, or found to be in already.
  taken_at      timestamptz,
  outcome       text not null check (outcome in ('taken', 'same', 'refused', 'failed')),
  code          text,
  why           text
);
