-- When the days of an export's question begin, beside its zone.
alter table export add column cut_off text not null default '00:00'
  check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');

-- The zone in which a person reads times; null reads them in the business zone. It moves labels, never sums.
alter table person add column view_zone text;
