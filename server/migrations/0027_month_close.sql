-- A month as somebody closed it: what it held then, to the cent, and the proof of it. A row never changes
-- except that it is reopened; the month is then closed again by another row.
create table settlement_close (
  id integer generated always as identity primary key,
  month text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  -- By which days it was counted. Its bounds stay those, whatever a day becomes later.
  zone text not null,
  cut_off text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Canonical JSON as in shared/src/settlements/month-content.ts, and its hash in hex.
  content text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- How the checklist stood, as in shared/src/settlements/month-checks.ts.
  checks jsonb not null,
  note text,
  closed_by text not null references person (id),
  closed_at timestamptz not null,
  reopened_at timestamptz,
  check (starts_at < ends_at)
);
create unique index settlement_close_month_idx on settlement_close (month) where reopened_at is null;
create index settlement_close_history_idx on settlement_close (month, id desc);

-- Opening a closed month takes two people.
create table settlement_reopening (
  id integer generated always as identity primary key,
  close_id integer not null references settlement_close (id),
  reason text not null,
  state text not null check (state in ('proposed', 'approved', 'refused', 'taken_back')),
  proposed_by text not null references person (id),
  proposed_at timestamptz not null,
  decided_by text references person (id),
  decided_at timestamptz,
  decision_note text,
  check ((state = 'proposed') = (decided_at is null)),
  check ((decided_by is null) = (decided_at is null))
);
create unique index settlement_reopening_open_idx on settlement_reopening (close_id) where state = 'proposed';
create index settlement_reopening_close_idx on settlement_reopening (close_id, id desc);

-- What a payment counted for in a closed month, and what it counts for now: one row for each change, so
-- that the closed sums and all rows together are what the month would be today. Without a day it did not,
-- or does no longer, count in that month.
create table settlement_adjustment (
  id bigint generated always as identity primary key,
  close_id integer not null references settlement_close (id),
  payment_id text not null,
  at timestamptz not null default clock_timestamp(),
  before_day date,
  before_gross_cents bigint not null,
  before_merchant_fee_cents bigint not null,
  before_swap_fee_cents bigint not null,
  before_convenience_fee_cents bigint not null,
  before_net_cents bigint not null,
  after_day date,
  after_gross_cents bigint not null,
  after_merchant_fee_cents bigint not null,
  after_swap_fee_cents bigint not null,
  after_convenience_fee_cents bigint not null,
  after_net_cents bigint not null,
  check (before_day is not null or after_day is not null)
);
create index settlement_adjustment_close_idx on settlement_adjustment (close_id, id desc);

-- Which accounts the journal books to: every answer there ever was, the newest one is in force.
create table journal_accounts (
  id integer generated always as identity primary key,
  -- As in shared/src/settlements/journal-accounts.ts.
  accounts jsonb not null,
  set_by text not null references person (id),
  set_at timestamptz not null
);

-- Files of closed months.
create table settlement_file (
  id text primary key check (id ~ '^[0-9a-z]{10}$'),
  close_id integer not null references settlement_close (id),
  kind text not null check (kind in ('report', 'journal')),
  state text not null check (state in ('queued', 'done', 'failed')),
  -- Up to which adjustment it tells of them, and by which accounts it books; null before it is written.
  adjusted_through bigint,
  accounts_id integer references journal_accounts (id),
  file_name text,
  bytes bytea,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  -- As in shared/src/settlements/month-files.ts.
  totals jsonb,
  -- The run before of the same month and kind, and how this one differs from it.
  previous_id text references settlement_file (id),
  difference jsonb,
  error text,
  requested_by text not null references person (id),
  requested_at timestamptz not null,
  finished_at timestamptz,
  check (state <> 'done' or (bytes is not null and sha256 is not null and file_name is not null
    and totals is not null and adjusted_through is not null and finished_at is not null))
);
create index settlement_file_close_idx on settlement_file (close_id, kind, requested_at desc, id desc);

grant select, insert on settlement_close, settlement_adjustment, journal_accounts to desk_app;
grant update (reopened_at) on settlement_close to desk_app;
grant select, insert, update on settlement_reopening, settlement_file to desk_app;
