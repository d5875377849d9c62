-- Written by `pnpm db:schema` from a database that the migrations made. Not run by anything.

create extension pg_trgm;

create table account (
  id text not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone not null,
  constraint "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE,
  constraint account_pkey PRIMARY KEY (id)
);
CREATE INDEX account_user_idx ON public.account USING btree ("userId");
grant delete, insert, select, update on account to desk_app;

create table gateway_budget (
  name text not null,
  tokens double precision not null,
  refilled_at timestamp with time zone not null,
  blocked_until timestamp with time zone,
  constraint gateway_budget_pkey PRIMARY KEY (name)
);
grant insert, select, update on gateway_budget to desk_app;

create table observation (
  id bigint generated always as identity not null,
  payment_id text not null,
  source text not null,
  extent text not null,
  status text not null,
  amount_cents bigint,
  occurred_at timestamp with time zone not null,
  learned_at timestamp with time zone not null,
  body_sha256 bytea not null,
  facts_sha256 bytea not null,
  body text not null,
  webhook_delivery_id bigint,
  constraint observation_extent_check CHECK ((extent = ANY (ARRAY['full'::text, 'minimal'::text, 'missing'::text]))),
  constraint observation_source_check CHECK ((source = ANY (ARRAY['webhook'::text, 'api'::text]))),
  constraint observation_pkey PRIMARY KEY (id)
);
CREATE INDEX observation_payment_idx ON public.observation USING btree (payment_id, id);
CREATE UNIQUE INDEX observation_webhook_once_idx ON public.observation USING btree (payment_id, body_sha256, occurred_at) WHERE (source = 'webhook'::text);
grant insert, select on observation to desk_app;

create table payment (
  id text not null,
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
  received_base_units numeric(78,0),
  tx_hash text,
  sender_address text,
  flags text[] default '{}'::text[] not null,
  search_text text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  api_read_at timestamp with time zone,
  observation_id bigint not null,
  constraint payment_pkey PRIMARY KEY (id)
);
CREATE INDEX payment_amount_idx ON public.payment USING btree (amount_cents DESC NULLS LAST, id DESC);
CREATE INDEX payment_created_idx ON public.payment USING btree (created_at DESC, id DESC);
CREATE INDEX payment_deposit_address_idx ON public.payment USING btree (deposit_address);
CREATE INDEX payment_network_created_idx ON public.payment USING btree (network, created_at DESC, id DESC);
CREATE INDEX payment_open_idx ON public.payment USING btree (api_read_at NULLS FIRST) WHERE ((status <> ALL (ARRAY['completed'::text, 'failed'::text, 'expired'::text, 'cancelled'::text])) OR (api_read_at IS NULL));
CREATE INDEX payment_order_idx ON public.payment USING btree (lower(order_id) text_pattern_ops);
CREATE INDEX payment_search_idx ON public.payment USING gin (search_text gin_trgm_ops);
CREATE INDEX payment_sender_address_idx ON public.payment USING btree (sender_address);
CREATE INDEX payment_status_created_idx ON public.payment USING btree (status, created_at DESC, id DESC);
CREATE INDEX payment_token_created_idx ON public.payment USING btree (token_symbol, created_at DESC, id DESC);
CREATE INDEX payment_tx_hash_idx ON public.payment USING btree (tx_hash);
CREATE INDEX payment_type_created_idx ON public.payment USING btree (type, created_at DESC, id DESC);
CREATE INDEX payment_updated_idx ON public.payment USING btree (updated_at DESC);
CREATE STATISTICS public.payment_facets (mcv) ON type, status, token_symbol, network FROM payment;
alter statistics payment_facets set statistics 1000;
grant insert, select, update on payment to desk_app;

create table person_role (
  user_id text not null,
  role text not null,
  granted_at timestamp with time zone not null,
  constraint person_role_role_check CHECK ((role = ANY (ARRAY['support'::text, 'finance'::text, 'approver'::text, 'admin'::text, 'auditor'::text]))),
  constraint person_role_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user"(id) ON DELETE CASCADE,
  constraint person_role_pkey PRIMARY KEY (user_id, role)
);
grant delete, insert, select, update on person_role to desk_app;

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
  expected_base_units numeric(78,0),
  rate numeric,
  amount_due_cents bigint,
  status text not null,
  expires_at timestamp with time zone,
  created_at timestamp with time zone,
  constraint quote_pkey PRIMARY KEY (payment_id, id)
);
grant delete, insert, select, update on quote to desk_app;

