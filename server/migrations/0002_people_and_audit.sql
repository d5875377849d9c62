-- People, their second factors and sessions in tables of Desk's own, and the audit log.
-- Nobody could sign in outside the demo before this, so nothing has to be carried over: the demo's
-- people are made again at the next start.
drop table person_role, "session", "account", "verification", sign_in_attempt, "user";

create table person (
  id text primary key,
  name text not null,
  -- Lower case.
  email text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  -- Kept for the sake of history; the e-mail address is free again.
  removed_at timestamptz
);
create unique index person_email_idx on person (email) where removed_at is null;

-- A person may hold several roles.
create table person_role (
  user_id text not null references person (id) on delete cascade,
  role text not null check (role in ('support', 'finance', 'approver', 'admin', 'auditor')),
  granted_at timestamptz not null,
  primary key (user_id, role)
);

create table password (
  user_id text primary key references person (id) on delete cascade,
  -- scrypt with its own salt, as better-auth writes it.
  hash text not null,
  changed_at timestamptz not null
);

create table single_sign_on (
  issuer text not null,
  subject text not null,
  user_id text not null references person (id) on delete cascade,
  linked_at timestamptz not null,
  primary key (issuer, subject)
);
create index single_sign_on_user_idx on single_sign_on (user_id);

create table authenticator (
  user_id text primary key references person (id) on delete cascade,
  -- Encrypted with DESK_ENCRYPTION_KEY.
  sealed_secret text not null,
  created_at timestamptz not null,
  -- Null until a first code showed that the app holds the secret.
  confirmed_at timestamptz,
  -- Of an app that is to take this one's place, once it showed a code.
  next_sealed_secret text,
  -- The 30-second step of the last code that was taken: no code counts twice.
  last_step bigint
);

create table passkey (
  -- The credential's id, base64url.
  id text primary key,
  user_id text not null references person (id) on delete cascade,
  name text not null,
  public_key bytea not null,
  sign_count bigint not null,
  transports text[] not null,
  backed_up boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_user_idx on passkey (user_id);

create table recovery_code (
  user_id text not null references person (id) on delete cascade,
  -- Keyed hash: the codes are shown once and kept nowhere.
  code_hash text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table session (
  id text primary key,
  token text not null unique,
  user_id text not null references person (id) on delete cascade,
  created_at timestamptz not null,
  -- The end, however busy.
  expires_at timestamptz not null,
  last_used_at timestamptz not null,
  method text not null check (method in ('password', 'single_sign_on', 'invitation', 'demo')),
  -- The second factor that was shown last, if any.
  factor text check (factor in ('authenticator', 'passkey', 'recovery_code')),
  -- When the person last proved who they are; a step-up renews it.
  proved_at timestamptz not null,
  address text,
  user_agent text,
  -- A step-up changes the token; calls that were under way with the old one may still arrive for a moment.
  previous_token text unique,
  rotated_at timestamptz,
  -- Step-ups in a row that failed.
  wrong_answers integer not null default 0,
  ended_at timestamptz,
  ended_because text check (ended_because in
    ('signed_out', 'replaced', 'ended_by_owner', 'password_changed', 'factors_changed', 'too_many_answers', 'disabled', 'removed')),
  -- The browser that still showed this session was told that it is over.
  told_at timestamptz
);
create index session_user_idx on session (user_id);
create index session_expires_idx on session (expires_at);

-- A password or single sign-on that was right, whose second factor is still to come.
create table pending_sign_in (
  id text primary key,
  token text not null unique,
  user_id text not null references person (id) on delete cascade,
  method text not null check (method in ('password', 'single_sign_on')),
  wrong_answers integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index pending_sign_in_expires_idx on pending_sign_in (expires_at);

-- What a passkey has to sign next, once. The holder is a session or a pending sign-in.
create table passkey_challenge (
  holder_id text not null,
  purpose text not null check (purpose in ('enrol', 'sign_in', 'step_up')),
  challenge text not null,
  expires_at timestamptz not null,
  primary key (holder_id, purpose)
);
create index passkey_challenge_expires_idx on passkey_challenge (expires_at);

create table invitation (
  id text primary key,
  kind text not null check (kind in ('invitation', 'setup')),
  -- Null in the set-up of the first admin, who says it then.
  email text,
  name text,
  roles text[] not null,
  invited_by text references person (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  mailed_at timestamptz,
  accepted_at timestamptz,
  accepted_by text references person (id),
  voided_at timestamptz,
  voided_because text
);
create unique index invitation_open_email_idx on invitation (email)
  where accepted_at is null and voided_at is null;
create unique index invitation_open_setup_idx on invitation (kind)
  where kind = 'setup' and accepted_at is null and voided_at is null;

-- Attempts and requests counted for all Desks together.
create table rate_limit (
  key text primary key,
  count integer not null,
  window_started_at timestamptz not null,
  -- How often in a row the limit was reached: each time the wait doubles.
  strikes integer not null default 0,
  blocked_until timestamptz
);
create index rate_limit_window_idx on rate_limit (window_started_at);

-- Whether this database belongs to the demo or to a shop. One row, written by the first start.
create table installation (
  only_row boolean primary key default true check (only_row),
  is_demo boolean not null,
  started_at timestamptz not null
);

-- Who did what: a chain of hashes, see docs/decisions/0008.
create table audit_entry (
  seq bigint primary key,
  at timestamptz not null,
  actor_id text,
  -- As they were called at the time.
  actor_name text,
  actor_email text,
  action text not null,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  reason text,
  subject_kind text,
  subject_id text,
  subject_label text,
  -- Canonical JSON.
  before text,
  after text,
  address text,
  request_id text,
  previous_hash bytea not null,
  hash bytea not null
);
create index audit_entry_at_idx on audit_entry (at desc, seq desc);
create index audit_entry_actor_idx on audit_entry (actor_id, seq desc);
create index audit_entry_action_idx on audit_entry (action, seq desc);
create index audit_entry_subject_idx on audit_entry (subject_kind, subject_id, seq desc);
create index audit_entry_outcome_idx on audit_entry (outcome, seq desc) where outcome <> 'done';

grant select, insert, update on person to desk_app;
grant select, insert, update, delete on person_role, password, single_sign_on, authenticator, passkey,
  recovery_code, session, pending_sign_in, passkey_challenge, rate_limit to desk_app;
grant select, insert, update on invitation to desk_app;
grant select, insert on installation to desk_app;
-- Written once, by right: never changed, never deleted.
grant select, insert on audit_entry to desk_app;
