import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { actorWith } from '../kernel/context.fixtures.ts'
import { sealerFor } from '../kernel/sealed.ts'
import { startLiveEvents } from '../kernel/live-events.ts'
import type { Context } from '../kernel/trpc.ts'
import { eventually } from '../testing/eventually.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { eventBody, secondsLater } from './console.fixtures.ts'
import { addSecret, endSecret, rotateSecret, type SecretChange } from './manage-secrets.ts'
import { createWebhookReceiver } from './receive-webhook.ts'
import { openSecretBook, type SecretBook } from './secret-book.ts'
import { signed, signedAt, vector } from './signing.fixtures.ts'
import { secretIdOf } from './verify-signature.ts'

const fresh = 'whsec_brand_new_one'

describe('a change of secrets', () => {
  test('counts at the next delivery on every Desk: added, rotated with an overlap, retired', async () => {
    await using database = await testDatabase()
    await using here = await desk(database)
    await using there = await desk(database)
    expect(await answers(there, [vector.secret, fresh])).toEqual([200, 401])

    // The other Desk asked for its secrets a moment ago, and is told.
    await delay(1_000)
    const { id } = await addSecret(here.change, { label: 'Second', secret: fresh })
    expect(await answers(there, [vector.secret, fresh])).toEqual([200, 200])

    const third = 'whsec_the_third_one'
    await delay(1_000)
    await rotateSecret(here.change, {
      id,
      label: 'Third',
      secret: third,
      oldVerifiesUntil: secondsLater(60),
    })
    expect(await answers(there, [fresh, third])).toEqual([200, 200])
    there.setTime(secondsLater(61))
    expect(await answers(there, [fresh, third])).toEqual([401, 200])

    await endSecret(here.change, { id: secretIdOf(vector.secret), verifiesUntil: signedAt })
    expect(await answers(here, [vector.secret])).toEqual([401])
    await eventually(async () => expect(await answers(there, [vector.secret])).toEqual([401]))
  })

  test('goes on with the last known ones while the database is away', async () => {
    await using database = await testDatabase()
    await using own = await desk(database)
    await database.owner.schema.alterTable('webhook_secret').renameTo('away').execute()
    own.book.forget()
    expect(await own.book.live()).toEqual([vector.secret])
  })
})

describe('secrets', () => {
  test('are sealed in the database, and another key opens none', async () => {
    await using database = await testDatabase()
    await using own = await desk(database)
    await addSecret(own.change, { label: 'Second', secret: fresh })
    const rows = await database.db.selectFrom('webhook_secret').selectAll().execute()
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain(fresh.slice(0, -4))
    await using stranger = await desk(database, { environment: [], key: 'another key' })
    expect(await stranger.book.known()).toEqual([])
  })

  test('of the environment verify while it names them, and until their end whatever it names', async () => {
    await using database = await testDatabase()
    {
      await using first = await desk(database)
      await addSecret(first.change, { label: 'Second', secret: fresh })
    }
    await using without = await desk(database, { environment: [] })
    expect(await answers(without, [vector.secret, fresh])).toEqual([401, 200])
    // It is still there for proving what it signed.
    const known = (await without.book.known()).map(({ value }) => value)
    expect(known.toSorted()).toEqual([fresh, vector.secret])

    await using again = await desk(database)
    await endSecret(again.change, { id: secretIdOf(vector.secret), verifiesUntil: signedAt })
    await using restarted = await desk(database)
    expect(await answers(restarted, [vector.secret, fresh])).toEqual([401, 200])
  })

  test('are counted by use, a few seconds late and not by the delivery', async () => {
    await using database = await testDatabase()
    {
      await using own = await desk(database)
      await answers(own, [vector.secret, vector.secret, 'whsec_nobody_knows'])
    }
    const rows = await database.db
      .selectFrom('webhook_secret')
      .select(['uses', 'last_used_at'])
      .execute()
    expect(rows).toEqual([{ uses: 2, last_used_at: signedAt }])
  })
})

