-- Keeps deliveries that SpacePay signed, each judged against what is kept already: a repeat of the same signed
-- bytes, or of the same body under the same event id, is a duplicate. Among themselves they must differ in event
-- id and signed bytes. A function, since its plan is made once for each connection: making it took longer than
-- storing ten more deliveries does.
create function store_webhook_deliveries(
  event_ids text[],
  delivery_ids text[],
  endpoint_ids text[],
  timestamp_headers text[],
  sent_ats timestamptz[],
  received_ats timestamptz[],
  signature_headers text[],
  headers jsonb[],
  bodies bytea[],
  body_sha256s bytea[],
  signed_sha256s bytea[],
  secret_ids text[],
  remote_addresses text[],
  event_types text[],
  payment_ids text[],
  withdrawal_ids text[],
  statuses text[],
  verdicts text[]
) returns table (stored_id bigint, stored_verdict text, is_conflicting boolean, stored_signed_sha256 bytea)
language plpgsql set search_path = public, pg_temp as $$
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
end $$;
revoke all on function store_webhook_deliveries from public;
grant execute on function store_webhook_deliveries to desk_app;

-- How long processing took is counted by whoever processes, in the same transaction. The column is for Desks of
-- an earlier release that still run, and goes once none does.
update webhook_digest set is_timed = true where not is_timed;
alter table webhook_digest alter column is_timed set default true;
