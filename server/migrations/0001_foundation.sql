-- The mirror of what SpacePay tells us. Instants are timestamptz; fiat is bigint cents; token amounts
-- are numeric(78,0) base units. JSON that came from outside is kept as text: jsonb would refuse
-- \u0000 and reorder keys, and evidence has to stay byte for byte.

create extension if not exists pg_trgm;

create table observation (
  id bigint generated always as identity,
  payment_id text not null,
  source text not null check (source in ('webhook', 'api')),
  -- `missing`: the API said that it does not know the payment.
  extent text not null check (extent in ('full', 'minimal', 'missing')),
  status text not null,
  amount_cents bigint,
  occurred_at timestamptz not null,
  learned_at timestamptz not null,
  body_sha256 bytea not null,
  -- Of what we understood of it: lists and single reads word the same facts differently.
  facts_sha256 bytea not null,
  body text not null,
  webhook_delivery_id bigint,
  primary key (id)
);
create index observation_payment_idx on observation (payment_id, id);
-- One signed body is one thing learned, however often and under whatever event id it arrives.
create unique index observation_webhook_once_idx on observation (payment_id, body_sha256, occurred_at)
  where source = 'webhook';

create table payment (
  id text primary key,
  merchant_id text,
  type text not null,
  status text not null,
  amount_cents bigint,
  amount_due_cents bigint,
  convenience_fee_cents bigint,
  merchant_fee_cents bigint,
  swap_fee_cents bigint,
  net_cents bigint,
  currency text not null,
  order_id text,
  redirect_url text,
  custom_metadata text,
  deposit_address text,
  token_symbol text,
  token_decimals smallint,
  network text,
  received_base_units numeric(78, 0),
  tx_hash text,
  sender_address text,
  flags text[] not null default '{}',
  -- Lower case: id, order id, addresses, hash and metadata, one per line.
  search_text text not null,
  created_at timestamptz not null,
  -- When the row last changed.
  updated_at timestamptz not null,
  -- When the API last answered about this payment, changed or not.
  api_read_at timestamptz,
  observation_id bigint not null
);
-- One index per sort; the id breaks ties so that keyset pages never skip or repeat a row.
create index payment_created_idx on payment (created_at desc, id desc);
create index payment_amount_idx on payment (amount_cents desc nulls last, id desc);
create index payment_status_created_idx on payment (status, created_at desc, id desc);
create index payment_type_created_idx on payment (type, created_at desc, id desc);
create index payment_token_created_idx on payment (token_symbol, created_at desc, id desc);
create index payment_network_created_idx on payment (network, created_at desc, id desc);
create index payment_order_idx on payment (lower(order_id) text_pattern_ops);
create index payment_deposit_address_idx on payment (deposit_address);
create index payment_tx_hash_idx on payment (tx_hash);
create index payment_sender_address_idx on payment (sender_address);
create index payment_search_idx on payment using gin (search_text gin_trgm_ops);
-- The open-payment sweep reads few rows of many.
create index payment_open_idx on payment (api_read_at nulls first)
  where status not in ('completed', 'failed', 'expired', 'cancelled') or api_read_at is null;
create index payment_updated_idx on payment (updated_at desc);
-- What is rare together (an expired payment that names a token) is common apart: without this the
-- planner walks an index for rows that are not there.
create statistics payment_facets (mcv) on status, type, token_symbol, network from payment;
alter statistics payment_facets set statistics 1000;

create table quote (
  payment_id text not null,
  id text not null,
  token_symbol text not null,
  token_id text,
  contract_address text,
  token_decimals smallint,
  token_is_native boolean not null,
  network text,
  deposit_address text,
  expected_base_units numeric(78, 0),
  rate numeric,
  amount_due_cents bigint,
  status text not null,
  expires_at timestamptz,
  created_at timestamptz,
  primary key (payment_id, id)
);

create table receipt (
  payment_id text primary key,
  tx_hash text,
  block_number numeric(78, 0),
  transaction_at timestamptz,
  sender_address text,
  token_symbol text,
  token_decimals smallint,
  network text,
  quote_id text,
  received_base_units numeric(78, 0),
  received_usd numeric,
  confirmations integer,
  required_confirmations integer,
  risk_score integer,
  risk_severity text,
  risk_provider text,
  completed_at timestamptz
);