describe('a change is refused', () => {
  test.each([
    [
      'a secret that verifies already',
      'secret_known',
      (c: SecretChange) => addSecret(c, { label: 'Again', secret: vector.secret }),
    ],
    [
      'the end of the only one',
      'last_secret',
      (c: SecretChange) => endSecret(c, { id: secretIdOf(vector.secret), verifiesUntil: signedAt }),
    ],
    [
      'the end of one that nobody has',
      'secret_unknown',
      (c: SecretChange) => endSecret(c, { id: '0'.repeat(12), verifiesUntil: null }),
    ],
    [
      'an end in the past',
      'end_out_of_range',
      (c: SecretChange) =>
        endSecret(c, { id: secretIdOf(vector.secret), verifiesUntil: secondsLater(-1) }),
    ],
    [
      'an end a year away',
      'end_out_of_range',
      (c: SecretChange) =>
        endSecret(c, { id: secretIdOf(vector.secret), verifiesUntil: secondsLater(31_536_000) }),
    ],
  ])('for %s', async (_name, code, attempt) => {
    await using database = await testDatabase()
    await using own = await desk(database)
    await expect(attempt(own.change)).rejects.toMatchObject({ code })
    expect(await answers(own, [vector.secret])).toEqual([200])
    expect(await database.db.selectFrom('audit_entry').select('seq').execute()).toEqual([])
  })

  test('for a second end at once that would leave none', async () => {
    await using database = await testDatabase()
    await using own = await desk(database)
    const { id } = await addSecret(own.change, { label: 'Second', secret: fresh })
    const ends = await Promise.allSettled(
      [id, secretIdOf(vector.secret)].map((one) =>
        endSecret(own.change, { id: one, verifiesUntil: signedAt }),
      ),
    )
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

test('who added, rotated and ended which secret stands in the audit log, without the secret', async () => {
  await using database = await testDatabase()
  await using own = await desk(database)
  const { id } = await addSecret(own.change, { label: 'Second', secret: fresh })
  await endSecret(own.change, { id, verifiesUntil: signedAt })
  // Ended, so it can come back under another name.
  await addSecret(own.change, { label: 'Second again', secret: fresh })
  const entries = await database.db
    .selectFrom('audit_entry')
    .select(['action', 'subject_id', 'subject_label', 'before', 'after'])
    .orderBy('seq')
    .execute()
  expect(entries).toMatchObject([
    { action: 'webhook.add_secret', subject_id: id, subject_label: 'Second' },
    { action: 'webhook.end_secret', subject_id: id, subject_label: 'Second' },
    { action: 'webhook.add_secret', subject_id: id, subject_label: 'Second again' },
  ])
  expect(JSON.stringify(entries)).not.toContain(fresh)
})

interface Desk extends AsyncDisposable {
  readonly book: SecretBook
  readonly change: SecretChange
  readonly setTime: (now: Date) => void
  readonly receive: ReturnType<typeof createWebhookReceiver>['receive']
}

interface DeskOptions {
  readonly environment?: readonly string[]
  readonly key?: string
}

async function desk(
  { db, owner, url }: TestDatabase,
  { environment = [vector.secret], key = 'test encryption key' }: DeskOptions = {},
): Promise<Desk> {
  let time = signedAt
  const now = () => time
  const sealer = sealerFor(key, 'webhook secret')
  const live = startLiveEvents({ connectionString: url, log: quietLog })
  const book = await openSecretBook({ db, sealer, environment, live, now, log: quietLog })
  const actor = await admin(owner)
  const webhooks: SecretChange['webhooks'] & Partial<Context['webhooks']> = {
    environmentIds: new Set(environment.map(secretIdOf)),
    sealer,
    forgetSecrets: book.forget,
  }
  const { receive } = createWebhookReceiver({
    db,
    now,
    log: quietLog,
    secrets: book.live,
    secretsAnew: book.liveAnew,
    onVerified: book.used,
    onStored: () => undefined,
  })
  return {
    book,
    change: { db, actor, webhooks, by: { actor, address: null, requestId: 'r', at: signedAt } },
    setTime: (to) => (time = to),
    receive,
    [Symbol.asyncDispose]: async () => {
      await live.stop()
      await book.stop()
    },
  }
}

/** The same person at every Desk. */
async function admin(owner: Db): Promise<Actor> {
  const actor = actorWith(['admin'])
  const { userId: id, name, email } = actor
  await owner
    .insertInto('person')
    .values({ id, name, email, created_at: signedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return actor
}

let made = 0

/** What this Desk answers to a delivery under each secret. */
async function answers({ receive }: Desk, secrets: readonly string[]): Promise<number[]> {
  const given: number[] = []
  for (const secret of secrets) {
    made++
    const eventId = `event-${made}`
    const delivery = signed({ body: eventBody({ id: eventId }), secret, eventId })
    given.push((await receive(delivery)).status)
  }
  return given
}
