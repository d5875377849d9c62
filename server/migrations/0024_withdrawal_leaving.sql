-- Limits are judged by when money leaves: when the sending that took effect, or may have, was begun.
alter table withdrawal_request add left_at timestamptz;
update withdrawal_request as request
  set left_at = coalesce(
    (select min(attempt.started_at) from withdrawal_attempt as attempt
      where attempt.request_id = request.id and attempt.state in ('live', 'accepted', 'unclear', 'found')),
    request.submitted_at, request.state_at)
  where state in ('sending', 'submitted', 'processing', 'completed', 'unknown');
alter table withdrawal_request add constraint withdrawal_request_left_check
  check (left_at is not null or state not in ('sending', 'submitted', 'processing', 'completed', 'unknown'));
-- A Desk of an earlier release that still runs does not say it itself.
create function note_leaving() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  new.left_at := coalesce(new.left_at, clock_timestamp());
  return new;
end $$;
revoke all on function note_leaving() from public;
create trigger withdrawal_request_leaves before update of state on withdrawal_request for each row
  when (new.left_at is null and new.state in ('sending', 'submitted', 'processing', 'completed', 'unknown'))
  execute function note_leaving();
drop index withdrawal_request_counted_idx;
create index withdrawal_request_left_idx on withdrawal_request (left_at)
  where state in ('sending', 'submitted', 'processing', 'completed', 'unknown');

-- When it was last given to a sender. Who waited longest is next, so that what is held keeps nobody else waiting.
alter table withdrawal_request add queued_at timestamptz;
create index withdrawal_request_queued_idx on withdrawal_request (queued_at nulls first, submitted_at, id)
  where state = 'approved';

-- One name for one destination of a network, also when two people propose at the same moment.
update destination set label = label || ' (' || address || ')'
  where id in (
    select id from (
      select id, row_number() over (partition by network, lower(label) order by proposed_at, id) as place
      from destination where state in ('proposed', 'active', 'frozen')) as named
    where place > 1);
create unique index destination_label_once_idx on destination (network, lower(label))
  where state in ('proposed', 'active', 'frozen');

-- The contracts of tokens as SpacePay's registry names them. What was one stays one, also when it is named no more.
create table token_contract (
  network text not null,
  -- In lower case on EVM networks, as payments have addresses.
  address text not null,
  symbol text not null,
  seen_at timestamptz not null,
  primary key (network, address)
);
grant select, insert, update on token_contract to desk_app;
