-- The feeds that a beat is about: those that were expected to bring something. Recordings that ended are not out.
alter table beat add column feed_ids smallint[] not null default '{}';
