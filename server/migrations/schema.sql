-- Written by `pnpm db:schema` from a database that the migrations made. Not run by anything.

create extension pg_trgm;

create table alarm (
  kind text not null,
  state text not null,
  turning_since timestamp with time zone,
  opened_at timestamp with time zone,
  told_at timestamp with time zone,
  sentence text not null,
  constraint alarm_state_check CHECK ((state = ANY (ARRAY['clear'::text, 'open'::text]))),
  constraint alarm_pkey PRIMARY KEY (kind)
);
grant insert, select, update on alarm to desk_app;

create table approval_delegation (
  id text not null,
  from_user_id text not null,
  to_user_id text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint approval_delegation_check CHECK ((from_user_id <> to_user_id)),
  constraint approval_delegation_check1 CHECK ((ends_at > starts_at)),
  constraint approval_delegation_from_user_id_fkey FOREIGN KEY (from_user_id) REFERENCES person(id),
  constraint approval_delegation_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id),
  constraint approval_delegation_to_user_id_fkey FOREIGN KEY (to_user_id) REFERENCES person(id),
  constraint approval_delegation_pkey PRIMARY KEY (id)
);
CREATE INDEX approval_delegation_to_idx ON public.approval_delegation USING btree (to_user_id, ends_at) WHERE (ended_at IS NULL);
grant insert, select, update on approval_delegation to desk_app;

create table attention_event (
  id bigint generated always as identity not null,
  item_id bigint not null,
  what text not null,
  at timestamp with time zone not null,
  actor_id text,
  assignee_role text,
  assignee_id text,
  due_at timestamp with time zone,
  reason text,
  constraint attention_event_what_check CHECK ((what = ANY (ARRAY['opened'::text, 'reopened'::text, 'assigned'::text, 'handed_back'::text, 'released'::text, 'resolved'::text, 'closed'::text]))),
  constraint attention_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id),
  constraint attention_event_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES person(id),
  constraint attention_event_item_id_fkey FOREIGN KEY (item_id) REFERENCES attention_item(id),
  constraint attention_event_pkey PRIMARY KEY (id)
);
CREATE INDEX attention_event_item_idx ON public.attention_event USING btree (item_id, id);
grant insert, select on attention_event to desk_app;

create table attention_item (
  id bigint generated always as identity not null,
  payment_id text not null,
  kind text not null,
  state text not null,
  fact text,
  stake_cents bigint,
  opened_at timestamp with time zone not null,
  assignee_role text,
  assignee_id text,
  assigned_at timestamp with time zone,
  assigned_by text,
  assigned_because text,
  due_at timestamp with time zone,
  resolved_at timestamp with time zone,
  resolved_by text,
  resolved_because text,
  silent_since timestamp with time zone,
  constraint attention_item_assignee_role_check CHECK ((assignee_role = ANY (ARRAY['support'::text, 'finance'::text, 'approver'::text, 'admin'::text, 'auditor'::text]))),
  constraint attention_item_check CHECK (((state = 'resolved'::text) = (resolved_at IS NOT NULL))),
  constraint attention_item_state_check CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text]))),
  constraint attention_item_assigned_by_fkey FOREIGN KEY (assigned_by) REFERENCES person(id),
  constraint attention_item_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES person(id),
  constraint attention_item_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES person(id),
  constraint attention_item_pkey PRIMARY KEY (id)
);
CREATE INDEX attention_item_due_idx ON public.attention_item USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id) WHERE (state = 'open'::text);
CREATE INDEX attention_item_kind_idx ON public.attention_item USING btree (kind, payment_id) WHERE (state = 'open'::text);
CREATE INDEX attention_item_oldest_idx ON public.attention_item USING btree (opened_at, id) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX attention_item_once_idx ON public.attention_item USING btree (payment_id, kind);
CREATE INDEX attention_item_person_idx ON public.attention_item USING btree (assignee_id, payment_id) WHERE (state = 'open'::text);
CREATE INDEX attention_item_resolved_idx ON public.attention_item USING btree (resolved_at, id) WHERE (state = 'resolved'::text);
CREATE INDEX attention_item_role_idx ON public.attention_item USING btree (assignee_role, payment_id) WHERE (state = 'open'::text);
CREATE INDEX attention_item_silence_idx ON public.attention_item USING btree (silent_since) WHERE ((state = 'open'::text) AND (silent_since IS NOT NULL));
CREATE INDEX attention_item_stake_idx ON public.attention_item USING btree (COALESCE(stake_cents, ('-1'::integer)::bigint), id) WHERE (state = 'open'::text);
grant insert, select, update on attention_item to desk_app;

create table attention_progress (
  only_row boolean default true not null,
  reached bigint not null,
  ground bigint not null,
  turned_at timestamp with time zone not null,
  constraint attention_progress_only_row_check CHECK (only_row),
  constraint attention_progress_pkey PRIMARY KEY (only_row)
);
grant insert, select, update on attention_progress to desk_app;

create table audit_entry (
  seq bigint not null,
  at timestamp with time zone not null,
  actor_id text,
  actor_name text,
  actor_email text,
  action text not null,
  outcome text not null,
  reason text,
  subject_kind text,
  subject_id text,
  subject_label text,
  before text,
  after text,
  address text,
  request_id text,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_entry_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text]))),
  constraint audit_entry_pkey PRIMARY KEY (seq)
);
CREATE INDEX audit_entry_action_idx ON public.audit_entry USING btree (action, seq DESC);
CREATE INDEX audit_entry_actor_idx ON public.audit_entry USING btree (actor_id, seq DESC);
CREATE INDEX audit_entry_at_idx ON public.audit_entry USING btree (at DESC, seq DESC);
CREATE INDEX audit_entry_outcome_idx ON public.audit_entry USING btree (outcome, seq DESC) WHERE (outcome <> 'done'::text);
CREATE INDEX audit_entry_subject_idx ON public.audit_entry USING btree (subject_kind, subject_id, seq DESC);
grant insert, select on audit_entry to desk_app;

create table audit_proof (
  is_only boolean default true not null,
  walked_seq bigint default 0 not null,
  walked_hash bytea default decode(repeat('00'::text, 32), 'hex'::text) not null,
  is_whole boolean default false not null,
  proved_seq bigint default 0 not null,
  proved_hash bytea default decode(repeat('00'::text, 32), 'hex'::text) not null,
  proved_at timestamp with time zone,
  fault_seq bigint,
  fault text,
  constraint audit_proof_check CHECK (((fault_seq IS NULL) = (fault IS NULL))),
  constraint audit_proof_is_only_check CHECK (is_only),
  constraint audit_proof_pkey PRIMARY KEY (is_only)
);
grant select, update on audit_proof to desk_app;

create table authenticator (
  user_id text not null,
  sealed_secret text not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  next_sealed_secret text,
  last_step bigint,
  constraint authenticator_user_id_fkey FOREIGN KEY (user_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint authenticator_pkey PRIMARY KEY (user_id)
);
grant delete, insert, select, update on authenticator to desk_app;

create table bank_account (
  id text not null,
  name text not null,
  identifier text not null,
  currency text not null,
  csv_mappings jsonb default '{}'::jsonb not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint bank_account_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'EUR'::text, 'GBP'::text]))),
  constraint bank_account_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id),
  constraint bank_account_pkey PRIMARY KEY (id),
  constraint bank_account_identifier_key UNIQUE (identifier)
);
grant insert, select on bank_account to desk_app;
grant update (name, csv_mappings) on bank_account to desk_app;

create table bank_line (
  id bigint generated always as identity not null,
  account_id text not null,
  statement_id text not null,
  row_number integer not null,
  booked_on date not null,
  value_on date,
  amount_minor bigint not null,
  currency text not null,
  reference text not null,
  counterparty text not null,
  description text not null,
  text text not null,
  original_minor bigint,
  original_currency text,
  rate text,
  charge_minor bigint default 0 not null,
  worth_cents bigint,
  duplicate_key bytea not null,
  matched_minor bigint default 0 not null,
  set_aside_at timestamp with time zone,
  set_aside_by text,
  set_aside_reason text,
  constraint bank_line_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint bank_line_charge_minor_check CHECK ((charge_minor >= 0)),
  constraint bank_line_check CHECK ((((amount_minor > 0) AND ((matched_minor >= 0) AND (matched_minor <= amount_minor))) OR ((amount_minor < 0) AND ((matched_minor >= amount_minor) AND (matched_minor <= 0))))),
  constraint bank_line_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(id),
  constraint bank_line_set_aside_by_fkey FOREIGN KEY (set_aside_by) REFERENCES person(id),
  constraint bank_line_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES bank_statement(id),
  constraint bank_line_pkey PRIMARY KEY (id),
  constraint bank_line_account_id_duplicate_key_key UNIQUE (account_id, duplicate_key)
);
CREATE INDEX bank_line_account_idx ON public.bank_line USING btree (account_id, booked_on DESC, id DESC);
CREATE INDEX bank_line_day_idx ON public.bank_line USING btree (booked_on DESC, id DESC);
CREATE INDEX bank_line_open_idx ON public.bank_line USING btree (booked_on, id) WHERE ((matched_minor <> amount_minor) AND (set_aside_at IS NULL));
CREATE INDEX bank_line_statement_idx ON public.bank_line USING btree (statement_id, id);
grant insert, select on bank_line to desk_app;
grant update (set_aside_at, set_aside_by, set_aside_reason) on bank_line to desk_app;

