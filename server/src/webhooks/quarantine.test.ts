import { describe, expect, test, vi } from 'vitest'
import type { Db } from '../database.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase } from '../testing/test-database.ts'
import { createQuarantine, quarantineLimits, type RefusedDelivery } from './quarantine.ts'
import { createWebhookReceiver } from './receive-webhook.ts'
import { signed, signedAt, vector } from './signing.fixtures.ts'

describe('what was refused', () => {
  test('is kept with verdict, reason and bytes, and never as a delivery', async () => {
    await using database = await testDatabase()
    const { db } = database
    const { receive } = createWebhookReceiver({
      db,
      secrets: () => [vector.secret],
      now: () => signedAt,
      log: quietLog,
      onStored: () => undefined,
    })
    const { body } = vector
    const forged = signed({ body, secret: 'whsec_other', headers: { cookie: 'session=1' } })
    const late = signed({ body, timestamp: String(Number(vector.timestamp) - 301) })
    const tooLarge = { ...signed({ body }), body: null, bodyBytes: 5_000_000_000 }
    const answers = []
    for (const webhook of [forged, late, tooLarge]) answers.push((await receive(webhook)).status)
    expect(answers).toEqual([401, 401, 413])
    const rows = await kept(db)
    expect(rows).toMatchObject([
      { verdict: 'invalid_signature', body: Buffer.from(body), remote_address: '203.0.113.7' },
      { verdict: 'stale_timestamp', reason: expect.stringContaining('301 seconds') },
      { verdict: 'malformed', body: Buffer.alloc(0), body_bytes: 2_147_483_647 },
    ])
    expect(JSON.stringify(rows)).not.toContain('session=1')
    expect(await db.selectFrom('webhook_delivery').select('id').execute()).toEqual([])
  })

  test('is cut to its bound, and its true size is noted', async () => {
    await using database = await testDatabase()
    const quarantine = createQuarantine(database.db, quarantineLimits)
    await quarantine.keep(refused({ body: Buffer.alloc(900_000, 'x'), bodyBytes: 900_000 }))
    const [row] = await kept(database.db)
    expect([row?.body.length, row?.body_bytes]).toEqual([16_384, 900_000])
  })

  test('is no longer kept beyond so many a minute, and again in the next', async () => {
    await using database = await testDatabase()
    const quarantine = createQuarantine(database.db, { ...quarantineLimits, perMinuteMax: 3 })
    const keep = (seconds: number) =>
      quarantine.keep(refused({ receivedAt: new Date(signedAt.getTime() + seconds * 1000) }))
    const answers = []
    for (const seconds of [0, 1, 2, 3, 59, 60]) answers.push(await keep(seconds))
    expect(answers).toEqual([true, true, true, false, false, true])
    expect(await kept(database.db)).toHaveLength(4)
  })

  test('in a flood costs the database and the log so much a minute and no more', async () => {
    await using database = await testDatabase()
    const { db } = database
    const warn = vi.fn<() => void>()
    const { receive } = createWebhookReceiver({
      db,
      secrets: () => [vector.secret],
      now: () => signedAt,
      log: { ...quietLog, warn },
      onStored: () => undefined,
    })
    const forged = signed({ body: vector.body, secret: 'whsec_other' })
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => receive(forged)))
      expect(answers.every(({ status }) => status === 401)).toBe(true)
    }
    expect(await kept(db)).toHaveLength(quarantineLimits.perMinuteMax)
    expect(warn).toHaveBeenCalledTimes(quarantineLimits.perMinuteMax)
  })

  test('gives way to newer ones beyond so many rows, and goes after so many days', async () => {
    await using database = await testDatabase()
    const quarantine = createQuarantine(database.db, { ...quarantineLimits, rowsMax: 5 })
    for (let n = 0; n < 8; n++) await quarantine.keep(refused({ reason: `n-${n}` }))
    expect((await kept(database.db)).map(({ reason }) => reason)).toEqual([
      'n-3',
      'n-4',
      'n-5',
      'n-6',
      'n-7',
    ])
    const monthLater = new Date(signedAt.getTime() + 31 * 86_400_000)
    await quarantine.keep(refused({ reason: 'later', receivedAt: monthLater }))
    expect((await kept(database.db)).map(({ reason }) => reason)).toEqual(['later'])
  })
})

function refused(changes: Partial<RefusedDelivery>): RefusedDelivery {
  return {
    verdict: 'invalid_signature',
    reason: 'forged',
    headers: {},
    body: Buffer.from('{}'),
    bodyBytes: 2,
    remoteAddress: null,
    receivedAt: signedAt,
    ...changes,
  }
}

async function kept(db: Db) {
  return db.selectFrom('webhook_quarantine').selectAll().orderBy('id').execute()
}