create table webhook_delivery (
  id bigint generated always as identity primary key,
  -- SpacePay's event id; the hash of the body where the header is missing.
  event_id text not null,
  delivery_id text,
  endpoint_id text,
  timestamp_header text not null,
  sent_at timestamptz,
  received_at timestamptz not null,
  signature_header text not null,
  headers jsonb not null,
  body bytea not null,
  body_sha256 bytea not null,
  -- Of the signed bytes: timestamp, dot, body.
  signed_sha256 bytea not null,
  secret_id text not null,
  remote_address text,
  verdict text not null check (verdict in ('valid', 'duplicate', 'malformed')),
  -- The delivery this one repeats.
  duplicate_of bigint,
  -- The event id is outside the signature: the same id over another signed body is flagged.
  conflicting_event boolean not null default false,
  event_type text,
  payment_id text,
  withdrawal_id text,
  status text,
  processed_at timestamptz,
  attempts integer not null default 0,
  -- Set aside for a person, with the error: trying again will not help.
  parked_at timestamptz,
  processing_error text
);
create index webhook_delivery_event_idx on webhook_delivery (event_id);
-- Two Desks may receive the same event at the same moment: one of them stores the duplicate.
create unique index webhook_delivery_event_once_idx on webhook_delivery (event_id)
  where verdict = 'valid' and not conflicting_event;
create unique index webhook_delivery_signed_once_idx on webhook_delivery (signed_sha256)
  where verdict = 'valid';
create index webhook_delivery_payment_idx on webhook_delivery (payment_id, id) where payment_id is not null;
create index webhook_delivery_received_idx on webhook_delivery (received_at desc);
-- The stored rows are the queue.
create index webhook_delivery_waiting_idx on webhook_delivery (id)
  where processed_at is null and parked_at is null and verdict = 'valid';

-- What failed verification: capped in size, rate and age, for a person to look at.
create table webhook_quarantine (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  verdict text not null check (verdict in ('invalid_signature', 'stale_timestamp', 'unknown_secret', 'malformed')),
  reason text not null,
  headers jsonb not null,
  body bytea not null,
  body_bytes integer not null,
  remote_address text
);
create index webhook_quarantine_received_idx on webhook_quarantine (received_at);

create table sync_state (
  name text primary key,
  position jsonb not null,
  updated_at timestamptz not null
);

-- One token bucket for all Desks; see the gateway's rate budget.
create table gateway_budget (
  name text primary key,
  tokens double precision not null,
  refilled_at timestamptz not null,
  blocked_until timestamptz
);

-- Identity: the tables better-auth reads and writes, in its own column names.
create table "user" (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create table "session" (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references "user" ("id") on delete cascade
);
create index session_user_idx on "session" ("userId");
create index session_expires_idx on "session" ("expiresAt");
create table "account" (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references "user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index account_user_idx on "account" ("userId");
create table "verification" (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier_idx on "verification" ("identifier");
-- Sign-in attempts per account and per address, counted for all Desks together.
create table sign_in_attempt (
  key text primary key,
  count integer not null,
  window_started_at timestamptz not null
);
create index sign_in_attempt_window_idx on sign_in_attempt (window_started_at);

-- Roles are ours. A person may hold several.
create table person_role (
  user_id text not null references "user" ("id") on delete cascade,
  role text not null check (role in ('support', 'finance', 'approver', 'admin', 'auditor')),
  granted_at timestamptz not null,
  primary key (user_id, role)
);

-- Desk runs as a lesser role. Observations are append-only by right.
grant usage on schema public to desk_app;
grant select, insert on observation to desk_app;
grant select, insert, update on payment, quote, receipt, webhook_delivery, sync_state, gateway_budget to desk_app;
grant delete on quote, receipt to desk_app;
grant select, insert, delete on webhook_quarantine to desk_app;
grant select, insert, update, delete on "user", "session", "account", "verification", sign_in_attempt, person_role to desk_app;
