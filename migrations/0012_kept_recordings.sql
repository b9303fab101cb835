-- Where a copy of the recording is kept, below the data folder's `recordings`; null when none is.
alter table recording add column kept text;
