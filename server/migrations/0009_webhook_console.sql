-- The list of deliveries, newest first; it answers what the index it replaces answered, too.
create index webhook_delivery_timeline_idx on webhook_delivery (received_at desc, id desc);
drop index webhook_delivery_received_idx;
create index webhook_delivery_parked_idx on webhook_delivery (received_at desc, id desc)
  where parked_at is not null;
create index webhook_delivery_withdrawal_idx on webhook_delivery (withdrawal_id, id)
  where withdrawal_id is not null;

-- When somebody last had it processed again: how long that took says nothing about arriving ones.
alter table webhook_delivery add column asked_again_at timestamptz;

-- What the console reads out of each delivery, behind the transaction that keeps it.
create table webhook_digest (
  delivery_id bigint primary key,
  received_at timestamptz not null,
  -- The event's own time, from its body.
  happened_at timestamptz,
  -- The payload in small letters, for searching; null once the bytes were deleted.
  search_text text,
  -- Whether how long processing took is counted, or never will be.
  is_timed boolean not null
);
create index webhook_digest_search_idx on webhook_digest using gin (search_text gin_trgm_ops);
-- What goes when the bytes go.
create index webhook_digest_kept_idx on webhook_digest (received_at) where search_text is not null;
create index webhook_digest_untimed_idx on webhook_digest (delivery_id) where not is_timed;

-- How far the digest has come; one row.
create table webhook_digest_progress (
  is_only boolean primary key default true check (is_only),
  -- Every delivery up to this number has a digest.
  digested_to bigint not null default 0,
  -- What came before this moment is in the counts below; null before the first count.
  counted_to timestamptz
);
insert into webhook_digest_progress default values;

-- What arrived in the five minutes that begin here, by verdict.
create table webhook_arrivals (
  starts_at timestamptz not null,
  verdict text not null,
  arrivals integer not null,
  primary key (starts_at, verdict)
);

-- How long those took, counted in the slots of shared/src/webhooks/lag-slots.ts: `processing` from arrival
-- until processed, `arrival` from the event's own time until arrival.
create table webhook_lag (
  starts_at timestamptz not null,
  kind text not null check (kind in ('processing', 'arrival')),
  slot smallint not null,
  deliveries integer not null,
  primary key (starts_at, kind, slot)
);

-- Deliveries that somebody had processed again in one go: counted first, then given back a few at a time.
create table webhook_reprocessing (
  id bigint generated always as identity primary key,
  asked_by text not null references person (id),
  asked_at timestamptz not null,
  -- As in shared/src/webhooks/delivery-query.ts.
  query jsonb not null,
  delivery_ids bigint[] not null,
  -- How many of them, from the first on, were given back to the processor.
  given integer not null default 0,
  state text not null check (state in ('running', 'done', 'cancelled')),
  finished_at timestamptz
);
create index webhook_reprocessing_running_idx on webhook_reprocessing (id) where state = 'running';

grant select, insert, update on webhook_digest to desk_app;
grant select, update on webhook_digest_progress to desk_app;
grant select, insert, update on webhook_arrivals to desk_app;
grant select, insert, update on webhook_lag to desk_app;
grant select, insert, update on webhook_reprocessing to desk_app;