create table bank_statement (
  id text not null,
  account_id text not null,
  file_name text not null,
  sha256 bytea not null,
  bytes bigint not null,
  format text not null,
  period_from date,
  period_to date,
  opening_minor bigint,
  closing_minor bigint,
  imported_by text not null,
  imported_at timestamp with time zone not null,
  lines integer not null,
  duplicates integer not null,
  errors integer not null,
  row_errors jsonb not null,
  notices text[] default '{}'::text[] not null,
  matched_at timestamp with time zone,
  constraint bank_statement_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'camt.053'::text]))),
  constraint bank_statement_account_id_fkey FOREIGN KEY (account_id) REFERENCES bank_account(id),
  constraint bank_statement_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES person(id),
  constraint bank_statement_pkey PRIMARY KEY (id),
  constraint bank_statement_account_id_sha256_key UNIQUE (account_id, sha256)
);
CREATE INDEX bank_statement_imported_idx ON public.bank_statement USING btree (imported_at DESC, id DESC);
grant insert, select on bank_statement to desk_app;
grant update (matched_at) on bank_statement to desk_app;

create table business_day (
  rule_id integer not null,
  day date not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint business_day_check CHECK ((starts_at < ends_at)),
  constraint business_day_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES business_day_rule(id),
  constraint business_day_pkey PRIMARY KEY (rule_id, day)
);
CREATE UNIQUE INDEX business_day_start_idx ON public.business_day USING btree (rule_id, starts_at DESC);
grant delete, insert, select, update on business_day to desk_app;

create table business_day_rule (
  id integer generated always as identity not null,
  zone text not null,
  cut_off text not null,
  state text not null,
  set_by text,
  set_at timestamp with time zone not null,
  built_through text default ''::text not null,
  built_count bigint default 0 not null,
  active_since timestamp with time zone,
  constraint business_day_rule_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint business_day_rule_state_check CHECK ((state = ANY (ARRAY['building'::text, 'active'::text, 'past'::text]))),
  constraint business_day_rule_set_by_fkey FOREIGN KEY (set_by) REFERENCES person(id),
  constraint business_day_rule_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX business_day_rule_active_idx ON public.business_day_rule USING btree (state) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX business_day_rule_building_idx ON public.business_day_rule USING btree (state) WHERE (state = 'building'::text);
grant insert, select, update on business_day_rule to desk_app;

create table destination (
  id text not null,
  network text not null,
  address text not null,
  label text not null,
  state text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  approved_by text,
  approved_at timestamp with time zone,
  usable_from timestamp with time zone,
  state_by text,
  state_at timestamp with time zone not null,
  state_reason text,
  constraint destination_check CHECK (((approved_by IS NULL) OR (approved_by <> proposed_by))),
  constraint destination_check1 CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  constraint destination_check2 CHECK (((state <> 'active'::text) OR ((approved_at IS NOT NULL) AND (usable_from IS NOT NULL)))),
  constraint destination_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'active'::text, 'frozen'::text, 'refused'::text, 'removed'::text]))),
  constraint destination_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id),
  constraint destination_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id),
  constraint destination_state_by_fkey FOREIGN KEY (state_by) REFERENCES person(id),
  constraint destination_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX destination_address_idx ON public.destination USING btree (network, lower(address)) WHERE (state = ANY (ARRAY['proposed'::text, 'active'::text, 'frozen'::text]));
CREATE INDEX destination_history_idx ON public.destination USING btree (lower(address));
CREATE INDEX destination_label_idx ON public.destination USING btree (lower(label), id);
CREATE UNIQUE INDEX destination_label_once_idx ON public.destination USING btree (network, lower(label)) WHERE (state = ANY (ARRAY['proposed'::text, 'active'::text, 'frozen'::text]));
CREATE INDEX destination_state_idx ON public.destination USING btree (state, state_at DESC, id DESC);
grant insert, select, update on destination to desk_app;

create table drift (
  id bigint generated always as identity not null,
  payment_id text not null,
  topic text not null,
  kind text not null,
  status text,
  state text not null,
  fact text,
  since timestamp with time zone not null,
  detected_at timestamp with time zone not null,
  stake_cents bigint,
  evidence jsonb not null,
  closed_at timestamp with time zone,
  resolution text,
  resolved_by text,
  resolved_because text,
  constraint drift_check CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint drift_check1 CHECK (((state = 'closed'::text) = (resolution IS NOT NULL))),
  constraint drift_resolution_check CHECK ((resolution = ANY (ARRAY['healed'::text, 'resolved'::text]))),
  constraint drift_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
  constraint drift_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES person(id),
  constraint drift_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX drift_once_idx ON public.drift USING btree (payment_id, topic);
CREATE INDEX drift_open_idx ON public.drift USING btree (payment_id) WHERE (state = 'open'::text);
grant insert, select, update on drift to desk_app;

create table drift_ground (
  only_row boolean default true not null,
  announced_since timestamp with time zone not null,
  constraint drift_ground_only_row_check CHECK (only_row),
  constraint drift_ground_pkey PRIMARY KEY (only_row)
);
grant insert, select, update on drift_ground to desk_app;

create table drift_watch (
  payment_id text not null,
  look_at timestamp with time zone not null,
  asks_api boolean not null,
  constraint drift_watch_pkey PRIMARY KEY (payment_id)
);
CREATE INDEX drift_watch_ask_idx ON public.drift_watch USING btree (payment_id) WHERE asks_api;
CREATE INDEX drift_watch_look_idx ON public.drift_watch USING btree (look_at);
grant delete, insert, select, update on drift_watch to desk_app;

create table export (
  id text not null,
  kind text not null,
  query jsonb not null,
  zone text not null,
  asked_on text not null,
  viewer_id text not null,
  times_zone text not null,
  column_set integer not null,
  columns text[] not null,
  format text not null,
  has_mark boolean not null,
  state text not null,
  attempt integer default 0 not null,
  rows_done bigint default 0 not null,
  rows_expected bigint,
  file_name text,
  bytes bigint,
  sha256 bytea,
  totals jsonb,
  snapshot_at timestamp with time zone,
  previous_id text,
  difference jsonb,
  error text,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  expired_at timestamp with time zone,
  forgotten_at timestamp with time zone,
  cut_off text default '00:00'::text not null,
  constraint export_check CHECK (((state <> 'done'::text) OR ((sha256 IS NOT NULL) AND (bytes IS NOT NULL) AND (totals IS NOT NULL) AND (file_name IS NOT NULL) AND (snapshot_at IS NOT NULL)))),
  constraint export_cut_off_check CHECK ((cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint export_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
  constraint export_kind_check CHECK ((kind = 'payments'::text)),
  constraint export_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint export_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES export(id),
  constraint export_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES person(id),
  constraint export_viewer_id_fkey FOREIGN KEY (viewer_id) REFERENCES person(id),
  constraint export_pkey PRIMARY KEY (id)
);
CREATE INDEX export_open_idx ON public.export USING btree (id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX export_previous_idx ON public.export USING btree (previous_id) WHERE (previous_id IS NOT NULL);
CREATE INDEX export_requested_idx ON public.export USING btree (requested_at DESC, id DESC);
grant insert, select, update on export to desk_app;

create table export_change (
  export_id text not null,
  number integer not null,
  payment_id text not null,
  change text not null,
  fields jsonb not null,
  constraint export_change_change_check CHECK ((change = ANY (ARRAY['added'::text, 'removed'::text, 'changed'::text]))),
  constraint export_change_export_id_fkey FOREIGN KEY (export_id) REFERENCES export(id),
  constraint export_change_pkey PRIMARY KEY (export_id, number)
);
grant delete, insert, select on export_change to desk_app;

create table export_part (
  export_id text not null,
  kind text not null,
  number integer not null,
  bytes bytea not null,
  constraint export_part_kind_check CHECK ((kind = ANY (ARRAY['file'::text, 'state'::text]))),
  constraint export_part_export_id_fkey FOREIGN KEY (export_id) REFERENCES export(id),
  constraint export_part_pkey PRIMARY KEY (export_id, kind, number)
);
grant delete, insert, select on export_part to desk_app;

create table gateway_budget (
  name text not null,
  tokens double precision not null,
  refilled_at timestamp with time zone not null,
  blocked_until timestamp with time zone,
  constraint gateway_budget_pkey PRIMARY KEY (name)
);
grant insert, select, update on gateway_budget to desk_app;

create table installation (
  only_row boolean default true not null,
  is_demo boolean not null,
  started_at timestamp with time zone not null,
  constraint installation_only_row_check CHECK (only_row),
  constraint installation_pkey PRIMARY KEY (only_row)
);
grant insert, select on installation to desk_app;

create table invitation (
  id text not null,
  kind text not null,
  email text,
  name text,
  roles text[] not null,
  invited_by text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  mailed_at timestamp with time zone,
  accepted_at timestamp with time zone,
  accepted_by text,
  voided_at timestamp with time zone,
  voided_because text,
  constraint invitation_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'setup'::text]))),
  constraint invitation_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES person(id),
  constraint invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES person(id),
  constraint invitation_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX invitation_open_email_idx ON public.invitation USING btree (email) WHERE ((accepted_at IS NULL) AND (voided_at IS NULL));
CREATE UNIQUE INDEX invitation_open_setup_idx ON public.invitation USING btree (kind) WHERE ((kind = 'setup'::text) AND (accepted_at IS NULL) AND (voided_at IS NULL));
grant insert, select, update on invitation to desk_app;

create table journal_accounts (
  id integer generated always as identity not null,
  accounts jsonb not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint journal_accounts_set_by_fkey FOREIGN KEY (set_by) REFERENCES person(id),
  constraint journal_accounts_pkey PRIMARY KEY (id)
);
grant insert, select on journal_accounts to desk_app;

create table list_preference (
  person_id text not null,
  list text not null,
  columns text[],
  widths jsonb default '{}'::jsonb not null,
  density text,
  changed_at timestamp with time zone not null,
  constraint list_preference_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  constraint list_preference_pkey PRIMARY KEY (person_id, list)
);
grant insert, select, update on list_preference to desk_app;

create table notification (
  id bigint generated always as identity not null,
  channel_id text not null,
  alarm text,
  occasion text not null,
  sentence text not null,
  made_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  attempts integer default 0 not null,
  sent_at timestamp with time zone,
  problem text,
  path text,
  constraint notification_occasion_check CHECK ((occasion = ANY (ARRAY['opened'::text, 'reminder'::text, 'well'::text, 'test'::text, 'notice'::text]))),
  constraint notification_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES notification_channel(id),
  constraint notification_pkey PRIMARY KEY (id)
);
CREATE INDEX notification_channel_newest_idx ON public.notification USING btree (channel_id, id DESC);
CREATE INDEX notification_waiting_idx ON public.notification USING btree (channel_id, id) WHERE (sent_at IS NULL);
grant insert, select, update on notification to desk_app;

create table notification_channel (
  id text not null,
  kind text not null,
  label text not null,
  recipients text[] default '{}'::text[] not null,
  sealed_url text,
  url_host text,
  alarms text[] not null,
  quiet_from text,
  quiet_until text,
  added_at timestamp with time zone not null,
  added_by text not null,
  removed_at timestamp with time zone,
  constraint notification_channel_check CHECK (((kind = 'chat'::text) = (sealed_url IS NOT NULL))),
  constraint notification_channel_check1 CHECK (((quiet_from IS NULL) = (quiet_until IS NULL))),
  constraint notification_channel_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'chat'::text]))),
  constraint notification_channel_added_by_fkey FOREIGN KEY (added_by) REFERENCES person(id),
  constraint notification_channel_pkey PRIMARY KEY (id)
);
grant insert, select, update on notification_channel to desk_app;

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

