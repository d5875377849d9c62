-- Questions about payments that people gave a name, and how each of them likes the list to look.

create table saved_view (
  id text primary key,
  -- Null once they left: the view belongs to the role it is shared with.
  owner_id text references person (id),
  -- Everybody who holds this role sees it, too.
  shared_with text check (shared_with in ('support', 'finance', 'approver', 'admin', 'auditor')),
  name text not null check (char_length(name) between 1 and 60),
  -- As in shared/src/payments/payment-query.ts; days may move along with the calendar.
  query jsonb not null,
  -- In their order; null shows everybody the columns they like.
  columns text[],
  -- Grows with every change, so that nobody undoes what they did not see.
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  check (owner_id is not null or shared_with is not null)
);
-- One's own views are told apart by their names.
create unique index saved_view_name_idx on saved_view (owner_id, lower(name)) where owner_id is not null;
create index saved_view_role_idx on saved_view (shared_with) where shared_with is not null;

create table list_preference (
  person_id text not null references person (id),
  -- Which list, such as `payments`.
  list text not null,
  -- In their order; null until they chose.
  columns text[],
  -- Pixels by column.
  widths jsonb not null default '{}',
  density text,
  changed_at timestamptz not null,
  primary key (person_id, list)
);

grant select, insert, update, delete on saved_view to desk_app;
grant select, insert, update on list_preference to desk_app;
