import { createHmac, randomUUID } from 'node:crypto'
import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { webhookPath } from '@desk/shared/webhooks/webhook-path'
import { embeddedUrl } from './embedded-postgres.ts'
import { demoWebhookSecret } from './env.ts'
import { type Place, runStart, scratchPlace } from './testing/start-command.ts'

// Two whole starts, on a machine that tests other things meanwhile.
vi.setConfig({ testTimeout: 180_000 })

/** Longer than connections, statements and the pool's patience last. */
const downMs = 30_000

test('in mid-load Postgres goes down for a while and Desk is killed: what was acknowledged is there once, and gets processed', async () => {
  using place = await scratchPlace()
  await using first = runStart(place, {})
  await first.isReady()
  const load = startLoad(place)
  await untilMore(load, 100)

  // Immediate: no checkpoint, no goodbyes. The launcher tries to start it again, which fails without this file.
  const control = join(place.dataDir, 'postgres', 'global', 'pg_control')
  const postmaster = postmasterPid(place)
  renameSync(control, `${control}.away`)
  process.kill(postmaster, 'SIGQUIT')
  await vi.waitFor(() => expect(load.statuses).toContain(503), { timeout: 30_000, interval: 20 })
  await delay(1_000)
  const before = load.statuses.length
  await delay(downMs)
  const meanwhile = new Set(load.statuses.slice(before))
  renameSync(`${control}.away`, control)
  expect(meanwhile).toEqual(new Set([503]))
  await untilMore(load, 200)

  await first.endBy('SIGKILL')
  await load.stop()
  expect(new Set(load.statuses)).toEqual(new Set([200, 503]))
  expect(load.acknowledged.length).toBeGreaterThan(300)

  await using second = runStart(place, {})
  await second.isReady()
  await vi.waitFor(async () => expect(await countWaiting(place)).toBe(0), {
    timeout: 60_000,
    interval: 200,
  })
  const stored = await storedEvents(place)
  const missing = load.acknowledged.filter((id) => !stored.has(id))
  const double = load.acknowledged.filter((id) => (stored.get(id) ?? 0) > 1)
  expect({ missing, double }).toEqual({ missing: [], double: [] })
})

interface Load {
  /** Event ids that were answered with 200. */
  readonly acknowledged: readonly string[]
  readonly statuses: readonly number[]
  readonly stop: () => Promise<void>
}

/** Eight senders that each send the next event when the last was answered, and an unanswered one again. */
function startLoad({ port }: Place): Load {
  const url = `http://127.0.0.1:${port}${webhookPath}`
  const acknowledged: string[] = []
  const statuses: number[] = []
  const stopping = new AbortController()
  const send = async () => {
    while (!stopping.signal.aborted) {
      const eventId = randomUUID()
      const status = await deliver(url, eventId, stopping.signal)
      if (status === null) await delay(20)
      else statuses.push(status)
      if (status === 200) acknowledged.push(eventId)
    }
  }
  const senders = Promise.all(Array.from({ length: 8 }, send))
  return {
    acknowledged,
    statuses,
    stop: async () => {
      stopping.abort()
      await senders
    },
  }
}

/** The status of the answer; null where there was none. */
async function deliver(url: string, eventId: string, signal: AbortSignal): Promise<number | null> {
  const body = JSON.stringify({ type: 'merchant.updated', data: { of: eventId } })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', demoWebhookSecret)
    .update(`${timestamp}.${body}`)
    .digest('hex')
  try {
    const answer = await fetch(url, {
      method: 'POST',
      signal,
      body,
      headers: {
        'content-type': 'application/json',
        'x-spacepay-event-id': eventId,
        'x-spacepay-timestamp': timestamp,
        'x-spacepay-signature': signature,
      },
    })
    await answer.text()
    return answer.status
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

async function untilMore({ acknowledged }: Load, count: number): Promise<void> {
  const before = acknowledged.length
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + count), {
    timeout: 60_000,
    interval: 20,
  })
}

function postmasterPid({ dataDir }: Place): number {
  const [pid = ''] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  return Number(pid)
}

/** How often each event is there, repeats aside. */
async function storedEvents(place: Place): Promise<ReadonlyMap<string, number>> {
  const rows = await ask<{ event_id: string; count: number }>(
    place,
    `select event_id, count(*)::int as count from webhook_delivery where verdict = 'valid' group by 1`,
  )
  return new Map(rows.map(({ event_id: id, count }) => [id, count]))
}

async function countWaiting(place: Place): Promise<number> {
  const rows = await ask<{ count: number }>(
    place,
    `select count(*)::int as count from webhook_delivery where processed_at is null and verdict = 'valid'`,
  )
  return rows[0]?.count ?? -1
}

async function ask<Row extends pg.QueryResultRow>(
  { dataDir }: Place,
  statement: string,
): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: embeddedUrl(join(dataDir, 'postgres'), 'postgres'),
  })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}
