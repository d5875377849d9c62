import { sql } from 'kysely'
import { alarmText } from '@desk/shared/system/alarm'
import { tellableAt } from '@desk/shared/system/quiet-hours'
import type { Db, Trx } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { readPendingQuestions } from '../withdrawals/pending-questions.queries.ts'
import { type ChannelRow, insertNotification, readChannels } from './notifications.queries.ts'
import {
  destinationNotice,
  type NoticedRequest,
  noticesOf,
  policyNotice,
  type WithdrawalNotice,
} from './withdrawal-notices.ts'
import {
  findNoticed,
  findProposedDestinations,
  findProposedPolicies,
  insertNotices,
} from './withdrawal-notices.queries.ts'

const lookEveryMs = 10_000

export interface WithdrawalWatch {
  readonly db: Db
  readonly now: () => Date
  /** The business zone, in which quiet hours are. */
  readonly zone: () => Promise<string>
  /** Without mail only the chats are told. */
  readonly isMailOn: boolean
  readonly log: { error(facts: object, message: string): void }
}

/** Sees again and again who can act on what waits, on one Desk at a time. */
export function startWatchingWithdrawals(watch: WithdrawalWatch): BackgroundLoop {
  return startLoop({
    name: 'withdrawal notices',
    intervalMs: lookEveryMs,
    log: watch.log,
    round: async () => {
      await watchWithdrawalsOnce(watch)
      return false
    },
  })
}

/** Tells everybody what they were not told yet, by jobs that commit together with the note that they were. */
export async function watchWithdrawalsOnce(watch: Omit<WithdrawalWatch, 'log'>): Promise<void> {
  const at = watch.now()
  const zone = await watch.zone()
  await watch.db.transaction().execute(async (trx) => {
    const taken = await sql<{ is_ours: boolean }>`
      select pg_try_advisory_xact_lock(${advisoryLocks.withdrawalNotices}) as is_ours`.execute(trx)
    if (!taken.rows[0]?.is_ours) return
    const notices = await findNotices(trx, at)
    if (notices.length === 0) return
    const channels = await readChannels(trx)
    const mailed = new Set<string>()
    const told = new Set<string>()
    for (const notice of notices) {
      const people = watch.isMailOn ? notice.to : []
      const to = notice.alarm === null ? people : [...people, null]
      for (const person of await insertNotices(trx, notice, { to, at })) {
        if (person !== null) mailed.add(person)
        else for (const id of await tellChannels(trx, notice, { channels, at, zone })) told.add(id)
      }
    }
    await enqueue(trx, 'withdrawal_notice.mail', [...mailed])
    await enqueue(trx, 'notification.send', [...told])
  })
}

async function findNotices(trx: Trx, at: Date): Promise<readonly WithdrawalNotice[]> {
  const rows = await findNoticed(trx, at)
  const destinations = await findProposedDestinations(trx)
  const policies = await findProposedPolicies(trx)
  if (rows.length + destinations.length + policies.length === 0) return []
  const named = rows.map(({ requestedBy }) => requestedBy)
  const { waiting, people, delegations } = await readPendingQuestions(trx, { at, named })
  const questions = new Map(waiting.map(({ id, question }) => [id, question]))
  const ofRequests = rows.flatMap(({ fingerprint, state, ...row }) => {
    if (fingerprint === null || !isNoticed(state)) return []
    const question = questions.get(row.id) ?? null
    return noticesOf({ ...row, fingerprint, state }, question, { people, delegations })
  })
  return [
    ...ofRequests,
    ...destinations.map((each) => destinationNotice(each, people)),
    ...policies.map((each) => policyNotice(each, people)),
  ]
}

function isNoticed(state: string): state is NoticedRequest['state'] {
  return ['pending_approval', 'unknown', 'rejected', 'expired', 'failed'].includes(state)
}

/** Resolves to the channels that are told at once. */
async function tellChannels(
  trx: Trx,
  { alarm, sentence, path }: WithdrawalNotice,
  { channels, at, zone }: { channels: readonly ChannelRow[]; at: Date; zone: string },
): Promise<readonly string[]> {
  if (alarm === null) return []
  const due: string[] = []
  for (const channel of channels.filter(({ alarms }) => alarms.includes(alarm))) {
    const isQuiet = channel.quiet_from !== null && channel.quiet_until !== null
    const quiet =
      alarmText[alarm].isCritical || !isQuiet
        ? null
        : { from: channel.quiet_from ?? '', until: channel.quiet_until ?? '' }
    const dueMs = tellableAt(quiet, { nowMs: at.getTime(), zone })
    await insertNotification(trx, {
      channelId: channel.id,
      alarm,
      occasion: 'notice',
      sentence,
      path,
      madeAt: at,
      dueAt: new Date(dueMs),
    })
    if (dueMs <= at.getTime()) due.push(channel.id)
  }
  return due
}
