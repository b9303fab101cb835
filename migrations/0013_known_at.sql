-- Since when a record is known that came behind what had been judged by then; null for one in time, known when it was
-- received, or, of a recording, when it happened.
alter table position add column known_at timestamptz;
alter table static_report add column known_at timestamptz;
