-- The parts of a snapshot come packed: the server need not try to pack them again.
alter table snapshot alter column body set storage external;
