-- The sentence of a version in Chinese and Korean; null where it was written before there were any. They cannot be made later:
-- what a ship called itself then stands in the sentence alone.
alter table event_version add column sentence_zh text;
alter table event_version add column sentence_ko text;
