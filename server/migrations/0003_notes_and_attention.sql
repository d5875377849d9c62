-- What people write on payments, and what waits for them. A search asks:
--   has:note         exists (select from payment_note n where n.payment_id = payment.id)
--   has:tag, tag:x   exists (select from payment_tag t where t.payment_id = payment.id [and t.tag = 'x'])
--   assignee:me      payment.id in (select a.payment_id from attention_item a
--                      where a.state = 'open' and a.assignee_id = <me>)
--   assignee:finance the same with a.assignee_role = 'finance'
--   is:stuck         the same with a.kind = 'stuck' and nothing about an assignee
-- Each is answered by an index below, from either side.

create table payment_note (
  id bigint generated always as identity primary key,
  payment_id text not null,
  author_id text not null references person (id),
  -- As it reads now; what it said before stands in payment_note_version.
  text text not null check (char_length(text) between 1 and 4000),
  written_at timestamptz not null,
  -- 1 until it was changed.
  version integer not null default 1,
  edited_at timestamptz
);
create index payment_note_payment_idx on payment_note (payment_id, id);

create table payment_note_version (
  note_id bigint not null references payment_note (id),
  version integer not null,
  text text not null,
  -- From when on the note said this.
  written_at timestamptz not null,
  primary key (note_id, version)
);

create table payment_tag (
  payment_id text not null,
  -- Lower case.
  tag text not null,
  tagged_by text not null references person (id),
  tagged_at timestamptz not null,
  primary key (payment_id, tag)
);
create index payment_tag_tag_idx on payment_tag (tag, payment_id);

-- One item for each payment and kind, for good: it is opened, resolved and opened again.
create table attention_item (
  id bigint generated always as identity primary key,
  payment_id text not null,
  -- Kinds are added by later versions, so they are named in shared/src/attention/attention-kind.ts only.
  kind text not null,
  state text not null check (state in ('open', 'resolved')),
  -- What it was opened for; null while that is not so, and for what people hand over.
  fact text,
  -- Null where nobody knows.
  stake_cents bigint,
  opened_at timestamptz not null,
  -- Whose queue it is in, and who of them has it; nobody in particular where both are null.
  assignee_role text check (assignee_role in ('support', 'finance', 'approver', 'admin', 'auditor')),
  assignee_id text references person (id),
  assigned_at timestamptz,
  -- Whom "hand back" gives it to.
  assigned_by text references person (id),
  assigned_because text,
  due_at timestamptz,
  resolved_at timestamptz,
  -- Null where it was over by itself.
  resolved_by text references person (id),
  resolved_because text,
  check ((state = 'resolved') = (resolved_at is not null))
);
-- Two sweeps, or a sweep and a person, never make two.
create unique index attention_item_once_idx on attention_item (payment_id, kind);
-- One index per order of the queue; the id breaks ties.
create index attention_item_oldest_idx on attention_item (opened_at, id) where state = 'open';
create index attention_item_stake_idx on attention_item (coalesce(stake_cents, -1), id) where state = 'open';
create index attention_item_due_idx on attention_item (coalesce(due_at, 'infinity'), id) where state = 'open';
create index attention_item_resolved_idx on attention_item (resolved_at, id) where state = 'resolved';
-- What waits for whom: the badge, and searches by assignee.
create index attention_item_person_idx on attention_item (assignee_id, payment_id) where state = 'open';
create index attention_item_role_idx on attention_item (assignee_role, payment_id) where state = 'open';
create index attention_item_kind_idx on attention_item (kind, payment_id) where state = 'open';

-- Everything that ever happened to an item.
create table attention_event (
  id bigint generated always as identity primary key,
  item_id bigint not null references attention_item (id),
  what text not null
    check (what in ('opened', 'reopened', 'assigned', 'handed_back', 'released', 'resolved', 'closed')),
  at timestamptz not null,
  -- Null for what Desk does by itself.
  actor_id text references person (id),
  assignee_role text,
  assignee_id text references person (id),
  due_at timestamptz,
  reason text
);
create index attention_event_item_idx on attention_event (item_id, id);

-- Up to which observation payments were judged; see server/src/attention/sweep.ts.
create table attention_progress (
  only_row boolean primary key default true check (only_row),
  -- Up to where the walk has come.
  reached bigint not null,
  -- Where the next round of the walk begins: what commits late has a number below what was seen before it.
  ground bigint not null,
  turned_at timestamptz not null
);

grant select, insert, update on payment_note, attention_item, attention_progress to desk_app;
-- Written once, by right.
grant select, insert on payment_note_version, attention_event to desk_app;
grant select, insert, delete on payment_tag to desk_app;