create table passkey (
  id text not null,
  user_id text not null,
  name text not null,
  public_key bytea not null,
  sign_count bigint not null,
  transports text[] not null,
  backed_up boolean not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint passkey_pkey PRIMARY KEY (id)
);
CREATE INDEX passkey_user_idx ON public.passkey USING btree (user_id);
grant delete, insert, select, update on passkey to desk_app;

create table passkey_challenge (
  holder_id text not null,
  purpose text not null,
  challenge text not null,
  expires_at timestamp with time zone not null,
  constraint passkey_challenge_purpose_check CHECK ((purpose = ANY (ARRAY['enrol'::text, 'sign_in'::text, 'step_up'::text]))),
  constraint passkey_challenge_pkey PRIMARY KEY (holder_id, purpose)
);
CREATE INDEX passkey_challenge_expires_idx ON public.passkey_challenge USING btree (expires_at);
grant delete, insert, select, update on passkey_challenge to desk_app;

create table password (
  user_id text not null,
  hash text not null,
  changed_at timestamp with time zone not null,
  constraint password_user_id_fkey FOREIGN KEY (user_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint password_pkey PRIMARY KEY (user_id)
);
grant delete, insert, select, update on password to desk_app;

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
CREATE INDEX payment_flagged_idx ON public.payment USING btree (created_at DESC, id DESC) WHERE (flags <> '{}'::text[]);
CREATE INDEX payment_network_created_idx ON public.payment USING btree (network, created_at DESC, id DESC);
CREATE INDEX payment_open_idx ON public.payment USING btree (api_read_at NULLS FIRST) WHERE ((status <> ALL (ARRAY['completed'::text, 'failed'::text, 'expired'::text, 'cancelled'::text])) OR (api_read_at IS NULL));
CREATE INDEX payment_order_idx ON public.payment USING btree (lower(order_id) text_pattern_ops);
CREATE INDEX payment_search_idx ON public.payment USING gin (search_text gin_trgm_ops);
CREATE INDEX payment_sender_address_idx ON public.payment USING btree (sender_address);
CREATE INDEX payment_sender_head_idx ON public.payment USING btree ("left"(sender_address, 6)) WHERE (sender_address IS NOT NULL);
CREATE INDEX payment_sender_tail_idx ON public.payment USING btree ("right"(sender_address, 4)) WHERE (sender_address IS NOT NULL);
CREATE INDEX payment_status_created_idx ON public.payment USING btree (status, created_at DESC, id DESC);
CREATE INDEX payment_token_created_idx ON public.payment USING btree (token_symbol, created_at DESC, id DESC);
CREATE INDEX payment_tx_hash_idx ON public.payment USING btree (tx_hash);
CREATE INDEX payment_type_created_idx ON public.payment USING btree (type, created_at DESC, id DESC);
CREATE INDEX payment_updated_idx ON public.payment USING btree (updated_at DESC);
CREATE STATISTICS public.payment_facets (mcv) ON type, status, token_symbol, network FROM payment;
alter statistics payment_facets set statistics 1000;
CREATE TRIGGER payment_share_of_changed AFTER UPDATE ON public.payment REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION tell_payment_share_due();
CREATE TRIGGER payment_share_of_new AFTER INSERT ON public.payment REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION tell_payment_share_due();
CREATE TRIGGER payment_state_of_changed AFTER UPDATE ON public.payment REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION keep_payment_state();
CREATE TRIGGER payment_state_of_new AFTER INSERT ON public.payment REFERENCING NEW TABLE AS told FOR EACH STATEMENT EXECUTE FUNCTION keep_payment_state();
grant insert, select, update on payment to desk_app;

create table payment_creation (
  attempt text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  wish text not null,
  made_from text,
  state text not null,
  payment_id text,
  sealed_link text,
  refusal text,
  refused_field text,
  constraint payment_creation_check CHECK (((state = 'made'::text) = (payment_id IS NOT NULL))),
  constraint payment_creation_check1 CHECK (((state = 'refused'::text) = (refusal IS NOT NULL))),
  constraint payment_creation_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'made'::text, 'refused'::text]))),
  constraint payment_creation_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES person(id),
  constraint payment_creation_pkey PRIMARY KEY (attempt),
  constraint payment_creation_payment_id_key UNIQUE (payment_id)
);
CREATE INDEX payment_creation_made_from_idx ON public.payment_creation USING btree (made_from) WHERE (made_from IS NOT NULL);
grant insert, select, update on payment_creation to desk_app;

create table payment_note (
  id bigint generated always as identity not null,
  payment_id text not null,
  author_id text not null,
  text text not null,
  written_at timestamp with time zone not null,
  version integer default 1 not null,
  edited_at timestamp with time zone,
  constraint payment_note_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 4000))),
  constraint payment_note_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id),
  constraint payment_note_pkey PRIMARY KEY (id)
);
CREATE INDEX payment_note_payment_idx ON public.payment_note USING btree (payment_id, id);
grant insert, select, update on payment_note to desk_app;

create table payment_note_version (
  note_id bigint not null,
  version integer not null,
  text text not null,
  written_at timestamp with time zone not null,
  constraint payment_note_version_note_id_fkey FOREIGN KEY (note_id) REFERENCES payment_note(id),
  constraint payment_note_version_pkey PRIMARY KEY (note_id, version)
);
grant insert, select on payment_note_version to desk_app;

create table payment_rollup (
  rule_id integer not null,
  basis text not null,
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
  quoted bigint default 0 not null,
  seen bigint default 0 not null,
  constraint payment_rollup_basis_check CHECK ((basis = ANY (ARRAY['created'::text, 'settled'::text]))),
  constraint payment_rollup_pkey PRIMARY KEY (rule_id, basis, day, token, network, status, type)
);
grant delete, insert, select, update on payment_rollup to desk_app;

create table payment_rollup_confirm (
  rule_id integer not null,
  day date not null,
  token text not null,
  network text not null,
  step smallint not null,
  payments bigint not null,
  constraint payment_rollup_confirm_pkey PRIMARY KEY (rule_id, day, token, network, step)
);
grant delete, insert, select, update on payment_rollup_confirm to desk_app;

