-- By which requests are judged, one row for each version that was ever proposed.
create table withdrawal_policy (
  version integer primary key,
  content jsonb not null,
  note text not null,
  state text not null check (state in ('proposed', 'active', 'superseded', 'refused', 'taken_back')),
  -- Null for the version that Desk starts with.
  proposed_by text references person (id),
  proposed_at timestamptz not null,
  decided_by text references person (id),
  decided_at timestamptz,
  decision_note text,
  -- Who proposes a change cannot be who decides on it.
  check (state in ('proposed', 'taken_back') or proposed_by is null or decided_by is distinct from proposed_by)
);
create unique index withdrawal_policy_active_idx on withdrawal_policy (state) where state = 'active';
create unique index withdrawal_policy_proposed_idx on withdrawal_policy (state) where state = 'proposed';

-- What an installation starts with; the first change to it needs two people like every later one.
insert into withdrawal_policy (version, content, note, state, proposed_at) values (1, '{
  "bands": [
    {"upToCents": 500000, "approvers": [{"role": "approver", "people": 1}]},
    {"upToCents": null, "approvers": [{"role": "approver", "people": 1}, {"role": "admin", "people": 1}]}
  ],
  "limits": {
    "byPerson": {"perWithdrawalCents": null, "perDayCents": null, "perWeekCents": null},
    "inTotal": {"perWithdrawalCents": null, "perDayCents": 5000000, "perWeekCents": 15000000}
  },
  "coolingOffHours": 24,
  "businessHours": null,
  "expiryHours": 72,
  "duplicateWindowHours": 72,
  "lowBalanceCents": 100000,
  "repeatsWithSameKey": false
}', 'The policy that Desk starts with', 'active', now());

-- The one row that every sending looks at first; who changes it holds it.
create table withdrawal_stop (
  only_row boolean primary key default true check (only_row),
  is_stopped boolean not null,
  -- A person's wish, or SpacePay no longer accepting the key, or an answer that is not what was asked.
  cause text check (cause in ('person', 'unauthorized', 'different_answer')),
  reason text,
  by_user_id text references person (id),
  at timestamptz not null,
  check (is_stopped = (cause is not null))
);
insert into withdrawal_stop (is_stopped, at) values (false, now());

-- The address book.
create table destination (
  id text primary key,
  network text not null,
  -- With its EIP-55 checksum on EVM networks.
  address text not null,
  label text not null,
  state text not null check (state in ('proposed', 'active', 'frozen', 'refused', 'removed')),
  proposed_by text not null references person (id),
  proposed_at timestamptz not null,
  approved_by text references person (id),
  approved_at timestamptz,
  -- When its cooling-off ends; set with the approval.
  usable_from timestamptz,
  state_by text references person (id),
  state_at timestamptz not null,
  state_reason text,
  check (approved_by is null or approved_by <> proposed_by),
  check ((approved_by is null) = (approved_at is null)),
  check (state not in ('active') or (approved_at is not null and usable_from is not null))
);
create unique index destination_address_idx on destination (network, lower(address)) where state in ('proposed', 'active', 'frozen');
create index destination_label_idx on destination (lower(label), id);
create index destination_state_idx on destination (state, state_at desc, id desc);

create table withdrawal_request (
  id text primary key,
  -- Names it among people: W-1, W-2, …
  number bigint generated always as identity unique,
  state text not null check (state in (
    'draft', 'pending_approval', 'approved', 'sending', 'submitted', 'processing', 'completed', 'failed',
    'rejected', 'expired', 'cancelled', 'unknown')),
  -- Counts changes of what is asked for; what a page showed of an older one can decide nothing.
  revision integer not null default 1,
  requested_by text not null references person (id),
  amount_cents bigint not null check (amount_cents between 100 and 100000000),
  currency text not null check (currency = 'USD'),
  network text not null,
  destination_id text not null references destination (id),
  destination_address text not null,
  order_id text not null unique check (length(order_id) between 1 and 255),
  reason text not null,
  created_at timestamptz not null,
  -- What follows is set when it is submitted, and again each time it is.
  submitted_at timestamptz,
  expires_at timestamptz,
  policy_version integer references withdrawal_policy (version),
  nonce text unique,
  -- RFC 8785 text of exactly what people approve, and its SHA-256 in hex.
  canonical_content text,
  fingerprint text,
  is_break_glass boolean not null default false,
  state_at timestamptz not null,
  -- Why it is in this state, in words; null where the state says all.
  state_reason text,
  -- SpacePay's withdrawal, once it is known.
  withdrawal_id text unique,
  check (state in ('draft', 'cancelled') or fingerprint is not null),
  check ((fingerprint is null) = (canonical_content is null) and (fingerprint is null) = (nonce is null)),
  check (state not in ('submitted', 'processing', 'completed') or withdrawal_id is not null)
);
create index withdrawal_request_created_idx on withdrawal_request (created_at desc, id desc);
create index withdrawal_request_state_idx on withdrawal_request (state, created_at desc, id desc);
create index withdrawal_request_waiting_idx on withdrawal_request (submitted_at, id)
  where state in ('pending_approval', 'approved', 'sending', 'unknown');
