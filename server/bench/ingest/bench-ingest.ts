import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Db } from '../../src/database.ts'
import { countOf } from '../reads/count-of.ts'
import { openScratchDatabase, type ScratchDatabase } from '../reads/scratch-database.ts'
import { startServer } from '../reads/server-process.ts'
import { insertBare, makeBareTable } from './bare-inserts.ts'
import { readList } from './read-list.ts'
import { sendWebhooks } from './send-webhooks.ts'

const connections = 32
const rounds = 4
const processedSecondsMax = 120
/** P8 and P9 of what Desk promises. */
const goals = { shareOfLimit: 0.7, p99Ms: 100, listTimes: 3 } as const

/** Measures what becomes of webhooks under load; returns the exit code. */
export async function benchIngest(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '10' },
      rate: { type: 'string' },
      minutes: { type: 'string', default: '5' },
      rows: { type: 'string', default: '50k' },
      check: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
  })
  const folder = values.data ?? mkdtempSync(join(tmpdir(), 'desk-bench-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    await using database = await openScratchDatabase(folder, {
      rows: countOf(values.rows),
      durable: true,
    })
    const findings =
      values.rate === undefined
        ? await measureLimit(database, Number(values.seconds))
        : await measureRate(database, Number(values.rate), Number(values.minutes) * 60)
    for (const { text } of findings) process.stdout.write(`${text}\n`)
    const isLost = findings.some(({ isDefect }) => isDefect)
    return isLost || (values.check && findings.some(({ isMet }) => !isMet)) ? 1 : 0
  } finally {
    if (values.data === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

interface Finding {
  readonly text: string
  readonly isMet: boolean
  /** Something is wrong, however fast it was. */
  readonly isDefect?: boolean
}

/** Desk and the disk's own limit in turn, so that whatever else the machine does weighs on both. */
async function measureLimit(database: ScratchDatabase, seconds: number): Promise<Finding[]> {
  await makeBareTable(database.owner)
  await using desk = await startServer('ingest:desk', database)
  const turn = { connections, seconds: seconds / rounds }
  await sendWebhooks(desk.url, { connections, seconds: 2 })
  await insertBare(database.appUrl, { connections, seconds: 1 })
  const before = await countStored(database.owner)
  const bare: number[] = []
  const answered: number[] = []
  let failed = 0
  for (let round = 0; round < rounds; round++) {
    // What Desk still works through would weigh on the other side.
    await untilProcessed(database.owner)
    bare.push(...(await insertBare(database.appUrl, turn)))
    const sent = await sendWebhooks(desk.url, turn)
    answered.push(...sent.times)
    failed += sent.failed
  }
  const share = answered.length / bare.length
  const p99 = quantile(answered, 0.99)
  return [
    {
      text:
        `one insert a commit, ${connections} connections: ${perSecond(bare, seconds)} a second, ` +
        `p99 ${quantile(bare, 0.99).toFixed(1)} ms\n` +
        `Desk, answered after the commit: ${perSecond(answered, seconds)} a second, p50 ` +
        `${quantile(answered, 0.5).toFixed(1)} ms, p95 ${quantile(answered, 0.95).toFixed(1)} ms`,
      isMet: true,
    },
    judged(`${(share * 100).toFixed(0)} % of the limit (P8: 70 %)`, share >= goals.shareOfLimit),
    judged(`p99 ${p99.toFixed(1)} ms (P8: 100 ms)`, p99 < goals.p99Ms),
    await keptAll(database.owner, { before, answered: answered.length, failed }),
  ]
}

/** So many a second for a while, and what that does to somebody who reads the list meanwhile. */
async function measureRate(
  database: ScratchDatabase,
  rate: number,
  seconds: number,
): Promise<Finding[]> {
  await using desk = await startServer('ingest:desk', database)
  await readList(desk, 3)
  const idle = await readList(desk, 20)
  const before = await countStored(database.owner)
  const sending = { connections, seconds, rate }
  const [sent, busy] = await Promise.all([sendWebhooks(desk.url, sending), readList(desk, seconds)])
  const started = performance.now()
  await untilProcessed(database.owner)
  const behind = (performance.now() - started) / 1_000
  const [idleP95, busyP95] = [quantile(idle, 0.95), quantile(busy, 0.95)]
  return [
    judged(
      `${perSecond(sent.times, seconds)} a second for ${seconds} s, p50 ` +
        `${quantile(sent.times, 0.5).toFixed(1)} ms, p99 ${quantile(sent.times, 0.99).toFixed(1)} ms`,
      sent.times.length >= rate * seconds * 0.98,
    ),
    judged(
      `list p95 ${busyP95.toFixed(1)} ms, idle ${idleP95.toFixed(1)} ms: ` +
        `${(busyP95 / idleP95).toFixed(2)} × (P9: under 3 ×)`,
      busyP95 < goals.listTimes * idleP95,
    ),
    { text: `all worked through ${behind.toFixed(1)} s after the last one`, isMet: true },
    await keptAll(database.owner, { before, answered: sent.times.length, failed: sent.failed }),
  ]
}

interface Acknowledged {
  readonly before: number
  readonly answered: number
  readonly failed: number
}

/** Those whose answer was cut off when the time was up may be there, too; those answered must be. */
async function keptAll(owner: Db, { before, answered, failed }: Acknowledged): Promise<Finding> {
  const stored = (await countStored(owner)) - before
  const isLost = stored < answered
  return {
    text: `${answered} acknowledged, ${stored} stored, ${failed} answered otherwise${isLost ? ': LOST' : ''}`,
    isMet: failed === 0,
    isDefect: isLost,
  }
}

async function countStored(owner: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from webhook_delivery where verdict = 'valid'`.execute(owner)
  return rows[0]?.count ?? 0
}

async function untilProcessed(owner: Db): Promise<void> {
  const giveUpAt = performance.now() + processedSecondsMax * 1_000
  while (performance.now() < giveUpAt) {
    const { rows } = await sql<{ isQuiet: boolean }>`
      select not exists (
          select from webhook_delivery
          where processed_at is null and parked_at is null and verdict = 'valid'
        )
        and not exists (
          select from webhook_delivery
          where id > (select coalesce(max(delivery_id), 0) from webhook_digest)
        )
        and not exists (select from payment_share_due)
        and not exists (select from business_day_rule where state = 'building')
        and exists (select from business_day_rule) as "isQuiet"`.execute(owner)
    if (rows[0]?.isQuiet) return
    await delay(100)
  }
  throw new Error('The deliveries are not worked through.')
}

function judged(text: string, isMet: boolean): Finding {
  return { text: `${text}: ${isMet ? 'met' : 'MISSED'}`, isMet }
}

function perSecond(times: readonly number[], seconds: number): string {
  return Math.round(times.length / seconds).toLocaleString('en')
}

function quantile(times: readonly number[], share: number): number {
  const sorted = Float64Array.from(times).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
