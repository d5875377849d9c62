-- Another account of the same human. Whoever has two counts once, and cannot approve what they asked for.
-- It names the first account, whose own column is null.
alter table person add column same_as text references person (id), add check (same_as <> id);
create index person_same_as_idx on person (same_as) where same_as is not null;

-- What the payout wallet holds on each network, as it was read last.
create table wallet_balance (
  network text not null,
  token_symbol text not null,
  token_decimals integer,
  -- Null where SpacePay could not read the chain: not known, which is not zero.
  base_units text,
  -- The same in US cents, rounded down; null where it is not known or the token is no dollar.
  cents bigint,
  read_at timestamptz not null,
  primary key (network, token_symbol)
);

-- Who was told what about withdrawals, once for each occasion.
create table withdrawal_notice (
  id bigint generated always as identity primary key,
  kind text not null,
  -- Of the request, the destination or the policy.
  subject_id text not null,
  -- Tells one occasion from the next, such as a fingerprint.
  occasion text not null,
  -- Null for what went to the channels, which several people read.
  person_id text references person (id),
  sentence text not null,
  -- The page where it is decided.
  path text not null,
  made_at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz,
  problem text
);
create unique index withdrawal_notice_once_idx on withdrawal_notice (kind, subject_id, occasion, coalesce(person_id, ''));
create index withdrawal_notice_waiting_idx on withdrawal_notice (person_id, id) where sent_at is null;

alter table notification
  -- Where what is told is decided; null for the status page.
  add column path text,
  drop constraint notification_occasion_check,
  add constraint notification_occasion_check check (occasion in ('opened', 'reminder', 'well', 'test', 'notice'));

-- Where alarms are told already, money that may have gone astray is told, too.
update notification_channel set alarms = alarms || array[
  'withdrawal_unknown', 'withdrawal_differs', 'withdrawals_stopped', 'low_balance', 'withdrawal_emergency', 'withdrawal_waiting']
where removed_at is null;

grant select, insert, update, delete on wallet_balance to desk_app;
grant select, insert, update on withdrawal_notice to desk_app;
