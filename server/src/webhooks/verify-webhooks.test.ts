import { type RawBuilder, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { sealerFor } from '../kernel/sealed.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase } from '../testing/test-database.ts'
import { eventBody, processAll, receiveAll } from './console.fixtures.ts'
import { arrangeBodies } from './keep-bodies.ts'
import { vector } from './signing.fixtures.ts'
import { verifyWebhooks } from './verify-webhooks.ts'
import { secretIdOf } from './verify-signature.ts'

const environment = [vector.secret]

describe('every stored delivery', () => {
  test('is what was hashed and signed, wherever its bytes are', async () => {
    await using database = await testDatabase()
    const { db } = database
    expect(await verify(db)).toEqual({ ok: true, text: 'no delivery is stored.' })
    await receiveAll(db, many(120))
    await processAll(db)
    await receiveAll(db, [
      { body: 'no json', eventId: 'malformed' },
      { body: Buffer.from([0xff, 0x00]), eventId: 'bytes' },
      { body: eventBody({ id: 'p-0' }), eventId: 'e-0' },
    ])
    expect(await verify(db)).toEqual({
      ok: true,
      text: '123 deliveries; the bytes of 123 are what was hashed, and 123 signatures fit.',
    })
  })

  test.each<[string, RawBuilder<unknown>, RegExp]>([
    [
      'a byte of its body',
      sql`update webhook_body set body = set_byte(body, 3, 65) where delivery_id = 73`,
      /^BROKEN\. Delivery 73: its bytes are not what was hashed/,
    ],
    [
      'a byte of its body, with a hash that fits it',
      sql`with changed as (
        update webhook_body set body = set_byte(body, 3, 65) where delivery_id = 73 returning body
      ) update webhook_delivery as own set body_sha256 = sha256(changed.body),
          signed_sha256 = sha256(convert_to(timestamp_header || '.', 'utf8') || changed.body)
        from changed where own.id = 73`,
      /^BROKEN\. Delivery 73: its signature is not what its secret makes/,
    ],
    [
      'its timestamp',
      sql`update webhook_delivery set timestamp_header = '1767225601' where id = 73`,
      /^BROKEN\. Delivery 73: its timestamp is not what was hashed/,
    ],
    [
      'its signature',
      sql`update webhook_delivery set signature_header = 'no signature' where id = 73`,
      /^BROKEN\. Delivery 73: its signature/,
    ],
    [
      'its bytes, which are gone',
      sql`delete from webhook_body where delivery_id = 73`,
      /^BROKEN\. Delivery 73: its bytes are missing/,
    ],
  ])('is named when somebody changed %s', async (_what, change, text) => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, many(80))
    await sql`update webhook_delivery set received_at = now()`.execute(owner)
    await processAll(db)
    await arrangeBodies({ db, now: () => new Date(), log: quietLog })
    await change.execute(owner)
    const verdict = await verify(db)
    expect(verdict.ok).toBe(false)
    expect(verdict.text).toMatch(text)
    expect(verdict.text).not.toContain('\n')
  })

  test('is named, but not all of a thousand', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, many(30))
    await sql`update webhook_delivery set body = ''`.execute(owner)
    const { text } = await verify(db)
    expect(text.split('\n')).toHaveLength(21)
    expect(text).toContain('…and 10 more.')
  })
})

test('signatures are verified with retired secrets too, and without a secret the hash remains', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  await receiveAll(db, many(3))
  const without = { secretSources: { environment: [], sealer: null } }
  expect((await verifyWebhooks(db, without)).text).toContain(
    'and 0 signatures fit. The secret of 3 is not kept here.',
  )
  const sealer = sealerFor('some key', 'webhook secret')
  const id = secretIdOf(vector.secret)
  await owner
    .insertInto('webhook_secret')
    .values({
      id,
      label: 'Old',
      last_four: 'cdef',
      sealed: sealer.seal(vector.secret, id),
      source: 'desk',
      added_at: new Date(0),
      verifies_until: new Date(1),
    })
    .execute()
  const kept = { secretSources: { environment: [], sealer } }
  expect((await verifyWebhooks(db, kept)).text).toContain('and 3 signatures fit.')
  const otherKey = { ...without.secretSources, sealer: sealerFor('other', 'webhook secret') }
  expect((await verifyWebhooks(db, { secretSources: otherKey })).ok).toBe(true)
})

function verify(db: Db) {
  return verifyWebhooks(db, { secretSources: { environment, sealer: null } })
}

function many(count: number) {
  return Array.from({ length: count }, (_, n) => ({
    body: eventBody({ id: `p-${n}` }),
    eventId: `e-${n}`,
  }))
}
