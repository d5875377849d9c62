-- Where SpacePay pays to. Which column of a CSV file says what is asked once for each kind of file and
-- remembered by its headings.
create table bank_account (
  id text primary key,
  name text not null,
  -- An IBAN or another number, upper case without spaces.
  identifier text not null unique,
  currency text not null check (currency in ('USD', 'EUR', 'GBP')),
  -- By the SHA-256 of the headings of a CSV file; shape in shared/src/settlements/csv-mapping.ts.
  csv_mappings jsonb not null default '{}',
  created_by text not null references person (id),
  created_at timestamptz not null
);

-- One file that was imported, and what became of its rows.
create table bank_statement (
  id text primary key,
  account_id text not null references bank_account (id),
  file_name text not null,
  sha256 bytea not null,
  bytes bigint not null,
  format text not null check (format in ('csv', 'camt.053')),
  -- The first and the last day of its lines; null where it has none.
  period_from date,
  period_to date,
  -- What the bank says it began and ended with, in cents; null where it does not say.
  opening_minor bigint,
  closing_minor bigint,
  imported_by text not null references person (id),
  imported_at timestamptz not null,
  -- Its rows that are lines now, that were there before, and that could not be read.
  lines integer not null,
  duplicates integer not null,
  errors integer not null,
  -- The first of those: [{ row, reason, text }].
  row_errors jsonb not null,
  -- What else is to be known of it, such as accounts whose statements were left out.
  notices text[] not null default '{}',
  -- Set once what it brought was looked through for matches.
  matched_at timestamptz,
  -- The same file adds nothing twice.
  unique (account_id, sha256)
);
create index bank_statement_imported_idx on bank_statement (imported_at desc, id desc);

-- One booking, as the bank wrote it.
create table bank_line (
  id bigint generated always as identity primary key,
  account_id text not null references bank_account (id),
  statement_id text not null references bank_statement (id),
  row_number integer not null,
  booked_on date not null,
  value_on date,
  -- In hundredths of the account's currency; what left the account is below zero.
  amount_minor bigint not null check (amount_minor <> 0),
  currency text not null,
  reference text not null,
  counterparty text not null,
  description text not null,
  -- The row, exactly.
  text text not null,
  -- What was sent, where the bank exchanged it or took something from it.
  original_minor bigint,
  original_currency text,
  rate text,
  -- What the bank says it kept of it.
  charge_minor bigint not null default 0 check (charge_minor >= 0),
  -- What it is in cents of a dollar; null where the line does not say.
  worth_cents bigint,
  -- SHA-256 of account, day, amount, reference and the how-manieth of those that are alike.
  duplicate_key bytea not null,
  -- Kept by the database from the matches in force: no match can take more than the line has.
  matched_minor bigint not null default 0 check (
    (amount_minor > 0 and matched_minor between 0 and amount_minor)
    or (amount_minor < 0 and matched_minor between amount_minor and 0)
  ),
  -- What is not SpacePay's is put aside; by nobody where its text names no SpacePay.
  set_aside_at timestamptz,
  set_aside_by text references person (id),
  set_aside_reason text,
  unique (account_id, duplicate_key)
);
create index bank_line_day_idx on bank_line (booked_on desc, id desc);
create index bank_line_account_idx on bank_line (account_id, booked_on desc, id desc);
create index bank_line_statement_idx on bank_line (statement_id, id);
-- The queue of what is still to be matched, the oldest first.
create index bank_line_open_idx on bank_line (booked_on, id)
  where matched_minor <> amount_minor and set_aside_at is null;

-- Bank lines said to be the money of business days. A match is never changed, only undone.
create table settlement_match (
  id bigint generated always as identity primary key,
  rule text not null check (rule in ('reference', 'amount', 'manual')),
  -- How sure, from 0 to 100.
  score smallint not null check (score between 0 and 100),
  -- In words: why by a rule, or what the person said.
  reason text not null,
  -- Null where Desk did it by a rule.
  made_by text references person (id),
  made_at timestamptz not null,
  undone_by text references person (id),
  undone_at timestamptz,
  undone_reason text,
  check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_reason is null)),
  check ((rule = 'manual') = (made_by is not null))
);

create table settlement_match_line (
  match_id bigint not null references settlement_match (id),
  line_id bigint not null references bank_line (id),
  -- How much of the line, in its currency and with its sign.
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (match_id, line_id)
);
create index settlement_match_line_idx on settlement_match_line (line_id);

-- What of it arrived for which day, in cents of a dollar.
create table settlement_match_day (
  match_id bigint not null references settlement_match (id),
  day date not null,
  arrived_cents bigint not null,
  -- What the bank said it kept of the day's money; not in what arrived.
  charge_cents bigint not null,
  -- The part of what arrived that came through an exchange.
  exchanged_cents bigint not null,
  -- When the last of it was booked.
  booked_on date not null,
  primary key (match_id, day)
);
create index settlement_match_day_idx on settlement_match_day (day);

create function count_bank_line_match() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update bank_line set matched_minor = matched_minor + new.amount_minor where id = new.line_id;
  return null;
end $$;
revoke all on function count_bank_line_match() from public;
create trigger bank_line_matched after insert on settlement_match_line
  for each row execute function count_bank_line_match();

create function discount_bank_line_match() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.undone_at is not null then raise exception 'A match that was undone stays undone.'; end if;
  update bank_line set matched_minor = matched_minor - told.amount_minor
  from settlement_match_line as told
  where told.match_id = new.id and told.line_id = bank_line.id;
  return null;
end $$;
revoke all on function discount_bank_line_match() from public;
create trigger bank_line_unmatched after update on settlement_match
  for each row execute function discount_bank_line_match();

grant select, insert on bank_account, bank_statement, bank_line, settlement_match, settlement_match_line,
  settlement_match_day to desk_app;
grant update (name, csv_mappings) on bank_account to desk_app;
grant update (matched_at) on bank_statement to desk_app;
grant update (set_aside_at, set_aside_by, set_aside_reason) on bank_line to desk_app;
grant update (undone_by, undone_at, undone_reason) on settlement_match to desk_app;
