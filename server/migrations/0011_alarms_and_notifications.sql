-- What is judged by the facts of the status page: one row for each kind that ever rang.
create table alarm (
  kind text primary key,
  state text not null check (state in ('clear', 'open')),
  -- Since when the facts speak against the state; null while they agree with it.
  turning_since timestamptz,
  opened_at timestamptz,
  -- When it was last told, as new or as a reminder.
  told_at timestamptz,
  -- As it was told.
  sentence text not null
);

-- Where alarms are told.
create table notification_channel (
  id text primary key,
  kind text not null check (kind in ('mail', 'chat')),
  label text not null,
  -- Of mail.
  recipients text[] not null default '{}',
  -- Of a chat: the address of its incoming webhook, sealed with DESK_ENCRYPTION_KEY, and its host for people.
  sealed_url text,
  url_host text,
  alarms text[] not null,
  -- Times of day in the business zone, such as 22:00; null where there are no quiet hours.
  quiet_from text,
  quiet_until text,
  added_at timestamptz not null,
  added_by text not null references person (id),
  removed_at timestamptz,
  check ((kind = 'chat') = (sealed_url is not null)),
  check ((quiet_from is null) = (quiet_until is null))
);

-- What each channel was or is to be told.
create table notification (
  id bigint generated always as identity primary key,
  channel_id text not null references notification_channel (id),
  alarm text,
  occasion text not null check (occasion in ('opened', 'reminder', 'well', 'test')),
  sentence text not null,
  made_at timestamptz not null,
  -- Not before; later than made_at in quiet hours.
  due_at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz,
  problem text
);
create index notification_waiting_idx on notification (channel_id, id) where sent_at is null;
create index notification_channel_newest_idx on notification (channel_id, id desc);

grant select, insert, update on alarm, notification_channel, notification to desk_app;
