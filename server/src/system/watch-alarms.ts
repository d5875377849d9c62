import { sql } from 'kysely'
import { alarmText, findAlarms, type AlarmFinding } from '@desk/shared/system/alarm'
import { clearAlarm, judgeAlarm } from '@desk/shared/system/judge-alarm'
import { tellableAt } from '@desk/shared/system/quiet-hours'
import type { SystemFacts } from '@desk/shared/system/system-facts'
import type { Db, Trx } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { type BackgroundLoop, startLoop } from '../kernel/background-loop.ts'
import { enqueue } from '../outbox/enqueue.ts'
import {
  type ChannelRow,
  findDueChannels,
  insertNotification,
  lockAlarms,
  readChannels,
  saveAlarm,
} from './notifications.queries.ts'

const lookEveryMs = 15_000

export interface AlarmWatch {
  readonly db: Db
  readonly facts: () => Promise<SystemFacts>
  readonly now: () => Date
  /** The business zone, in which quiet hours are. */
  readonly zone: () => Promise<string>
  readonly log: { error(facts: object, message: string): void }
}

/** Judges the alarms again and again, on one Desk at a time. */
export function startWatchingAlarms(watch: AlarmWatch): BackgroundLoop {
  return startLoop({
    name: 'alarms',
    intervalMs: lookEveryMs,
    log: watch.log,
    round: async () => {
      await watchOnce(watch)
      return false
    },
  })
}

/** What opens, is reminded of or is over is told by jobs that commit together with it. */
export async function watchOnce(watch: AlarmWatch): Promise<void> {
  const facts = await watch.facts()
  const zone = await watch.zone()
  const at = watch.now()
  await watch.db.transaction().execute(async (trx) => {
    const taken = await sql<{ is_ours: boolean }>`
      select pg_try_advisory_xact_lock(${advisoryLocks.alarms}) as is_ours`.execute(trx)
    if (!taken.rows[0]?.is_ours) return
    const states = await lockAlarms(trx)
    const channels = await readChannels(trx)
    const told = new Set(await findDueChannels(trx, at))
    for (const finding of findAlarms(facts)) {
      const before = states.get(finding.kind) ?? clearAlarm
      const { next, tell } = judgeAlarm(before, finding.isRinging, at.getTime())
      if (next === before) continue
      await saveAlarm(trx, finding.kind, { ...next, sentence: finding.sentence })
      if (tell === null) continue
      for (const channel of channels.filter(({ alarms }) => alarms.includes(finding.kind))) {
        const isDue = await tellOne(trx, channel, { finding, occasion: tell, at, zone })
        if (isDue) told.add(channel.id)
      }
    }
    await enqueue(trx, 'notification.send', [...told])
  })
}

interface Occasion {
  readonly finding: AlarmFinding
  readonly occasion: 'opened' | 'reminder' | 'well'
  readonly at: Date
  readonly zone: string
}

/** Resolves to whether it is due at once. */
async function tellOne(trx: Trx, channel: ChannelRow, told: Occasion): Promise<boolean> {
  const { finding, occasion, at, zone } = told
  const { label, isCritical } = alarmText[finding.kind]
  const quiet =
    isCritical || channel.quiet_from === null || channel.quiet_until === null
      ? null
      : { from: channel.quiet_from, until: channel.quiet_until }
  const dueMs = tellableAt(quiet, { nowMs: at.getTime(), zone })
  const sentence = {
    opened: `${label}. ${finding.sentence}`,
    reminder: `Still so: ${label}. ${finding.sentence}`,
    well: `All is well again: ${label} is over. ${finding.sentence}`,
  }[occasion]
  await insertNotification(trx, {
    channelId: channel.id,
    alarm: finding.kind,
    occasion,
    sentence,
    madeAt: at,
    dueAt: new Date(dueMs),
  })
  return dueMs <= at.getTime()
}
