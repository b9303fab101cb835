-- How much was heard, by hour, area cell and source: what every verdict on a silence rests on. A row holds the cells of a
-- block of 5 by 5 degrees, numbered from the south-west row by row: a row a cell would cost more than the positions.

create table coverage_hour (
  hour           timestamptz not null,
  block          smallint not null,
  feed_id        smallint not null,
  cells          integer[] not null,
  lons_e7        integer[] not null,
  lats_e7        integer[] not null,
  ais_classes    smallint[] not null,
  receiver_kinds smallint[] not null,
  vessels        integer[] not null,
  messages       integer[] not null,
  primary key (hour, block, feed_id)
);

-- The history of one place: a port's reception over years is a few of these.
create index coverage_hour_block on coverage_hour (block, hour);

-- The same, a row a cell and source.
create view coverage as
select hour, block, feed_id, cell, lon_e7, lat_e7, ais_class, receiver_kind, vessels_heard as vessels, messages_heard as messages
from coverage_hour, unnest(cells, lons_e7, lats_e7, ais_classes, receiver_kinds, vessels, messages)
  as heard (cell, lon_e7, lat_e7, ais_class, receiver_kind, vessels_heard, messages_heard);
