-- What insights ask beside the sums: how far payments came, how large they were and how long they took.
create or replace view payment_measure with (security_invoker = true) as
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
  end as confirm_seconds,
  -- As `reached:` asks in server/src/payments/measure-conditions.ts.
  payment.tx_hash is not null or payment.status = 'completed' as is_seen,
  payment.tx_hash is not null or payment.status = 'completed'
    or exists (select from quote where quote.payment_id = payment.id) as is_quoted,
  -- Null where SpacePay says none.
  payment.amount_cents
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

alter table payment_share
  add column is_quoted boolean not null default false,
  add column is_seen boolean not null default false,
  -- Steps in shared/src/insights/size-steps.ts; null without an amount.
  add column size_step smallint;
alter table payment_rollup
  add column quoted bigint not null default 0,
  add column seen bigint not null default 0;

-- Histograms by the day payments were made: of their amounts (`size`), and of the time from the chain to
-- completion (`confirm`).
create table payment_rollup_step (
  rule_id integer not null,
  day date not null,
  measure text not null check (measure in ('size', 'confirm')),
  status text not null,
  type text not null,
  step smallint not null,
  payments bigint not null,
  primary key (rule_id, day, measure, status, type, step)
);
grant select, insert, update, delete on payment_rollup_step to desk_app;

-- What was counted without these is counted anew: beside the sums in use, which stay in use until then.
update business_day_rule set built_through = '', built_count = 0 where state = 'building';
insert into business_day_rule (zone, cut_off, state, set_by, set_at)
select zone, cut_off, 'building', set_by, now() from business_day_rule
where state = 'active' and not exists (select from business_day_rule where state = 'building');