create table payment_rollup_hour (
  rule_id integer not null,
  day date not null,
  hour smallint not null,
  status text not null,
  type text not null,
  payments bigint not null,
  gross_cents bigint not null,
  slippage_cents bigint not null,
  constraint payment_rollup_hour_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint payment_rollup_hour_pkey PRIMARY KEY (rule_id, day, hour, status, type)
);
grant delete, insert, select, update on payment_rollup_hour to desk_app;

create table payment_rollup_step (
  rule_id integer not null,
  day date not null,
  measure text not null,
  status text not null,
  type text not null,
  step smallint not null,
  payments bigint not null,
  constraint payment_rollup_step_measure_check CHECK ((measure = ANY (ARRAY['size'::text, 'confirm'::text]))),
  constraint payment_rollup_step_pkey PRIMARY KEY (rule_id, day, measure, status, type, step)
);
grant delete, insert, select, update on payment_rollup_step to desk_app;

create table payment_share (
  rule_id integer not null,
  payment_id text not null,
  type text not null,
  status text not null,
  token text not null,
  network text not null,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
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
  confirm_step smallint,
  is_quoted boolean default false not null,
  is_seen boolean default false not null,
  size_step smallint,
  constraint payment_share_pkey PRIMARY KEY (rule_id, payment_id)
);
CREATE INDEX payment_share_created_idx ON public.payment_share USING btree (rule_id, created_at, payment_id);
CREATE INDEX payment_share_settled_idx ON public.payment_share USING btree (rule_id, settled_at, payment_id) WHERE (settled_at IS NOT NULL);
grant delete, insert, select, update on payment_share to desk_app;

create table payment_share_due (
  id bigint generated always as identity not null,
  payment_id text not null,
  at timestamp with time zone default clock_timestamp() not null,
  constraint payment_share_due_pkey PRIMARY KEY (id)
);
grant delete, select on payment_share_due to desk_app;

create table payment_state (
  payment_id text not null,
  observation_id bigint not null,
  learned_at timestamp with time zone not null,
  superseded_at timestamp with time zone default 'infinity'::timestamp with time zone not null,
  created_at timestamp with time zone not null,
  type text not null,
  status text not null,
  amount_cents bigint,
  net_cents bigint,
  merchant_fee_cents bigint,
  swap_fee_cents bigint,
  token_symbol text,
  token_decimals smallint,
  network text,
  received_base_units numeric(78,0),
  flags text[] not null,
  constraint payment_state_pkey PRIMARY KEY (payment_id, observation_id)
);
CREATE INDEX payment_state_amount_idx ON public.payment_state USING btree (amount_cents DESC NULLS LAST, payment_id DESC);
CREATE INDEX payment_state_created_idx ON public.payment_state USING btree (created_at DESC, payment_id DESC);
CREATE INDEX payment_state_current_idx ON public.payment_state USING btree (payment_id) WHERE (superseded_at = 'infinity'::timestamp with time zone);
grant select on payment_state to desk_app;

create table payment_state_ground (
  only_row boolean default true not null,
  since timestamp with time zone not null,
  constraint payment_state_ground_only_row_check CHECK (only_row),
  constraint payment_state_ground_pkey PRIMARY KEY (only_row)
);
grant select on payment_state_ground to desk_app;

create table payment_tag (
  payment_id text not null,
  tag text not null,
  tagged_by text not null,
  tagged_at timestamp with time zone not null,
  constraint payment_tag_tagged_by_fkey FOREIGN KEY (tagged_by) REFERENCES person(id),
  constraint payment_tag_pkey PRIMARY KEY (payment_id, tag)
);
CREATE INDEX payment_tag_tag_idx ON public.payment_tag USING btree (tag, payment_id);
grant delete, insert, select on payment_tag to desk_app;

create table pending_sign_in (
  id text not null,
  token text not null,
  user_id text not null,
  method text not null,
  wrong_answers integer default 0 not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint pending_sign_in_method_check CHECK ((method = ANY (ARRAY['password'::text, 'single_sign_on'::text]))),
  constraint pending_sign_in_user_id_fkey FOREIGN KEY (user_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint pending_sign_in_pkey PRIMARY KEY (id),
  constraint pending_sign_in_token_key UNIQUE (token)
);
CREATE INDEX pending_sign_in_expires_idx ON public.pending_sign_in USING btree (expires_at);
grant delete, insert, select, update on pending_sign_in to desk_app;

create table person (
  id text not null,
  name text not null,
  email text not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  removed_at timestamp with time zone,
  same_as text,
  view_zone text,
  constraint person_check CHECK ((same_as <> id)),
  constraint person_same_as_fkey FOREIGN KEY (same_as) REFERENCES person(id),
  constraint person_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX person_email_idx ON public.person USING btree (email) WHERE (removed_at IS NULL);
CREATE INDEX person_same_as_idx ON public.person USING btree (same_as) WHERE (same_as IS NOT NULL);
grant insert, select, update on person to desk_app;

create table person_role (
  user_id text not null,
  role text not null,
  granted_at timestamp with time zone not null,
  constraint person_role_role_check CHECK ((role = ANY (ARRAY['support'::text, 'finance'::text, 'approver'::text, 'admin'::text, 'auditor'::text]))),
  constraint person_role_user_id_fkey FOREIGN KEY (user_id) REFERENCES person(id) ON DELETE CASCADE,
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
CREATE INDEX quote_contract_idx ON public.quote USING btree (lower(contract_address), network);
CREATE INDEX quote_deposit_address_idx ON public.quote USING btree (deposit_address);
grant delete, insert, select, update on quote to desk_app;

create table rate_limit (
  key text not null,
  count integer not null,
  window_started_at timestamp with time zone not null,
  strikes integer default 0 not null,
  blocked_until timestamp with time zone,
  constraint rate_limit_pkey PRIMARY KEY (key)
);
CREATE INDEX rate_limit_window_idx ON public.rate_limit USING btree (window_started_at);
grant delete, insert, select, update on rate_limit to desk_app;

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
CREATE INDEX receipt_settled_idx ON public.receipt USING btree (COALESCE(completed_at, transaction_at), payment_id);
grant delete, insert, select, update on receipt to desk_app;

create table recovery_code (
  user_id text not null,
  code_hash text not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint recovery_code_pkey PRIMARY KEY (user_id, code_hash)
);
grant delete, insert, select, update on recovery_code to desk_app;

create table saved_view (
  id text not null,
  owner_id text,
  shared_with text,
  name text not null,
  query jsonb not null,
  columns text[],
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint saved_view_check CHECK (((owner_id IS NOT NULL) OR (shared_with IS NOT NULL))),
  constraint saved_view_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60))),
  constraint saved_view_shared_with_check CHECK ((shared_with = ANY (ARRAY['support'::text, 'finance'::text, 'approver'::text, 'admin'::text, 'auditor'::text]))),
  constraint saved_view_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES person(id),
  constraint saved_view_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX saved_view_name_idx ON public.saved_view USING btree (owner_id, lower(name)) WHERE (owner_id IS NOT NULL);
CREATE INDEX saved_view_role_idx ON public.saved_view USING btree (shared_with) WHERE (shared_with IS NOT NULL);
grant delete, insert, select, update on saved_view to desk_app;

create table session (
  id text not null,
  token text not null,
  user_id text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  method text not null,
  factor text,
  proved_at timestamp with time zone not null,
  address text,
  user_agent text,
  previous_token text,
  rotated_at timestamp with time zone,
  wrong_answers integer default 0 not null,
  ended_at timestamp with time zone,
  ended_because text,
  told_at timestamp with time zone,
  constraint session_ended_because_check CHECK ((ended_because = ANY (ARRAY['signed_out'::text, 'replaced'::text, 'ended_by_owner'::text, 'password_changed'::text, 'factors_changed'::text, 'too_many_answers'::text, 'disabled'::text, 'removed'::text]))),
  constraint session_factor_check CHECK ((factor = ANY (ARRAY['authenticator'::text, 'passkey'::text, 'recovery_code'::text]))),
  constraint session_method_check CHECK ((method = ANY (ARRAY['password'::text, 'single_sign_on'::text, 'invitation'::text, 'demo'::text]))),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_previous_token_key UNIQUE (previous_token),
  constraint session_token_key UNIQUE (token)
);
CREATE INDEX session_expires_idx ON public.session USING btree (expires_at);
CREATE INDEX session_user_idx ON public.session USING btree (user_id);
grant delete, insert, select, update on session to desk_app;

create table settlement_adjustment (
  id bigint generated always as identity not null,
  close_id integer not null,
  payment_id text not null,
  at timestamp with time zone default clock_timestamp() not null,
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
  constraint settlement_adjustment_check CHECK (((before_day IS NOT NULL) OR (after_day IS NOT NULL))),
  constraint settlement_adjustment_close_id_fkey FOREIGN KEY (close_id) REFERENCES settlement_close(id),
  constraint settlement_adjustment_pkey PRIMARY KEY (id)
);
CREATE INDEX settlement_adjustment_close_idx ON public.settlement_adjustment USING btree (close_id, id DESC);
grant insert, select on settlement_adjustment to desk_app;

create table settlement_close (
  id integer generated always as identity not null,
  month text not null,
  zone text not null,
  cut_off text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  content text not null,
  sha256 text not null,
  checks jsonb not null,
  note text,
  closed_by text not null,
  closed_at timestamp with time zone not null,
  reopened_at timestamp with time zone,
  constraint settlement_close_check CHECK ((starts_at < ends_at)),
  constraint settlement_close_month_check CHECK ((month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'::text)),
  constraint settlement_close_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint settlement_close_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES person(id),
  constraint settlement_close_pkey PRIMARY KEY (id)
);
CREATE INDEX settlement_close_history_idx ON public.settlement_close USING btree (month, id DESC);
CREATE UNIQUE INDEX settlement_close_month_idx ON public.settlement_close USING btree (month) WHERE (reopened_at IS NULL);
grant insert, select on settlement_close to desk_app;
grant update (reopened_at) on settlement_close to desk_app;

create table settlement_file (
  id text not null,
  close_id integer not null,
  kind text not null,
  state text not null,
  adjusted_through bigint,
  accounts_id integer,
  file_name text,
  bytes bytea,
  sha256 text,
  totals jsonb,
  previous_id text,
  difference jsonb,
  error text,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint settlement_file_check CHECK (((state <> 'done'::text) OR ((bytes IS NOT NULL) AND (sha256 IS NOT NULL) AND (file_name IS NOT NULL) AND (totals IS NOT NULL) AND (adjusted_through IS NOT NULL) AND (finished_at IS NOT NULL)))),
  constraint settlement_file_id_check CHECK ((id ~ '^[0-9a-z]{10}$'::text)),
  constraint settlement_file_kind_check CHECK ((kind = ANY (ARRAY['report'::text, 'journal'::text]))),
  constraint settlement_file_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint settlement_file_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'done'::text, 'failed'::text]))),
  constraint settlement_file_accounts_id_fkey FOREIGN KEY (accounts_id) REFERENCES journal_accounts(id),
  constraint settlement_file_close_id_fkey FOREIGN KEY (close_id) REFERENCES settlement_close(id),
  constraint settlement_file_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES settlement_file(id),
  constraint settlement_file_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES person(id),
  constraint settlement_file_pkey PRIMARY KEY (id)
);
CREATE INDEX settlement_file_close_idx ON public.settlement_file USING btree (close_id, kind, requested_at DESC, id DESC);
grant insert, select, update on settlement_file to desk_app;

