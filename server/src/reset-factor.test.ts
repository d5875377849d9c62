import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import {
  actorBehind,
  cookieOf,
  doorOf,
  giveAuthenticator,
  hire,
} from './identity/identity.fixtures.ts'
import { testDatabase } from './testing/test-database.ts'

// Each runs a process of its own.
vi.setConfig({ testTimeout: 60_000 })

const EMAIL = 'ada@shop.example'

test('takes away every second factor and session, says so, and is in the audit log', async () => {
  await using database = await testDatabase()
  const { db } = database
  const { auth } = doorOf(db)
  await hire(db, EMAIL, ['admin'])
  const cookie = await cookieOf(auth, { email: EMAIL })
  await giveAuthenticator(db, EMAIL)
  const { id } = await db.selectFrom('person').select('id').executeTakeFirstOrThrow()
  await db
    .insertInto('recovery_code')
    .values({ user_id: id, code_hash: 'of one of them', created_at: new Date() })
    .execute()

  const ending = await resetFactor({ DATABASE_URL: database.ownerUrl }, ' Ada@Shop.example')

  expect(ending).toMatchObject({ code: 0, errors: '' })
  expect(ending.output).toContain('no second factor any more, and 1 open session ended')
  expect(await actorBehind(auth, cookie)).toBeNull()
  for (const table of ['authenticator', 'recovery_code', 'passkey'] as const) {
    expect(await db.selectFrom(table).select('user_id').execute()).toEqual([])
  }
  const again = await actorBehind(auth, await cookieOf(auth, { email: EMAIL }))
  expect(again).toMatchObject({ mustEnrol: true })
  const entries = await db
    .selectFrom('audit_entry')
    .select(['actor_id', 'reason', 'subject_label'])
    .where('action', '=', 'person.reset_factors')
    .execute()
  expect(entries).toEqual([
    { actor_id: null, reason: 'command on the server', subject_label: EMAIL },
  ])
})

test.each([
  [
    'an unknown e-mail address',
    ['nobody@shop.example'],
    'Nobody in this Desk has the e-mail address',
  ],
  ['no e-mail address', [], 'Usage: pnpm admin:reset-factor <e-mail>'],
])('ends with 1 and a sentence at %s, and changes nothing', async (_case, words, message) => {
  await using database = await testDatabase()
  const ending = await resetFactor({ DATABASE_URL: database.ownerUrl }, ...words)
  expect(ending).toMatchObject({ code: 1, output: '' })
  expect(ending.errors).toContain(message)
  expect(ending.errors).not.toMatch(/\.ts:\d/)
  expect(await database.db.selectFrom('audit_entry').select('seq').execute()).toEqual([])
})

interface Ending {
  readonly code: number
  readonly output: string
  readonly errors: string
}

function resetFactor(
  variables: Record<string, string>,
  ...words: readonly string[]
): Promise<Ending> {
  const file = join(import.meta.dirname, 'reset-factor.ts')
  const env = { PATH: process.env['PATH'], ...variables }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...words], { env }, (error, output, errors) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ code: Number(error?.code ?? 0), output, errors })
    })
  })
}
