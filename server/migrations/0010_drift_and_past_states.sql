-- Where the story of SpacePay's webhooks and the answers of its API disagree, how every payment stood at
-- any past instant, and the mirror of SpacePay's withdrawals.

-- One row for each payment and topic, for good: it is opened, closed and opened again.
create table drift (
  id bigint generated always as identity primary key,
  payment_id text not null,
  -- What it is about, such as `heard completed` or `amount pending`; see server/src/drift/find-drift.ts.
  topic text not null,
  -- May be told more exactly later: what was missing may still arrive, late.
  kind text not null,
  -- The status in question; null where it is about the payment as a whole.
  status text,
  state text not null check (state in ('open', 'closed')),
  -- What it was opened for; null once that was over, so that its return opens it again.
  fact text,
  -- When the trouble began.
  since timestamptz not null,
  detected_at timestamptz not null,
  -- Null where nobody knows.
  stake_cents bigint,
  evidence jsonb not null,
  closed_at timestamptz,
  resolution text check (resolution in ('healed', 'resolved')),
  resolved_by text references person (id),
  resolved_because text,
  check ((state = 'closed') = (closed_at is not null)),
  check ((state = 'closed') = (resolution is not null))
);
create unique index drift_once_idx on drift (payment_id, topic);
create index drift_open_idx on drift (payment_id) where state = 'open';

-- Payments of which time alone may tell more, and when to look again.
create table drift_watch (
  payment_id text primary key,
  look_at timestamptz not null,
  -- SpacePay's API is to be asked meanwhile: its next answer decides.
  asks_api boolean not null
);
create index drift_watch_look_idx on drift_watch (look_at);
create index drift_watch_ask_idx on drift_watch (payment_id) where asks_api;

-- Since when SpacePay tells this Desk anything by webhook: what happened before was never announced, and
-- that is no drift.
create table drift_ground (
  only_row boolean primary key default true check (only_row),
  announced_since timestamptz not null
);

grant select, insert, update on drift, drift_watch, drift_ground to desk_app;
grant delete on drift_watch to desk_app;

-- How each payment stood from one instant to the next, as Desk knew it then. What names a payment (order,
-- addresses, metadata) is found in today's row; here is what changes.
create table payment_state (
  payment_id text not null,
  observation_id bigint not null,
  -- From when on Desk knew this, and until when.
  learned_at timestamptz not null,
  superseded_at timestamptz not null default 'infinity',
  created_at timestamptz not null,
  type text not null,
  status text not null,
  amount_cents bigint,
  net_cents bigint,
  merchant_fee_cents bigint,
  swap_fee_cents bigint,
  token_symbol text,
  token_decimals smallint,
  network text,
  received_base_units numeric(78, 0),
  flags text[] not null,
  primary key (payment_id, observation_id)
);
create index payment_state_created_idx on payment_state (created_at desc, payment_id desc);
create index payment_state_amount_idx on payment_state (amount_cents desc nulls last, payment_id desc);
create index payment_state_current_idx on payment_state (payment_id) where superseded_at = 'infinity';

-- From when on the states above are complete: before an upgrade nobody kept them.
create table payment_state_ground (
  only_row boolean primary key default true check (only_row),
  since timestamptz not null
);
insert into payment_state_ground (since) values (clock_timestamp());