create table receipt (
  payment_id text not null,
  tx_hash text,
  block_number numeric(78,0),
  transaction_at timestamp with time zone,
  sender_address text,
  token_symbol text,
  token_decimals smallint,
  network text,
  quote_id text,
  received_base_units numeric(78,0),
  received_usd numeric,
  confirmations integer,
  required_confirmations integer,
  risk_score integer,
  risk_severity text,
  risk_provider text,
  completed_at timestamp with time zone,
  constraint receipt_pkey PRIMARY KEY (payment_id)
);
grant delete, insert, select, update on receipt to desk_app;

create table session (
  id text not null,
  "expiresAt" timestamp with time zone not null,
  token text not null,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null,
  constraint "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token)
);
CREATE INDEX session_expires_idx ON public.session USING btree ("expiresAt");
CREATE INDEX session_user_idx ON public.session USING btree ("userId");
grant delete, insert, select, update on session to desk_app;

create table sign_in_attempt (
  key text not null,
  count integer not null,
  window_started_at timestamp with time zone not null,
  constraint sign_in_attempt_pkey PRIMARY KEY (key)
);
CREATE INDEX sign_in_attempt_window_idx ON public.sign_in_attempt USING btree (window_started_at);
grant delete, insert, select, update on sign_in_attempt to desk_app;

create table sync_state (
  name text not null,
  "position" jsonb not null,
  updated_at timestamp with time zone not null,
  constraint sync_state_pkey PRIMARY KEY (name)
);
grant insert, select, update on sync_state to desk_app;

create table "user" (
  id text not null,
  name text not null,
  email text not null,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  constraint user_pkey PRIMARY KEY (id),
  constraint user_email_key UNIQUE (email)
);
grant delete, insert, select, update on "user" to desk_app;

create table verification (
  id text not null,
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  "updatedAt" timestamp with time zone default CURRENT_TIMESTAMP not null,
  constraint verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_identifier_idx ON public.verification USING btree (identifier);
grant delete, insert, select, update on verification to desk_app;

create table webhook_delivery (
  id bigint generated always as identity not null,
  event_id text not null,
  delivery_id text,
  endpoint_id text,
  timestamp_header text not null,
  sent_at timestamp with time zone,
  received_at timestamp with time zone not null,
  signature_header text not null,
  headers jsonb not null,
  body bytea not null,
  body_sha256 bytea not null,
  signed_sha256 bytea not null,
  secret_id text not null,
  remote_address text,
  verdict text not null,
  duplicate_of bigint,
  conflicting_event boolean default false not null,
  event_type text,
  payment_id text,
  withdrawal_id text,
  status text,
  processed_at timestamp with time zone,
  attempts integer default 0 not null,
  parked_at timestamp with time zone,
  processing_error text,
  constraint webhook_delivery_verdict_check CHECK ((verdict = ANY (ARRAY['valid'::text, 'duplicate'::text, 'malformed'::text]))),
  constraint webhook_delivery_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_delivery_event_idx ON public.webhook_delivery USING btree (event_id);
CREATE UNIQUE INDEX webhook_delivery_event_once_idx ON public.webhook_delivery USING btree (event_id) WHERE ((verdict = 'valid'::text) AND (NOT conflicting_event));
CREATE INDEX webhook_delivery_payment_idx ON public.webhook_delivery USING btree (payment_id, id) WHERE (payment_id IS NOT NULL);
CREATE INDEX webhook_delivery_received_idx ON public.webhook_delivery USING btree (received_at DESC);
CREATE UNIQUE INDEX webhook_delivery_signed_once_idx ON public.webhook_delivery USING btree (signed_sha256) WHERE (verdict = 'valid'::text);
CREATE INDEX webhook_delivery_waiting_idx ON public.webhook_delivery USING btree (id) WHERE ((processed_at IS NULL) AND (parked_at IS NULL) AND (verdict = 'valid'::text));
grant insert, select, update on webhook_delivery to desk_app;

create table webhook_quarantine (
  id bigint generated always as identity not null,
  received_at timestamp with time zone not null,
  verdict text not null,
  reason text not null,
  headers jsonb not null,
  body bytea not null,
  body_bytes integer not null,
  remote_address text,
  constraint webhook_quarantine_verdict_check CHECK ((verdict = ANY (ARRAY['invalid_signature'::text, 'stale_timestamp'::text, 'unknown_secret'::text, 'malformed'::text]))),
  constraint webhook_quarantine_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_quarantine_received_idx ON public.webhook_quarantine USING btree (received_at);
grant delete, insert, select on webhook_quarantine to desk_app;