create table settlement_match (
  id bigint generated always as identity not null,
  rule text not null,
  score smallint not null,
  reason text not null,
  made_by text,
  made_at timestamp with time zone not null,
  undone_by text,
  undone_at timestamp with time zone,
  undone_reason text,
  constraint settlement_match_check CHECK ((((undone_at IS NULL) = (undone_by IS NULL)) AND ((undone_at IS NULL) = (undone_reason IS NULL)))),
  constraint settlement_match_check1 CHECK (((rule = 'manual'::text) = (made_by IS NOT NULL))),
  constraint settlement_match_rule_check CHECK ((rule = ANY (ARRAY['reference'::text, 'amount'::text, 'manual'::text]))),
  constraint settlement_match_score_check CHECK (((score >= 0) AND (score <= 100))),
  constraint settlement_match_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id),
  constraint settlement_match_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES person(id),
  constraint settlement_match_pkey PRIMARY KEY (id)
);
CREATE TRIGGER bank_line_unmatched AFTER UPDATE ON public.settlement_match FOR EACH ROW EXECUTE FUNCTION discount_bank_line_match();
grant insert, select on settlement_match to desk_app;
grant update (undone_by, undone_at, undone_reason) on settlement_match to desk_app;

create table settlement_match_day (
  match_id bigint not null,
  day date not null,
  arrived_cents bigint not null,
  charge_cents bigint not null,
  exchanged_cents bigint not null,
  booked_on date not null,
  constraint settlement_match_day_match_id_fkey FOREIGN KEY (match_id) REFERENCES settlement_match(id),
  constraint settlement_match_day_pkey PRIMARY KEY (match_id, day)
);
CREATE INDEX settlement_match_day_idx ON public.settlement_match_day USING btree (day);
grant insert, select on settlement_match_day to desk_app;

create table settlement_match_line (
  match_id bigint not null,
  line_id bigint not null,
  amount_minor bigint not null,
  constraint settlement_match_line_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint settlement_match_line_line_id_fkey FOREIGN KEY (line_id) REFERENCES bank_line(id),
  constraint settlement_match_line_match_id_fkey FOREIGN KEY (match_id) REFERENCES settlement_match(id),
  constraint settlement_match_line_pkey PRIMARY KEY (match_id, line_id)
);
CREATE INDEX settlement_match_line_idx ON public.settlement_match_line USING btree (line_id);
CREATE TRIGGER bank_line_matched AFTER INSERT ON public.settlement_match_line FOR EACH ROW EXECUTE FUNCTION count_bank_line_match();
grant insert, select on settlement_match_line to desk_app;

create table settlement_reopening (
  id integer generated always as identity not null,
  close_id integer not null,
  reason text not null,
  state text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  decision_note text,
  constraint settlement_reopening_check CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  constraint settlement_reopening_check1 CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
  constraint settlement_reopening_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'refused'::text, 'taken_back'::text]))),
  constraint settlement_reopening_close_id_fkey FOREIGN KEY (close_id) REFERENCES settlement_close(id),
  constraint settlement_reopening_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id),
  constraint settlement_reopening_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id),
  constraint settlement_reopening_pkey PRIMARY KEY (id)
);
CREATE INDEX settlement_reopening_close_idx ON public.settlement_reopening USING btree (close_id, id DESC);
CREATE UNIQUE INDEX settlement_reopening_open_idx ON public.settlement_reopening USING btree (close_id) WHERE (state = 'proposed'::text);
grant insert, select, update on settlement_reopening to desk_app;

create table single_sign_on (
  issuer text not null,
  subject text not null,
  user_id text not null,
  linked_at timestamp with time zone not null,
  constraint single_sign_on_user_id_fkey FOREIGN KEY (user_id) REFERENCES person(id) ON DELETE CASCADE,
  constraint single_sign_on_pkey PRIMARY KEY (issuer, subject)
);
CREATE INDEX single_sign_on_user_idx ON public.single_sign_on USING btree (user_id);
grant delete, insert, select, update on single_sign_on to desk_app;

create table sync_state (
  name text not null,
  "position" jsonb not null,
  updated_at timestamp with time zone not null,
  constraint sync_state_pkey PRIMARY KEY (name)
);
grant insert, select, update on sync_state to desk_app;

create table token_contract (
  network text not null,
  address text not null,
  symbol text not null,
  seen_at timestamp with time zone not null,
  constraint token_contract_pkey PRIMARY KEY (network, address)
);
grant insert, select, update on token_contract to desk_app;

create table wallet_balance (
  network text not null,
  token_symbol text not null,
  token_decimals integer,
  base_units text,
  cents bigint,
  read_at timestamp with time zone not null,
  constraint wallet_balance_pkey PRIMARY KEY (network, token_symbol)
);
grant delete, insert, select, update on wallet_balance to desk_app;

create table webhook_arrivals (
  starts_at timestamp with time zone not null,
  verdict text not null,
  arrivals integer not null,
  constraint webhook_arrivals_pkey PRIMARY KEY (starts_at, verdict)
);
grant insert, select, update on webhook_arrivals to desk_app;

create table webhook_body (
  delivery_id bigint not null,
  received_at timestamp with time zone not null,
  headers jsonb not null,
  body bytea not null,
  constraint webhook_body_pkey PRIMARY KEY (delivery_id, received_at)
) partition by RANGE (received_at);
grant insert, select on webhook_body to desk_app;

create table webhook_body_default (
  delivery_id bigint not null,
  received_at timestamp with time zone not null,
  headers jsonb not null,
  body bytea not null,
  constraint webhook_body_default_pkey PRIMARY KEY (delivery_id, received_at)
);
alter table webhook_body attach partition webhook_body_default DEFAULT;

