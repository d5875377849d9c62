-- What people asked SpacePay to make, and the link by which it can be paid. SpacePay tells link and
-- metadata once, when it is made.
create table payment_creation (
  -- Chosen by the form, so that sending it again means the same payment; it is the idempotency key.
  attempt text primary key,
  asked_by text not null references person (id),
  asked_at timestamptz not null,
  -- What was asked for, as JSON in one spelling: a repeat has to be the same.
  wish text not null,
  -- The payment it is to take the place of.
  made_from text,
  -- `asked`: it may have been made or not, until SpacePay says so.
  state text not null check (state in ('asked', 'made', 'refused')),
  payment_id text unique,
  -- As good as the payment to whoever has it, so it lies here encrypted.
  sealed_link text,
  -- In the words for the person who asked.
  refusal text,
  refused_field text,
  check ((state = 'made') = (payment_id is not null)),
  check ((state = 'refused') = (refusal is not null))
);
create index payment_creation_made_from_idx on payment_creation (made_from) where made_from is not null;

grant select, insert, update on payment_creation to desk_app;

-- Few payments carry a judgement, and people look for just those.
create index payment_flagged_idx on payment (created_at desc, id desc) where flags <> '{}';
