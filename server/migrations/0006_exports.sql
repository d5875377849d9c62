-- Pools of workers at work. Each keeps an advisory lock with its number on a connection of its own for as
-- long as its process lives, so a pool here without that lock is dead, and what it was doing is free again.
create table worker_pool (
  number integer generated always as identity primary key,
  -- As graphile_worker calls it in `locked_by`; null until its first worker starts.
  name text,
  started_at timestamptz not null default now()
);

grant select, insert, update, delete on worker_pool to desk_app;

-- Files of payments that people asked for, and for ever what was in them.
create table export (
  id text primary key,
  kind text not null check (kind in ('payments')),
  -- As in shared/src/payments/payment-query.ts.
  query jsonb not null,
  -- Where, when and for whom it is asked: its days are days of this zone, those that move along are counted
  -- from this day, and `me` is this person. An export that is run again keeps all three.
  zone text not null,
  asked_on text not null,
  viewer_id text not null references person (id),
  -- The zone in which the file writes its times.
  times_zone text not null,
  column_set integer not null,
  columns text[] not null,
  format text not null check (format in ('csv', 'xlsx')),
  -- Whether a CSV file begins with the mark by which spreadsheets know UTF-8.
  has_mark boolean not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- Grows each time it is begun anew; who writes for an earlier attempt is refused.
  attempt integer not null default 0,
  rows_done bigint not null default 0,
  -- Exact once it runs; before that null.
  rows_expected bigint,
  file_name text,
  bytes bigint,
  sha256 bytea,
  -- As in shared/src/exports/control-totals.ts.
  totals jsonb,
  -- The moment whose payments it holds.
  snapshot_at timestamptz,
  previous_id text references export (id),
  -- As in shared/src/exports/export-difference.ts; null where there is nothing to compare with.
  difference jsonb,
  -- In words for people.
  error text,
  requested_by text not null references person (id),
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- When the file itself was deleted; what was in it stays written down.
  expired_at timestamptz,
  -- When what a later run is compared with was deleted.
  forgotten_at timestamptz,
  check (state <> 'done' or (sha256 is not null and bytes is not null and totals is not null and file_name is not null and snapshot_at is not null))
);
create index export_requested_idx on export (requested_at desc, id desc);
create index export_open_idx on export (id) where state in ('queued', 'running');
create index export_previous_idx on export (previous_id) where previous_id is not null;

-- Pieces of files, so that every Desk can send what any Desk made.
create table export_part (
  export_id text not null references export (id),
  -- `file` is what people download; `state` what a later run is compared with.
  kind text not null check (kind in ('file', 'state')),
  number integer not null,
  bytes bytea not null,
  primary key (export_id, kind, number)
);
-- They are compressed already, or read as a whole: trying again would only take time.
alter table export_part alter column bytes set storage external;

-- The first of the payments that differ from the export before.
create table export_change (
  export_id text not null references export (id),
  number integer not null,
  payment_id text not null,
  change text not null check (change in ('added', 'removed', 'changed')),
  -- Field by field, before and after; null for what there was not.
  fields jsonb not null,
  primary key (export_id, number)
);

grant select, insert, update on export to desk_app;
grant select, insert, delete on export_part to desk_app;
grant select, insert, delete on export_change to desk_app;