create table webhook_delivery (
  id bigint generated always as identity not null,
  event_id text not null,
  delivery_id text,
  endpoint_id text,
  timestamp_header text not null,
  sent_at timestamp with time zone,
  received_at timestamp with time zone not null,
  signature_header text not null,
  headers jsonb,
  body bytea,
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
  asked_again_at timestamp with time zone,
  constraint webhook_delivery_verdict_check CHECK ((verdict = ANY (ARRAY['valid'::text, 'duplicate'::text, 'malformed'::text]))),
  constraint webhook_delivery_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_delivery_event_idx ON public.webhook_delivery USING btree (event_id);
CREATE UNIQUE INDEX webhook_delivery_event_once_idx ON public.webhook_delivery USING btree (event_id) WHERE ((verdict = 'valid'::text) AND (NOT conflicting_event));
CREATE INDEX webhook_delivery_parked_idx ON public.webhook_delivery USING btree (received_at DESC, id DESC) WHERE (parked_at IS NOT NULL);
CREATE INDEX webhook_delivery_payment_idx ON public.webhook_delivery USING btree (payment_id, id) WHERE (payment_id IS NOT NULL);
CREATE UNIQUE INDEX webhook_delivery_signed_once_idx ON public.webhook_delivery USING btree (signed_sha256) WHERE (verdict = 'valid'::text);
CREATE INDEX webhook_delivery_timeline_idx ON public.webhook_delivery USING btree (received_at DESC, id DESC);
CREATE INDEX webhook_delivery_unmoved_idx ON public.webhook_delivery USING btree (id) WHERE ((body IS NOT NULL) AND ((processed_at IS NOT NULL) OR (parked_at IS NOT NULL) OR (verdict <> 'valid'::text)));
CREATE INDEX webhook_delivery_waiting_idx ON public.webhook_delivery USING btree (id) WHERE ((processed_at IS NULL) AND (parked_at IS NULL) AND (verdict = 'valid'::text));
CREATE INDEX webhook_delivery_withdrawal_idx ON public.webhook_delivery USING btree (withdrawal_id, id) WHERE (withdrawal_id IS NOT NULL);
grant insert, select, update on webhook_delivery to desk_app;

create table webhook_digest (
  delivery_id bigint not null,
  received_at timestamp with time zone not null,
  happened_at timestamp with time zone,
  search_text text,
  is_timed boolean default true not null,
  constraint webhook_digest_pkey PRIMARY KEY (delivery_id)
);
CREATE INDEX webhook_digest_kept_idx ON public.webhook_digest USING btree (received_at) WHERE (search_text IS NOT NULL);
CREATE INDEX webhook_digest_search_idx ON public.webhook_digest USING gin (search_text gin_trgm_ops);
CREATE INDEX webhook_digest_untimed_idx ON public.webhook_digest USING btree (delivery_id) WHERE (NOT is_timed);
grant insert, select, update on webhook_digest to desk_app;

create table webhook_digest_progress (
  is_only boolean default true not null,
  digested_to bigint default 0 not null,
  counted_to timestamp with time zone,
  constraint webhook_digest_progress_is_only_check CHECK (is_only),
  constraint webhook_digest_progress_pkey PRIMARY KEY (is_only)
);
grant select, update on webhook_digest_progress to desk_app;

create table webhook_lag (
  starts_at timestamp with time zone not null,
  kind text not null,
  slot smallint not null,
  deliveries integer not null,
  constraint webhook_lag_kind_check CHECK ((kind = ANY (ARRAY['processing'::text, 'arrival'::text]))),
  constraint webhook_lag_pkey PRIMARY KEY (starts_at, kind, slot)
);
grant insert, select, update on webhook_lag to desk_app;

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

create table webhook_reprocessing (
  id bigint generated always as identity not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  query jsonb not null,
  delivery_ids bigint[] not null,
  given integer default 0 not null,
  state text not null,
  finished_at timestamp with time zone,
  constraint webhook_reprocessing_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text]))),
  constraint webhook_reprocessing_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES person(id),
  constraint webhook_reprocessing_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_reprocessing_running_idx ON public.webhook_reprocessing USING btree (id) WHERE (state = 'running'::text);
grant insert, select, update on webhook_reprocessing to desk_app;

create table webhook_retention (
  is_only boolean default true not null,
  months integer default 24 not null,
  constraint webhook_retention_is_only_check CHECK (is_only),
  constraint webhook_retention_months_check CHECK (((months >= 3) AND (months <= 120))),
  constraint webhook_retention_pkey PRIMARY KEY (is_only)
);
grant select on webhook_retention to desk_app;
grant update (months) on webhook_retention to desk_app;

create table webhook_secret (
  id text not null,
  label text not null,
  last_four text not null,
  sealed text not null,
  source text not null,
  added_at timestamp with time zone not null,
  added_by text,
  verifies_until timestamp with time zone,
  ended_by text,
  uses bigint default 0 not null,
  last_used_at timestamp with time zone,
  constraint webhook_secret_source_check CHECK ((source = ANY (ARRAY['environment'::text, 'desk'::text]))),
  constraint webhook_secret_added_by_fkey FOREIGN KEY (added_by) REFERENCES person(id),
  constraint webhook_secret_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES person(id),
  constraint webhook_secret_pkey PRIMARY KEY (id)
);
grant insert, select, update on webhook_secret to desk_app;

create table withdrawal (
  id text not null,
  status text not null,
  amount_cents bigint,
  currency text not null,
  network text,
  recipient_address text,
  order_id text,
  custom_metadata text,
  error_message text,
  tx_hash text,
  transaction_at timestamp with time zone,
  received_base_units numeric(78,0),
  token_symbol text,
  token_decimals smallint,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  api_read_at timestamp with time zone,
  observation_id bigint not null,
  constraint withdrawal_pkey PRIMARY KEY (id)
);
CREATE INDEX withdrawal_created_idx ON public.withdrawal USING btree (created_at DESC, id DESC);
CREATE INDEX withdrawal_open_idx ON public.withdrawal USING btree (api_read_at NULLS FIRST) WHERE ((status <> ALL (ARRAY['completed'::text, 'failed'::text, 'cancelled'::text])) OR (api_read_at IS NULL));
CREATE INDEX withdrawal_order_idx ON public.withdrawal USING btree (lower(order_id) text_pattern_ops);
CREATE INDEX withdrawal_recipient_head_idx ON public.withdrawal USING btree ("left"(recipient_address, 6)) WHERE (recipient_address IS NOT NULL);
CREATE INDEX withdrawal_recipient_idx ON public.withdrawal USING btree (recipient_address);
CREATE INDEX withdrawal_recipient_tail_idx ON public.withdrawal USING btree ("right"(recipient_address, 4)) WHERE (recipient_address IS NOT NULL);
CREATE INDEX withdrawal_status_created_idx ON public.withdrawal USING btree (status, created_at DESC, id DESC);
CREATE INDEX withdrawal_tx_hash_idx ON public.withdrawal USING btree (tx_hash);
grant insert, select, update on withdrawal to desk_app;

create table withdrawal_attachment (
  request_id text not null,
  name text not null,
  media_type text not null,
  sha256 text not null,
  bytes bytea not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  constraint withdrawal_attachment_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= ((5 * 1024) * 1024)))),
  constraint withdrawal_attachment_check CHECK ((sha256 = encode(sha256(bytes), 'hex'::text))),
  constraint withdrawal_attachment_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/png'::text, 'image/jpeg'::text, 'text/csv'::text, 'text/plain'::text]))),
  constraint withdrawal_attachment_added_by_fkey FOREIGN KEY (added_by) REFERENCES person(id),
  constraint withdrawal_attachment_request_id_fkey FOREIGN KEY (request_id) REFERENCES withdrawal_request(id),
  constraint withdrawal_attachment_pkey PRIMARY KEY (request_id)
);
grant delete, insert, select, update on withdrawal_attachment to desk_app;

create table withdrawal_attempt (
  id text not null,
  request_id text not null,
  number integer not null,
  idempotency_key text not null,
  body text not null,
  fingerprint text not null,
  state text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  status integer,
  code text,
  message text,
  upstream_request_id text,
  looked_up_at timestamp with time zone,
  look_ups integer default 0 not null,
  next_look_up_at timestamp with time zone,
  resolved_by text,
  evidence text,
  constraint withdrawal_attempt_state_check CHECK ((state = ANY (ARRAY['live'::text, 'accepted'::text, 'refused'::text, 'rate_limited'::text, 'not_sent'::text, 'unclear'::text, 'found'::text, 'absent'::text]))),
  constraint withdrawal_attempt_request_id_fkey FOREIGN KEY (request_id) REFERENCES withdrawal_request(id),
  constraint withdrawal_attempt_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES person(id),
  constraint withdrawal_attempt_pkey PRIMARY KEY (id),
  constraint withdrawal_attempt_request_id_number_key UNIQUE (request_id, number)
);
CREATE UNIQUE INDEX withdrawal_attempt_one_idx ON public.withdrawal_attempt USING btree (request_id) WHERE (state = ANY (ARRAY['live'::text, 'unclear'::text]));
CREATE INDEX withdrawal_attempt_open_idx ON public.withdrawal_attempt USING btree (next_look_up_at) WHERE (state = ANY (ARRAY['live'::text, 'unclear'::text]));
grant insert, select, update on withdrawal_attempt to desk_app;

create table withdrawal_event (
  id bigint generated always as identity not null,
  request_id text not null,
  at timestamp with time zone not null,
  kind text not null,
  from_state text,
  to_state text,
  actor_user_id text,
  detail jsonb not null,
  constraint withdrawal_event_actor_user_id_fkey FOREIGN KEY (actor_user_id) REFERENCES person(id),
  constraint withdrawal_event_request_id_fkey FOREIGN KEY (request_id) REFERENCES withdrawal_request(id),
  constraint withdrawal_event_pkey PRIMARY KEY (id)
);
CREATE INDEX withdrawal_event_request_idx ON public.withdrawal_event USING btree (request_id, id);
grant insert, select on withdrawal_event to desk_app;