-- Kept by the database itself, so that no Desk, neither an older one, can forget or alter the past.
create function keep_payment_state() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with changed as materialized (
    select told.*
    from told
    left join payment_state as known
      on known.payment_id = told.id and known.superseded_at = 'infinity'
    where known.payment_id is null
      or (known.created_at, known.type, known.status, known.amount_cents, known.net_cents,
          known.merchant_fee_cents, known.swap_fee_cents, known.token_symbol, known.token_decimals,
          known.network, known.received_base_units, known.flags)
        is distinct from
        (told.created_at, told.type, told.status, told.amount_cents, told.net_cents,
          told.merchant_fee_cents, told.swap_fee_cents, told.token_symbol, told.token_decimals,
          told.network, told.received_base_units, told.flags)
  ), ended as (
    update payment_state as known
    set superseded_at = greatest(changed.updated_at, known.learned_at)
    from changed
    where known.payment_id = changed.id and known.superseded_at = 'infinity'
      and known.observation_id <> changed.observation_id
  )
  insert into payment_state (payment_id, observation_id, learned_at, created_at, type, status,
    amount_cents, net_cents, merchant_fee_cents, swap_fee_cents, token_symbol, token_decimals, network,
    received_base_units, flags)
  select id, observation_id, updated_at, created_at, type, status,
    amount_cents, net_cents, merchant_fee_cents, swap_fee_cents, token_symbol, token_decimals, network,
    received_base_units, flags
  from changed
  on conflict (payment_id, observation_id) do update set
    created_at = excluded.created_at, type = excluded.type, status = excluded.status,
    amount_cents = excluded.amount_cents, net_cents = excluded.net_cents,
    merchant_fee_cents = excluded.merchant_fee_cents, swap_fee_cents = excluded.swap_fee_cents,
    token_symbol = excluded.token_symbol, token_decimals = excluded.token_decimals,
    network = excluded.network, received_base_units = excluded.received_base_units,
    flags = excluded.flags;
  return null;
end $$;
revoke all on function keep_payment_state() from public;
create trigger payment_state_of_new after insert on payment
  referencing new table as told for each statement execute function keep_payment_state();
create trigger payment_state_of_changed after update on payment
  referencing new table as told for each statement execute function keep_payment_state();

-- What is known now is where the kept past begins.
insert into payment_state (payment_id, observation_id, learned_at, created_at, type, status,
  amount_cents, net_cents, merchant_fee_cents, swap_fee_cents, token_symbol, token_decimals, network,
  received_base_units, flags)
select id, observation_id, updated_at, created_at, type, status,
  amount_cents, net_cents, merchant_fee_cents, swap_fee_cents, token_symbol, token_decimals, network,
  received_base_units, flags
from payment
on conflict do nothing;
grant select on payment_state, payment_state_ground to desk_app;

-- Payments that are known already are judged once for drift, too.
delete from attention_progress;

create table withdrawal_observation (
  id bigint generated always as identity primary key,
  withdrawal_id text not null,
  source text not null check (source in ('webhook', 'api')),
  extent text not null check (extent in ('full', 'minimal', 'missing')),
  status text not null,
  amount_cents bigint,
  occurred_at timestamptz not null,
  learned_at timestamptz not null,
  body_sha256 bytea not null,
  facts_sha256 bytea not null,
  body text not null,
  webhook_delivery_id bigint
);
create index withdrawal_observation_withdrawal_idx on withdrawal_observation (withdrawal_id, id);
create unique index withdrawal_observation_webhook_once_idx
  on withdrawal_observation (withdrawal_id, body_sha256, occurred_at) where source = 'webhook';

-- SpacePay's withdrawals as it tells of them; what Desk itself asked for stands elsewhere.
create table withdrawal (
  id text primary key,
  status text not null,
  amount_cents bigint,
  currency text not null,
  -- CAIP-2.
  network text,
  recipient_address text,
  order_id text,
  custom_metadata text,
  error_message text,
  tx_hash text,
  -- When its transaction was mined.
  transaction_at timestamptz,
  received_base_units numeric(78, 0),
  token_symbol text,
  token_decimals smallint,
  created_at timestamptz not null,
  -- When something was last learned about it.
  updated_at timestamptz not null,
  api_read_at timestamptz,
  observation_id bigint not null
);
create index withdrawal_created_idx on withdrawal (created_at desc, id desc);
create index withdrawal_status_created_idx on withdrawal (status, created_at desc, id desc);
create index withdrawal_order_idx on withdrawal (lower(order_id) text_pattern_ops);
create index withdrawal_recipient_idx on withdrawal (recipient_address);
create index withdrawal_tx_hash_idx on withdrawal (tx_hash);
create index withdrawal_open_idx on withdrawal (api_read_at nulls first)
  where status not in ('completed', 'failed', 'cancelled') or api_read_at is null;

grant select, insert on withdrawal_observation to desk_app;
grant select, insert, update on withdrawal to desk_app;
