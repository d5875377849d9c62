import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase } from '../testing/test-database.ts'
import { eventBody } from './console.fixtures.ts'
import { startReception } from './reception.ts'
import { signed, signedAt, vector } from './signing.fixtures.ts'

test('in a flood that never ebbs the stored ones are still worked through, and all of them after it', async () => {
  await using database = await testDatabase()
  const { db } = database
  const { receiver, processing } = startReception({
    db,
    now: () => signedAt,
    log: quietLog,
    secrets: () => [vector.secret],
    requestRefresh: async () => undefined,
    requestWithdrawalRefresh: async () => undefined,
  })
  let sent = 0
  const ebb = new AbortController()
  const flood = async (): Promise<void> => {
    while (!ebb.signal.aborted) {
      const eventId = `event-${sent++}`
      const webhook = signed({ body: eventBody({ id: eventId }), eventId })
      expect((await receiver.receive(webhook)).status).toBe(200)
    }
  }
  const floods = Array.from({ length: 8 }, flood)
  try {
    await expect.poll(() => countOf(true), { timeout: 20_000 }).toBeGreaterThan(0)
  } finally {
    ebb.abort()
    await Promise.all(floods)
  }
  await processing.settled()
  expect([await countOf(true), await countOf(false)]).toEqual([sent, 0])
  await processing.stop()

  async function countOf(isProcessed: boolean): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from webhook_delivery
      where (processed_at is not null) = ${isProcessed}`.execute(db)
    return rows[0]?.count ?? 0
  }
})
