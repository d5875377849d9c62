import { sql } from 'kysely'
import type { AlarmKind } from '@desk/shared/system/alarm'
import type { AlarmState } from '@desk/shared/system/judge-alarm'
import type { Db, Trx } from '../database.ts'

const TOLD_MAX = 5

/** How each alarm stood when it was judged last; locked until the transaction ends. */
export async function lockAlarms(trx: Trx): Promise<ReadonlyMap<string, AlarmState>> {
  const rows = await trx.selectFrom('alarm').selectAll().forUpdate().execute()
  return new Map(
    rows.map((row) => [
      row.kind,
      {
        state: row.state,
        turningSince: row.turning_since?.getTime() ?? null,
        openedAt: row.opened_at?.getTime() ?? null,
        toldAt: row.told_at?.getTime() ?? null,
      },
    ]),
  )
}

export async function saveAlarm(
  trx: Trx,
  kind: AlarmKind,
  { sentence, ...state }: AlarmState & { readonly sentence: string },
): Promise<void> {
  const saved = {
    state: state.state,
    turning_since: instant(state.turningSince),
    opened_at: instant(state.openedAt),
    told_at: instant(state.toldAt),
    sentence,
  }
  await trx
    .insertInto('alarm')
    .values({ kind, ...saved })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet(saved))
    .execute()
}

/** Those that were not removed, in the order in which they were added. */
export async function readChannels(db: Db) {
  return db
    .selectFrom('notification_channel')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('added_at')
    .orderBy('id')
    .limit(100)
    .execute()
}

export type ChannelRow = Awaited<ReturnType<typeof readChannels>>[number]

export async function findChannel(db: Db, id: string): Promise<ChannelRow | undefined> {
  return db
    .selectFrom('notification_channel')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
}

/** The same, locked until the transaction ends. */
export async function lockChannel(trx: Trx, id: string): Promise<ChannelRow | undefined> {
  return trx
    .selectFrom('notification_channel')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export interface NewNotification {
  readonly channelId: string
  readonly alarm: AlarmKind | null
  readonly occasion: 'opened' | 'reminder' | 'well' | 'test' | 'notice'
  readonly sentence: string
  readonly madeAt: Date
  readonly dueAt: Date
  /** The page where it is decided; the status page where there is none. */
  readonly path?: string
}

export async function insertNotification(trx: Trx, made: NewNotification): Promise<void> {
  await trx
    .insertInto('notification')
    .values({
      channel_id: made.channelId,
      alarm: made.alarm,
      occasion: made.occasion,
      sentence: made.sentence,
      made_at: made.madeAt,
      due_at: made.dueAt,
      path: made.path ?? null,
    })
    .execute()
}

/** What a channel is to be told by now, the oldest first. */
export async function readDue(db: Db, channelId: string, now: Date) {
  return db
    .selectFrom('notification')
    .select(['id', 'occasion', 'sentence', 'made_at', 'path'])
    .where('channel_id', '=', channelId)
    .where('sent_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('id')
    .limit(50)
    .execute()
}

/** Channels that something became due for after it was held back. */
export async function findDueChannels(trx: Trx, now: Date): Promise<readonly string[]> {
  const rows = await trx
    .selectFrom('notification')
    .innerJoin('notification_channel', 'notification_channel.id', 'notification.channel_id')
    .select('notification.channel_id')
    .distinct()
    .where('sent_at', 'is', null)
    .where('due_at', '<=', now)
    .whereRef('due_at', '>', 'made_at')
    .where('attempts', '=', 0)
    .where('removed_at', 'is', null)
    .execute()
  return rows.map(({ channel_id }) => channel_id)
}

/** `problem` is why it failed; null once it went out. */
export async function writeAttempt(
  db: Db,
  ids: readonly number[],
  { at, problem }: { readonly at: Date; readonly problem: string | null },
): Promise<void> {
  await db
    .updateTable('notification')
    .set({
      attempts: sql`attempts + 1`,
      problem,
      ...(problem === null && { sent_at: at }),
    })
    .where('id', 'in', [...ids])
    .execute()
}

export async function readTold(db: Db, channelId: string) {
  return db
    .selectFrom('notification')
    .selectAll()
    .where('channel_id', '=', channelId)
    .orderBy('id', 'desc')
    .limit(TOLD_MAX)
    .execute()
}

function instant(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds)
}
