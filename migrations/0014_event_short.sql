-- The short table bears all that lists, counts and histograms ask about now: versions are read only for what is shown.
alter table event
  add column port_name text,
  add column port_country text,
  add column nexus boolean not null default false,
  add column feeds text[] not null default '{}';
update event set port_name = newest.port_name, port_country = newest.port_country, nexus = newest.nexus, feeds = newest.feeds
from event_version as newest where newest.event_id = event.event_id and newest.version = event.version;
alter table event alter column nexus drop default, alter column feeds drop default;
