-- When a business day begins: every answer there ever was, the newest active one is in force. Another answer
-- has all rollups built anew beside those that are in use.
create table business_day_rule (
  id integer generated always as identity primary key,
  -- IANA.
  zone text not null,
  -- HH:MM in the zone; a day that begins at 05:00 carries the date of that morning.
  cut_off text not null check (cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  state text not null check (state in ('building', 'active', 'past')),
  -- Null for what the environment said at the first start.
  set_by text references person (id),
  set_at timestamptz not null,
  -- Up to which payment the building has come, by id, and of how many.
  built_through text not null default '',
  built_count bigint not null default 0,
  active_since timestamptz
);
create unique index business_day_rule_active_idx on business_day_rule (state) where state = 'active';
create unique index business_day_rule_building_idx on business_day_rule (state) where state = 'building';

-- Where days begin and end, clock changes included: half open, without gaps.
create table business_day (
  rule_id integer not null references business_day_rule (id),
  day date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (rule_id, day),
  check (starts_at < ends_at)
);
create unique index business_day_start_idx on business_day (rule_id, starts_at desc);

-- What one payment counts for. `settled_at` is when SpacePay completed it.
create view payment_measure with (security_invoker = true) as
select
  payment.id as payment_id,
  payment.type,
  payment.status,
  coalesce(receipt.token_symbol, payment.token_symbol, '') as token,
  coalesce(receipt.network, payment.network, '') as network,
  payment.created_at,
  case when payment.status = 'completed'
    then coalesce(receipt.completed_at, receipt.transaction_at, payment.created_at)
  end as settled_at,
  coalesce(payment.amount_cents, 0) as gross_cents,
  coalesce(payment.merchant_fee_cents, 0) as merchant_fee_cents,
  coalesce(payment.swap_fee_cents, 0) as swap_fee_cents,
  coalesce(payment.convenience_fee_cents, 0) as convenience_fee_cents,
  coalesce(payment.net_cents, 0) as net_cents,
  case when counted.received between -counted.bound and counted.bound then counted.received else 0 end::bigint
    as received_cents,
  case when counted.slippage between -counted.bound and counted.bound then counted.slippage else 0 end::bigint
    as slippage_cents,
  payment.flags @> '{underpaid}' as is_underpaid,
  payment.flags @> '{overpaid}' as is_overpaid,
  payment.flags @> '{late}' as is_late,
  case when payment.status = 'completed' and receipt.completed_at >= receipt.transaction_at
    then extract(epoch from receipt.completed_at - receipt.transaction_at)::integer
  end as confirm_seconds
from payment
left join receipt on receipt.payment_id = payment.id
-- The quote that was paid, chosen as shared/src/quotes/used-quote.ts says.
left join lateral (
  select quote.expected_base_units, quote.amount_due_cents
  from quote
  where quote.payment_id = payment.id and receipt.received_base_units is not null
    and (quote.id = receipt.quote_id or quote.status = 'used'
      or (quote.token_symbol = receipt.token_symbol and quote.network = receipt.network))
  order by quote.id is not distinct from receipt.quote_id desc, quote.status = 'used' desc,
    quote.created_at desc nulls last, quote.id desc
  limit 1
) as used on true
-- A token's amount may be any number; what is beyond ten billion dollars is no fact to add up.
cross join lateral (
  select 1000000000000 as bound, round(receipt.received_usd * 100) as received,
    case when used.expected_base_units > 0 then round(
      (receipt.received_base_units - used.expected_base_units) * used.amount_due_cents / used.expected_base_units
    ) end as slippage
) as counted;

-- Payments completed on some days are looked for by this.
create index receipt_settled_idx on receipt (coalesce(completed_at, transaction_at), payment_id);

-- What each payment counts for in the rollups as they stand, so that a change moves exactly its share.
create table payment_share (
  rule_id integer not null,
  payment_id text not null,
  type text not null,
  status text not null,
  token text not null,
  network text not null,
  created_at timestamptz not null,
  settled_at timestamptz,
  created_day date not null,
  created_hour smallint not null,
  settled_day date,
  gross_cents bigint not null,
  merchant_fee_cents bigint not null,
  swap_fee_cents bigint not null,
  convenience_fee_cents bigint not null,
  net_cents bigint not null,
  received_cents bigint not null,
  slippage_cents bigint not null,
  is_underpaid boolean not null,
  is_overpaid boolean not null,
  is_late boolean not null,
  -- Which column of the histogram; null where nothing was confirmed.
  confirm_step smallint,
  primary key (rule_id, payment_id)
);
-- What today stands at against the same time of day before, and the payments behind a day.
create index payment_share_created_idx on payment_share (rule_id, created_at, payment_id);
create index payment_share_settled_idx on payment_share (rule_id, settled_at, payment_id) where settled_at is not null;

-- Payments of which something changed since their share was counted; filled by the database itself, so
-- that nothing which changes a payment can forget it.
create table payment_share_due (
  id bigint generated always as identity primary key,
  payment_id text not null,
  at timestamptz not null default clock_timestamp()
);
create function tell_payment_share_due() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into payment_share_due (payment_id) select told.id from told;
  return null;
end $$;
revoke all on function tell_payment_share_due() from public;
create trigger payment_share_of_new after insert on payment
  referencing new table as told for each statement execute function tell_payment_share_due();
create trigger payment_share_of_changed after update on payment
  referencing new table as told for each statement execute function tell_payment_share_due();

-- Sums of the shares. By the day a payment was made (`created`) or completed (`settled`).
create table payment_rollup (
  rule_id integer not null,
  basis text not null check (basis in ('created', 'settled')),
  day date not null,
  token text not null,
  network text not null,
  status text not null,
  type text not null,
  payments bigint not null,
  gross_cents bigint not null,
  merchant_fee_cents bigint not null,
  swap_fee_cents bigint not null,
  convenience_fee_cents bigint not null,
  net_cents bigint not null,
  received_cents bigint not null,
  slippage_cents bigint not null,
  underpaid bigint not null,
  overpaid bigint not null,
  late bigint not null,
  primary key (rule_id, basis, day, token, network, status, type)
);

-- By the hour on the clock of the zone in which payments were made.
create table payment_rollup_hour (
  rule_id integer not null,
  day date not null,
  hour smallint not null check (hour between 0 and 23),
  status text not null,
  type text not null,
  payments bigint not null,
  gross_cents bigint not null,
  slippage_cents bigint not null,
  primary key (rule_id, day, hour, status, type)
);

-- How long payments of a day took from the chain to completion; steps in shared/src/settlements/confirm-steps.ts.
create table payment_rollup_confirm (
  rule_id integer not null,
  day date not null,
  token text not null,
  network text not null,
  step smallint not null,
  payments bigint not null,
  primary key (rule_id, day, token, network, step)
);

grant select, insert, update, delete on business_day, payment_share, payment_rollup, payment_rollup_hour,
  payment_rollup_confirm to desk_app;
grant select, insert, update on business_day_rule to desk_app;
grant select, delete on payment_share_due to desk_app;
grant select on payment_measure to desk_app;
