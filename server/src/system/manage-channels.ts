import { randomUUID } from 'node:crypto'
import { alarmKinds } from '@desk/shared/system/alarm'
import type {
  ChannelChange,
  ChannelInput,
  NotificationChannel,
  NotificationSettings,
} from '@desk/shared/system/notifications'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { enqueue } from '../outbox/enqueue.ts'
import {
  type ChannelRow,
  findChannel,
  insertNotification,
  lockChannel,
  readChannels,
  readTold,
} from './notifications.queries.ts'

export interface ChannelManaging {
  readonly db: Db
  readonly by: Attribution
  readonly actor: Pick<Actor, 'userId'>
  readonly notifications: Context['notifications']
}

/** Refuses with `chat_url_refused` an address that may not be called. */
export async function addChannel(
  change: ChannelManaging,
  input: ChannelInput,
): Promise<{ id: string }> {
  const { db, by, actor, notifications } = change
  const id = randomUUID()
  const chat = input.kind === 'chat' ? sealedChat(notifications, { id, url: input.url }) : null
  const recipients = input.kind === 'mail' ? input.recipients : []
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('notification_channel')
      .values({
        id,
        kind: input.kind,
        label: input.label,
        recipients,
        sealed_url: chat?.sealed ?? null,
        url_host: chat?.host ?? null,
        alarms: [...input.alarms],
        quiet_from: input.quiet?.from ?? null,
        quiet_until: input.quiet?.until ?? null,
        added_at: by.at,
        added_by: actor.userId,
      })
      .execute()
    await recordAudit(trx, by, {
      action: 'notification.add_channel',
      subject: { kind: 'notification_channel', id, label: input.label },
      after: { kind: input.kind, recipients, host: chat?.host ?? null, alarms: input.alarms },
    })
  })
  return { id }
}

function sealedChat(
  { urlFault, sealer }: Context['notifications'],
  { id, url }: { readonly id: string; readonly url: string },
) {
  const fault = urlFault(url)
  if (fault !== null) throw new Refusal('invalid', 'chat_url_refused', fault)
  return { sealed: sealer.seal(url, id), host: new URL(url).host }
}

/**
 * What waits for it is told as the channel is then. Refuses with `channel_unknown`, also where it is of
 * another kind, and with `chat_url_refused`.
 */
export async function changeChannel(
  { db, by, notifications }: ChannelManaging,
  input: ChannelChange,
): Promise<void> {
  const { id, label, alarms } = input
  const chat =
    input.kind === 'chat' && input.url !== null
      ? sealedChat(notifications, { id, url: input.url })
      : null
  await db.transaction().execute(async (trx) => {
    const before = await lockChannel(trx, id)
    if (before?.kind !== input.kind) throw unknownChannel()
    const after = {
      label,
      recipients: input.kind === 'mail' ? input.recipients : [],
      alarms: [...alarms],
      quiet_from: input.quiet?.from ?? null,
      quiet_until: input.quiet?.until ?? null,
      url_host: chat?.host ?? before.url_host,
    }
    await trx
      .updateTable('notification_channel')
      .set({ ...after, ...(chat !== null && { sealed_url: chat.sealed }) })
      .where('id', '=', id)
      .execute()
    await recordAudit(trx, by, {
      action: 'notification.change_channel',
      subject: { kind: 'notification_channel', id, label },
      before: shownOf(before),
      // The address itself is a secret; that it is another one is not.
      after: { ...shownOf(after), ...(chat !== null && { hasNewAddress: true }) },
    })
  })
}

/** What of a channel anybody may know. */
function shownOf(row: ShownChannel) {
  const { label, recipients, url_host: host, alarms, quiet_from: from, quiet_until: until } = row
  return { label, recipients, host, alarms, quiet: from === null ? null : { from, until } }
}

type ShownChannel = Pick<
  ChannelRow,
  'label' | 'recipients' | 'url_host' | 'alarms' | 'quiet_from' | 'quiet_until'
>

/** What still waits for it is told to nobody. Refuses with `channel_unknown`. */
export async function removeChannel({ db, by }: ChannelManaging, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const removed = await trx
      .updateTable('notification_channel')
      .set({ removed_at: by.at })
      .where('id', '=', id)
      .where('removed_at', 'is', null)
      .returning('label')
      .executeTakeFirst()
    if (!removed) throw unknownChannel()
    await recordAudit(trx, by, {
      action: 'notification.remove_channel',
      subject: { kind: 'notification_channel', id, label: removed.label },
    })
  })
}

/** Sends one message now, whatever the hour. Refuses with `channel_unknown`. */
export async function testChannel({ db, by }: ChannelManaging, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const channel = await findChannel(trx, id)
    if (!channel) throw unknownChannel()
    await insertNotification(trx, {
      channelId: id,
      alarm: null,
      occasion: 'test',
      sentence: 'This is a test. Alarms of this Desk are told here.',
      madeAt: by.at,
      dueAt: by.at,
    })
    await enqueue(trx, 'notification.send', [id])
    await recordAudit(trx, by, {
      action: 'notification.test_channel',
      subject: { kind: 'notification_channel', id, label: channel.label },
    })
  })
}

function unknownChannel(): Refusal {
  return new Refusal('not_found', 'channel_unknown', 'This channel is not there any more.')
}

/** Channels with what they were told last, and what is open. */
export async function readNotificationSettings(
  db: Db,
  isMailOn: boolean,
): Promise<NotificationSettings> {
  const channels = await readChannels(db)
  const open = await db
    .selectFrom('alarm')
    .select(['kind', 'opened_at'])
    .where('state', '=', 'open')
    .orderBy('opened_at')
    .execute()
  return {
    channels: await Promise.all(channels.map((row) => toChannel(db, row))),
    open: open.flatMap(({ kind, opened_at: openedAt }) => {
      const known = alarmKinds.find((each) => each === kind)
      return known && openedAt ? [{ kind: known, openedAt: openedAt.toISOString() }] : []
    }),
    isMailOn,
  }
}

async function toChannel(db: Db, row: ChannelRow): Promise<NotificationChannel> {
  const told = await readTold(db, row.id)
  return {
    id: row.id,
    kind: row.kind,
    label: row.label,
    to: row.kind === 'mail' ? row.recipients : [row.url_host ?? ''],
    alarms: alarmKinds.filter((kind) => row.alarms.includes(kind)),
    quiet:
      row.quiet_from === null || row.quiet_until === null
        ? null
        : { from: row.quiet_from, until: row.quiet_until },
    told: told.map((each) => ({
      id: each.id,
      occasion: each.occasion,
      sentence: each.sentence,
      madeAt: each.made_at.toISOString(),
      dueAt: each.due_at.toISOString(),
      sentAt: each.sent_at?.toISOString() ?? null,
      attempts: each.attempts,
      problem: each.problem,
    })),
  }
}