create index withdrawal_request_requester_idx on withdrawal_request (requested_by, created_at desc, id desc);
create index withdrawal_request_destination_idx on withdrawal_request (destination_id, created_at desc, id desc);
-- What the limits of a day and a week are counted over.
create index withdrawal_request_counted_idx on withdrawal_request (submitted_at)
  where state in ('pending_approval', 'approved', 'sending', 'submitted', 'processing', 'completed', 'unknown');

create table withdrawal_attachment (
  request_id text primary key references withdrawal_request (id),
  name text not null,
  media_type text not null,
  sha256 text not null,
  bytes bytea not null,
  added_by text not null references person (id),
  added_at timestamptz not null
);

create table withdrawal_vote (
  id text primary key,
  request_id text not null references withdrawal_request (id),
  -- The fingerprint that the voter's browser had computed and shown.
  fingerprint text not null,
  policy_version integer not null references withdrawal_policy (version),
  decision text not null check (decision in ('approve', 'reject')),
  voter text not null references person (id),
  -- In whose place, where the voter is a delegate.
  on_behalf_of text references person (id),
  stepped_up_at timestamptz,
  reason text,
  at timestamptz not null,
  voided_at timestamptz,
  voided_reason text,
  check (decision = 'reject' or stepped_up_at is not null),
  check ((voided_at is null) = (voided_reason is null))
);
-- A person counts once, whether in their own name or in another's.
create unique index withdrawal_vote_once_idx on withdrawal_vote (request_id, voter) where voided_at is null;
create unique index withdrawal_vote_behalf_idx on withdrawal_vote (request_id, coalesce(on_behalf_of, voter)) where voided_at is null;
create index withdrawal_vote_voter_idx on withdrawal_vote (voter, at desc) where voided_at is null;

-- Who may vote in whose place, until when.
create table approval_delegation (
  id text primary key,
  from_user_id text not null references person (id),
  to_user_id text not null references person (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  made_by text not null references person (id),
  made_at timestamptz not null,
  ended_at timestamptz,
  check (from_user_id <> to_user_id),
  check (ends_at > starts_at)
);
create index approval_delegation_to_idx on approval_delegation (to_user_id, ends_at) where ended_at is null;

-- One call to SpacePay that creates a withdrawal, committed before its first byte goes out.
create table withdrawal_attempt (
  id text primary key,
  request_id text not null references withdrawal_request (id),
  number integer not null,
  -- The same for every attempt at one content: a repeat can then never pay twice where SpacePay keeps its word.
  idempotency_key text not null,
  body text not null,
  fingerprint text not null,
  state text not null check (state in ('live', 'accepted', 'refused', 'rate_limited', 'not_sent', 'unclear', 'found', 'absent')),
  started_at timestamptz not null,
  ended_at timestamptz,
  -- What SpacePay answered, as far as it did.
  status integer,
  code text,
  message text,
  upstream_request_id text,
  -- Of the look-ups after an unclear answer.
  looked_up_at timestamptz,
  look_ups integer not null default 0,
  next_look_up_at timestamptz,
  -- The person who settled what stayed unclear, and what they rely on.
  resolved_by text references person (id),
  evidence text,
  unique (request_id, number)
);
-- One at a time, and none after one whose end nobody knows.
create unique index withdrawal_attempt_one_idx on withdrawal_attempt (request_id) where state in ('live', 'unclear');
create index withdrawal_attempt_open_idx on withdrawal_attempt (next_look_up_at) where state in ('live', 'unclear');

-- The story of a request, oldest first.
create table withdrawal_event (
  id bigint generated always as identity primary key,
  request_id text not null references withdrawal_request (id),
  at timestamptz not null,
  kind text not null,
  from_state text,
  to_state text,
  -- Null where Desk itself did it.
  actor_user_id text references person (id),
  detail jsonb not null
);
create index withdrawal_event_request_idx on withdrawal_event (request_id, id);

grant select, insert, update on withdrawal_policy, destination, withdrawal_request, withdrawal_vote, approval_delegation,
  withdrawal_attempt to desk_app;
grant select, update on withdrawal_stop to desk_app;
grant select, insert, update, delete on withdrawal_attachment to desk_app;
grant select, insert on withdrawal_event to desk_app;

-- Whether an address is the contract of a token is asked before money goes there.
create index quote_contract_idx on quote (lower(contract_address), network);
