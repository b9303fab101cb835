-- How much was heard, by hour, area cell and source: what every verdict on a silence rests on.

create table coverage (
  hour          timestamptz not null,
  cell          integer not null,
  feed_id       smallint not null,
  ais_class     smallint not null,
  receiver_kind smallint not null,
  lon_e7        integer not null,
  lat_e7        integer not null,
  vessels       integer not null,
  messages      integer not null,
  primary key (hour, cell, feed_id, ais_class, receiver_kind)
);

-- The history of one place: a port's reception over years is a few of these.
create index coverage_cell on coverage (cell, hour);
