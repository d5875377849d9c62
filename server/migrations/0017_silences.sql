-- Of what drifted because a webhook never came: when the last webhook about any payment had come before that.
-- Those of the same instant are of one silence, and wait as one. Null for every other item.
alter table attention_item add column silent_since timestamptz;
create index attention_item_silence_idx on attention_item (silent_since)
  where state = 'open' and silent_since is not null;
