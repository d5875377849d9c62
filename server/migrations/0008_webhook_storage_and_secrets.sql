-- The exact bytes of deliveries, apart from what is kept for ever: a month a table, so that what is old
-- enough goes at once. A delivery carries its bytes itself while it waits to be processed, for the Desk before
-- this one, too; they are moved here by whoever is done with it.
create table webhook_body (
  delivery_id bigint not null,
  received_at timestamptz not null,
  headers jsonb not null,
  body bytea not null,
  primary key (delivery_id, received_at)
) partition by range (received_at);
-- What has no month of its own yet: never a reason to lose anything.
create table webhook_body_default partition of webhook_body default;

-- Null once they were moved.
alter table webhook_delivery alter column headers drop not null, alter column body drop not null;
-- What is to be moved.
create index webhook_delivery_unmoved_idx on webhook_delivery (id)
  where body is not null and (processed_at is not null or parked_at is not null or verdict <> 'valid');

-- For how long bytes are kept; one row. Hash, verdict, times and ids of every delivery stay for ever.
create table webhook_retention (
  is_only boolean primary key default true check (is_only),
  months integer not null default 24 check (months between 3 and 120)
);
insert into webhook_retention default values;

-- Makes the months that are there or come next, and deletes what retention is over for. Desk's own role
-- cannot make or drop tables: this does both for it, within the rules above and by the clock of the database.
create function arrange_webhook_bodies() returns table (change text, part text)
language plpgsql security definer
set search_path = public, pg_temp set timezone = 'UTC' set lock_timeout = '3s' as $$
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
end $$;
revoke all on function arrange_webhook_bodies() from public;

-- What SpacePay signs with, sealed with DESK_ENCRYPTION_KEY; retired ones stay for proving what they signed.
create table webhook_secret (
  -- A short hash of the secret, as in webhook_delivery.secret_id.
  id text primary key,
  label text not null,
  last_four text not null,
  sealed text not null,
  source text not null check (source in ('environment', 'desk')),
  added_at timestamptz not null,
  added_by text references person (id),
  -- It verifies what arrives before this moment; null: until somebody says otherwise.
  verifies_until timestamptz,
  -- Who said so.
  ended_by text references person (id),
  -- Counted a few seconds late.
  uses bigint not null default 0,
  last_used_at timestamptz
);

-- Bytes are added, never changed.
grant select, insert on webhook_body to desk_app;
grant select, update (months) on webhook_retention to desk_app;
grant select, insert, update on webhook_secret to desk_app;
grant execute on function arrange_webhook_bodies() to desk_app;