create table withdrawal_notice (
  id bigint generated always as identity not null,
  kind text not null,
  subject_id text not null,
  occasion text not null,
  person_id text,
  sentence text not null,
  path text not null,
  made_at timestamp with time zone not null,
  attempts integer default 0 not null,
  sent_at timestamp with time zone,
  problem text,
  constraint withdrawal_notice_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
  constraint withdrawal_notice_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX withdrawal_notice_once_idx ON public.withdrawal_notice USING btree (kind, subject_id, occasion, COALESCE(person_id, ''::text));
CREATE INDEX withdrawal_notice_waiting_idx ON public.withdrawal_notice USING btree (person_id, id) WHERE (sent_at IS NULL);
grant insert, select, update on withdrawal_notice to desk_app;

create table withdrawal_observation (
  id bigint generated always as identity not null,
  withdrawal_id text not null,
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
  constraint withdrawal_observation_extent_check CHECK ((extent = ANY (ARRAY['full'::text, 'minimal'::text, 'missing'::text]))),
  constraint withdrawal_observation_source_check CHECK ((source = ANY (ARRAY['webhook'::text, 'api'::text]))),
  constraint withdrawal_observation_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX withdrawal_observation_webhook_once_idx ON public.withdrawal_observation USING btree (withdrawal_id, body_sha256, occurred_at) WHERE (source = 'webhook'::text);
CREATE INDEX withdrawal_observation_withdrawal_idx ON public.withdrawal_observation USING btree (withdrawal_id, id);
grant insert, select on withdrawal_observation to desk_app;

create table withdrawal_policy (
  version integer not null,
  content jsonb not null,
  note text not null,
  state text not null,
  proposed_by text,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  decision_note text,
  constraint withdrawal_policy_check CHECK (((state = ANY (ARRAY['proposed'::text, 'taken_back'::text])) OR (proposed_by IS NULL) OR (decided_by IS DISTINCT FROM proposed_by))),
  constraint withdrawal_policy_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'active'::text, 'superseded'::text, 'refused'::text, 'taken_back'::text]))),
  constraint withdrawal_policy_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id),
  constraint withdrawal_policy_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id),
  constraint withdrawal_policy_pkey PRIMARY KEY (version)
);
CREATE UNIQUE INDEX withdrawal_policy_active_idx ON public.withdrawal_policy USING btree (state) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX withdrawal_policy_proposed_idx ON public.withdrawal_policy USING btree (state) WHERE (state = 'proposed'::text);
grant insert, select, update on withdrawal_policy to desk_app;

create table withdrawal_request (
  id text not null,
  number bigint generated always as identity not null,
  state text not null,
  revision integer default 1 not null,
  requested_by text not null,
  amount_cents bigint not null,
  currency text not null,
  network text not null,
  destination_id text not null,
  destination_address text not null,
  order_id text not null,
  reason text not null,
  created_at timestamp with time zone not null,
  submitted_at timestamp with time zone,
  expires_at timestamp with time zone,
  policy_version integer,
  nonce text,
  canonical_content text,
  fingerprint text,
  is_break_glass boolean default false not null,
  state_at timestamp with time zone not null,
  state_reason text,
  withdrawal_id text,
  left_at timestamp with time zone,
  queued_at timestamp with time zone,
  constraint withdrawal_request_amount_cents_check CHECK (((amount_cents >= 100) AND (amount_cents <= 100000000))),
  constraint withdrawal_request_check CHECK (((state = ANY (ARRAY['draft'::text, 'cancelled'::text])) OR (fingerprint IS NOT NULL))),
  constraint withdrawal_request_check1 CHECK ((((fingerprint IS NULL) = (canonical_content IS NULL)) AND ((fingerprint IS NULL) = (nonce IS NULL)))),
  constraint withdrawal_request_check2 CHECK (((state <> ALL (ARRAY['submitted'::text, 'processing'::text, 'completed'::text])) OR (withdrawal_id IS NOT NULL))),
  constraint withdrawal_request_currency_check CHECK ((currency = 'USD'::text)),
  constraint withdrawal_request_left_check CHECK (((left_at IS NOT NULL) OR (state <> ALL (ARRAY['sending'::text, 'submitted'::text, 'processing'::text, 'completed'::text, 'unknown'::text])))),
  constraint withdrawal_request_order_id_check CHECK (((length(order_id) >= 1) AND (length(order_id) <= 255))),
  constraint withdrawal_request_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'pending_approval'::text, 'approved'::text, 'sending'::text, 'submitted'::text, 'processing'::text, 'completed'::text, 'failed'::text, 'rejected'::text, 'expired'::text, 'cancelled'::text, 'unknown'::text]))),
  constraint withdrawal_request_destination_id_fkey FOREIGN KEY (destination_id) REFERENCES destination(id),
  constraint withdrawal_request_policy_version_fkey FOREIGN KEY (policy_version) REFERENCES withdrawal_policy(version),
  constraint withdrawal_request_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES person(id),
  constraint withdrawal_request_pkey PRIMARY KEY (id),
  constraint withdrawal_request_nonce_key UNIQUE (nonce),
  constraint withdrawal_request_number_key UNIQUE (number),
  constraint withdrawal_request_order_id_key UNIQUE (order_id),
  constraint withdrawal_request_withdrawal_id_key UNIQUE (withdrawal_id)
);
CREATE INDEX withdrawal_request_created_idx ON public.withdrawal_request USING btree (created_at DESC, id DESC);
CREATE INDEX withdrawal_request_destination_idx ON public.withdrawal_request USING btree (destination_id, created_at DESC, id DESC);
CREATE INDEX withdrawal_request_left_idx ON public.withdrawal_request USING btree (left_at) WHERE (state = ANY (ARRAY['sending'::text, 'submitted'::text, 'processing'::text, 'completed'::text, 'unknown'::text]));
CREATE INDEX withdrawal_request_queued_idx ON public.withdrawal_request USING btree (queued_at NULLS FIRST, submitted_at, id) WHERE (state = 'approved'::text);
CREATE INDEX withdrawal_request_requester_idx ON public.withdrawal_request USING btree (requested_by, created_at DESC, id DESC);
CREATE INDEX withdrawal_request_state_idx ON public.withdrawal_request USING btree (state, created_at DESC, id DESC);
CREATE INDEX withdrawal_request_waiting_idx ON public.withdrawal_request USING btree (submitted_at, id) WHERE (state = ANY (ARRAY['pending_approval'::text, 'approved'::text, 'sending'::text, 'unknown'::text]));
CREATE TRIGGER withdrawal_request_leaves BEFORE UPDATE OF state ON public.withdrawal_request FOR EACH ROW WHEN (((new.left_at IS NULL) AND (new.state = ANY (ARRAY['sending'::text, 'submitted'::text, 'processing'::text, 'completed'::text, 'unknown'::text])))) EXECUTE FUNCTION note_leaving();
grant insert, select, update on withdrawal_request to desk_app;

create table withdrawal_stop (
  only_row boolean default true not null,
  is_stopped boolean not null,
  cause text,
  reason text,
  by_user_id text,
  at timestamp with time zone not null,
  constraint withdrawal_stop_cause_check CHECK ((cause = ANY (ARRAY['person'::text, 'unauthorized'::text, 'different_answer'::text]))),
  constraint withdrawal_stop_check CHECK ((is_stopped = (cause IS NOT NULL))),
  constraint withdrawal_stop_only_row_check CHECK (only_row),
  constraint withdrawal_stop_by_user_id_fkey FOREIGN KEY (by_user_id) REFERENCES person(id),
  constraint withdrawal_stop_pkey PRIMARY KEY (only_row)
);
grant select, update on withdrawal_stop to desk_app;

create table withdrawal_vote (
  id text not null,
  request_id text not null,
  fingerprint text not null,
  policy_version integer not null,
  decision text not null,
  voter text not null,
  on_behalf_of text,
  stepped_up_at timestamp with time zone,
  reason text,
  at timestamp with time zone not null,
  voided_at timestamp with time zone,
  voided_reason text,
  constraint withdrawal_vote_check CHECK (((decision = 'reject'::text) OR (stepped_up_at IS NOT NULL))),
  constraint withdrawal_vote_check1 CHECK (((voided_at IS NULL) = (voided_reason IS NULL))),
  constraint withdrawal_vote_decision_check CHECK ((decision = ANY (ARRAY['approve'::text, 'reject'::text]))),
  constraint withdrawal_vote_on_behalf_of_fkey FOREIGN KEY (on_behalf_of) REFERENCES person(id),
  constraint withdrawal_vote_policy_version_fkey FOREIGN KEY (policy_version) REFERENCES withdrawal_policy(version),
  constraint withdrawal_vote_request_id_fkey FOREIGN KEY (request_id) REFERENCES withdrawal_request(id),
  constraint withdrawal_vote_voter_fkey FOREIGN KEY (voter) REFERENCES person(id),
  constraint withdrawal_vote_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX withdrawal_vote_behalf_idx ON public.withdrawal_vote USING btree (request_id, COALESCE(on_behalf_of, voter)) WHERE (voided_at IS NULL);
CREATE UNIQUE INDEX withdrawal_vote_once_idx ON public.withdrawal_vote USING btree (request_id, voter) WHERE (voided_at IS NULL);
CREATE INDEX withdrawal_vote_voter_idx ON public.withdrawal_vote USING btree (voter, at DESC) WHERE (voided_at IS NULL);
grant insert, select, update on withdrawal_vote to desk_app;

create table worker_pool (
  number integer generated always as identity not null,
  name text,
  started_at timestamp with time zone default now() not null,
  constraint worker_pool_pkey PRIMARY KEY (number)
);
grant delete, insert, select, update on worker_pool to desk_app;
CREATE OR REPLACE FUNCTION public.arrange_webhook_bodies()
 RETURNS TABLE(change text, part text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
 SET lock_timeout TO '3s'
AS $function$
declare
  this_month timestamptz := date_trunc('month', now());
  keep_from timestamptz := this_month - make_interval(months => (select months from webhook_retention));
  since timestamptz := greatest(keep_from, least(this_month, date_trunc('month', (
    select received_at from webhook_delivery order by received_at limit 1
  ))));
  starts_at timestamptz;
  table_name text;
begin
  perform pg_advisory_xact_lock(4738208);
  for starts_at in
    select month from generate_series(since, this_month + interval '2 months', interval '1 month') as month
    where to_regclass('webhook_body_' || to_char(month, 'YYYY_MM')) is null
  loop
    table_name := 'webhook_body_' || to_char(starts_at, 'YYYY_MM');
    lock table webhook_body_default in access exclusive mode;
    execute format('create table %I (like webhook_body including all)', table_name);
    execute format(
      'with moved as (
         delete from webhook_body_default where received_at >= $1 and received_at < $2 returning *
       ) insert into %I select * from moved', table_name)
      using starts_at, starts_at + interval '1 month';
    execute format('alter table webhook_body attach partition %I for values from (%L) to (%L)',
      table_name, starts_at, starts_at + interval '1 month');
    change := 'made';
    part := table_name;
    return next;
  end loop;
  for table_name in
    select inhrelid::regclass::text from pg_inherits
    where inhparent = 'webhook_body'::regclass and inhrelid::regclass::text ~ '^webhook_body_\d{4}_\d\d$'
      and inhrelid::regclass::text < 'webhook_body_' || to_char(keep_from, 'YYYY_MM')
    order by 1
  loop
    execute format('drop table %I', table_name);
    change := 'dropped';
    part := table_name;
    return next;
  end loop;
  delete from webhook_body_default where received_at < keep_from;
end $function$
;
CREATE OR REPLACE FUNCTION public.count_bank_line_match()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update bank_line set matched_minor = matched_minor + new.amount_minor where id = new.line_id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.discount_bank_line_match()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if old.undone_at is not null then raise exception 'A match that was undone stays undone.'; end if;
  update bank_line set matched_minor = matched_minor - told.amount_minor
  from settlement_match_line as told
  where told.match_id = new.id and told.line_id = bank_line.id;
  return null;
end $function$
;
CREATE OR REPLACE FUNCTION public.keep_payment_state()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.note_leaving()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.left_at := coalesce(new.left_at, clock_timestamp());
  return new;
end $function$
;
create view payment_measure as SELECT payment.id AS payment_id,
    payment.type,
    payment.status,
    COALESCE(receipt.token_symbol, payment.token_symbol, ''::text) AS token,
    COALESCE(receipt.network, payment.network, ''::text) AS network,
    payment.created_at,
        CASE
            WHEN (payment.status = 'completed'::text) THEN COALESCE(receipt.completed_at, receipt.transaction_at, payment.created_at)
            ELSE NULL::timestamp with time zone
        END AS settled_at,
    COALESCE(payment.amount_cents, (0)::bigint) AS gross_cents,
    COALESCE(payment.merchant_fee_cents, (0)::bigint) AS merchant_fee_cents,
    COALESCE(payment.swap_fee_cents, (0)::bigint) AS swap_fee_cents,
    COALESCE(payment.convenience_fee_cents, (0)::bigint) AS convenience_fee_cents,
    COALESCE(payment.net_cents, (0)::bigint) AS net_cents,
    (
        CASE
            WHEN ((counted.received >= ((- counted.bound))::numeric) AND (counted.received <= (counted.bound)::numeric)) THEN counted.received
            ELSE (0)::numeric
        END)::bigint AS received_cents,
    (
        CASE
            WHEN ((counted.slippage >= ((- counted.bound))::numeric) AND (counted.slippage <= (counted.bound)::numeric)) THEN counted.slippage
            ELSE (0)::numeric
        END)::bigint AS slippage_cents,
    (payment.flags @> '{underpaid}'::text[]) AS is_underpaid,
    (payment.flags @> '{overpaid}'::text[]) AS is_overpaid,
    (payment.flags @> '{late}'::text[]) AS is_late,
        CASE
            WHEN ((payment.status = 'completed'::text) AND (receipt.completed_at >= receipt.transaction_at)) THEN (EXTRACT(epoch FROM (receipt.completed_at - receipt.transaction_at)))::integer
            ELSE NULL::integer
        END AS confirm_seconds,
    ((payment.tx_hash IS NOT NULL) OR (payment.status = 'completed'::text)) AS is_seen,
    ((payment.tx_hash IS NOT NULL) OR (payment.status = 'completed'::text) OR (EXISTS ( SELECT
           FROM quote
          WHERE (quote.payment_id = payment.id)))) AS is_quoted,
    payment.amount_cents
   FROM (((payment
     LEFT JOIN receipt ON ((receipt.payment_id = payment.id)))
     LEFT JOIN LATERAL ( SELECT quote.expected_base_units,
            quote.amount_due_cents
           FROM quote
          WHERE ((quote.payment_id = payment.id) AND (receipt.received_base_units IS NOT NULL) AND ((quote.id = receipt.quote_id) OR (quote.status = 'used'::text) OR ((quote.token_symbol = receipt.token_symbol) AND (quote.network = receipt.network))))
          ORDER BY (NOT (quote.id IS DISTINCT FROM receipt.quote_id)) DESC, (quote.status = 'used'::text) DESC, quote.created_at DESC NULLS LAST, quote.id DESC
         LIMIT 1) used ON (true))
     CROSS JOIN LATERAL ( SELECT '1000000000000'::bigint AS bound,
            round((receipt.received_usd * (100)::numeric)) AS received,
                CASE
                    WHEN (used.expected_base_units > (0)::numeric) THEN round((((receipt.received_base_units - used.expected_base_units) * (used.amount_due_cents)::numeric) / used.expected_base_units))
                    ELSE NULL::numeric
                END AS slippage) counted);
CREATE OR REPLACE FUNCTION public.store_webhook_deliveries(event_ids text[], delivery_ids text[], endpoint_ids text[], timestamp_headers text[], sent_ats timestamp with time zone[], received_ats timestamp with time zone[], signature_headers text[], headers jsonb[], bodies bytea[], body_sha256s bytea[], signed_sha256s bytea[], secret_ids text[], remote_addresses text[], event_types text[], payment_ids text[], withdrawal_ids text[], statuses text[], verdicts text[])
 RETURNS TABLE(stored_id bigint, stored_verdict text, is_conflicting boolean, stored_signed_sha256 bytea)
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return query
  insert into webhook_delivery (event_id, delivery_id, endpoint_id, timestamp_header, sent_at,
    received_at, signature_header, headers, body, body_sha256, signed_sha256, secret_id,
    remote_address, event_type, payment_id, withdrawal_id, status, verdict, duplicate_of,
    conflicting_event)
  select told.event_id, told.delivery_id, told.endpoint_id, told.timestamp_header, told.sent_at,
    told.received_at, told.signature_header, told.headers, told.body, told.body_sha256,
    told.signed_sha256, told.secret_id, told.remote_address, told.event_type, told.payment_id,
    told.withdrawal_id, told.status,
    case when repeated.id is not null then 'duplicate' else told.verdict end,
    repeated.id,
    repeated.id is null and coalesce(same_event.is_known, false)
  from unnest(event_ids, delivery_ids, endpoint_ids, timestamp_headers, sent_ats, received_ats,
    signature_headers, store_webhook_deliveries.headers, bodies, body_sha256s, signed_sha256s, secret_ids,
    remote_addresses, event_types, payment_ids, withdrawal_ids, statuses, verdicts
  ) as told (event_id, delivery_id, endpoint_id, timestamp_header, sent_at, received_at,
    signature_header, headers, body, body_sha256, signed_sha256, secret_id, remote_address,
    event_type, payment_id, withdrawal_id, status, verdict)
  left join lateral (
    select known.id from webhook_delivery as known
    where known.verdict = 'valid' and known.signed_sha256 = told.signed_sha256
    limit 1
  ) as same_bytes on true
  left join lateral (
    -- By the event id alone: with the verdict beside it the planner would read all valid ones for each.
    select min(known.id) filter (where known.body_sha256 = told.body_sha256) as same_body_id,
      bool_or(known.verdict = 'valid') as is_known
    from webhook_delivery as known
    where known.event_id = told.event_id
  ) as same_event on true
  cross join lateral (
    select least(same_bytes.id, same_event.same_body_id) as id
  ) as repeated
  returning webhook_delivery.id, webhook_delivery.verdict, webhook_delivery.conflicting_event,
    webhook_delivery.signed_sha256;
end $function$
;
CREATE OR REPLACE FUNCTION public.tell_payment_share_due()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  insert into payment_share_due (payment_id) select told.id from told;
  return null;
end $function$
;
