import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Trx } from '../database.ts'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { authenticatorCode } from './authenticator.ts'
import { confirmNewAuthenticator, keepNewAuthenticator } from './authenticator.queries.ts'
import { insertPerson } from './people.queries.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { factorKeys, judgeCode } from './second-factors.ts'

const keys = factorKeys('test encryption key')
/** Of RFC 6238: "12345678901234567890". */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const noon = Date.UTC(2026, 10, 23, 12)
const atStep = (step: number) => new Date(noon + step * 30_000)

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

describe('the code of an app', () => {
  test('is the one of RFC 6238', () => {
    expect(authenticatorCode(secret, new Date(59_000))).toBe('287082')
    expect(authenticatorCode(secret, new Date(1_111_111_109_000))).toBe('081804')
    expect(authenticatorCode(secret, new Date(20_000_000_000_000))).toBe('353130')
  })

  test('is taken exactly within one step of the clock and at most once, in whatever order codes come', async () => {
    const stepsMax = 12
    const codes = Array.from({ length: stepsMax }, (_, step) =>
      authenticatorCode(secret, atStep(step)),
    )
    // Two steps that share a code would make the model below wrong, not the rule.
    expect(new Set(codes).size).toBe(stepsMax)
    const step = fc.nat({ max: stepsMax - 1 })
    const attempts = fc.array(fc.record({ code: step, clock: step, second: fc.nat({ max: 29 }) }), {
      minLength: 1,
      maxLength: 12,
    })

    await fc.assert(
      fc.asyncProperty(attempts, async (tried) => {
        const userId = await someoneWithAuthenticator()
        let last = -1
        for (const { code, clock, second } of tried) {
          const isNear = Math.abs(code - clock) <= 1
          const expected = !isNear ? 'wrong' : code > last ? 'taken' : 'already_used'
          const at = new Date(atStep(clock).getTime() + second * 1_000)
          expect(await outcomeOf({ userId, code: codes[code] ?? '', at })).toBe(expected)
          if (expected === 'taken') last = code
        }
      }),
      { numRuns: 60 },
    )
  })

  test('is taken by one of two who show it at once', async () => {
    const userId = await someoneWithAuthenticator()
    const attempt = () => outcomeOf({ userId, code: authenticatorCode(secret, atStep(5)) })

    const outcomes = await raceForRow(
      database.db,
      { table: 'authenticator', column: 'user_id', id: userId },
      [attempt, attempt],
    )

    expect(outcomes).toEqual(
      expect.arrayContaining([
        { status: 'fulfilled', value: 'taken' },
        { status: 'fulfilled', value: 'already_used' },
      ]),
    )
  })

  test('may be typed with a space or a dash, and with nothing else around it', async () => {
    const code = authenticatorCode(secret, atStep(5))
    for (const typed of [
      `${code.slice(0, 3)} ${code.slice(3)}`,
      ` ${code}\n`,
      code.split('').join('-'),
    ]) {
      expect(await outcomeOf({ userId: await someoneWithAuthenticator(), code: typed })).toBe(
        'taken',
      )
    }
    const userId = await someoneWithAuthenticator()
    for (const typed of [`${code}0`, `0${code}`, code.slice(1), '', `${code}\0`, '１２３４５６']) {
      expect(await outcomeOf({ userId, code: typed })).toBe('wrong')
    }
  })

  test('counts for nobody else, and for nobody before the app was confirmed', async () => {
    const code = authenticatorCode(secret, atStep(5))
    const stranger = await someone()
    expect(await outcomeOf({ userId: stranger, code })).toBe('wrong')

    const beginner = await someone()
    const sealedSecret = keys.sealer.seal(secret, beginner)
    await inTransaction((trx) =>
      keepNewAuthenticator(trx, { userId: beginner, sealedSecret, at: atStep(0) }),
    )
    expect(await outcomeOf({ userId: beginner, code })).toBe('wrong')
  })

  test('cannot be had from a sealed secret that was moved to another person', async () => {
    const [owner, thief] = [await someone(), await someone()]
    const sealedSecret = keys.sealer.seal(secret, owner)
    await confirm(thief, sealedSecret)
    await expect(
      outcomeOf({ userId: thief, code: authenticatorCode(secret, atStep(5)) }),
    ).rejects.toThrow(/unable to authenticate/)
  })
})

describe('recovery codes', () => {
  test('are ten, alike to no other, and each works once', async () => {
    const userId = await someone()
    const codes = await newCodes(userId)
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
      expect(await outcomeOf({ userId, code })).toBe('taken')
      expect(await outcomeOf({ userId, code })).toBe('already_used')
    }
  })

  test('are void once new ones are made, and are nobody else’s', async () => {
    const [userId, other] = [await someone(), await someone()]
    const [old = ''] = await newCodes(userId)
    const [fresh = ''] = await newCodes(userId)
    expect(await outcomeOf({ userId, code: old })).toBe('wrong')
    expect(await outcomeOf({ userId: other, code: fresh })).toBe('wrong')
    expect(await outcomeOf({ userId, code: fresh })).toBe('taken')
  })

  test('are read as people copy them', async () => {
    const userId = await someone()
    const bent: ((code: string) => string)[] = [
      (code) => code.toLowerCase(),
      (code) => code.replaceAll('-', ''),
      (code) => `  ${code.replaceAll('-', ' ')} `,
      (code) => code.replaceAll('0', 'o').replaceAll('1', 'l'),
    ]
    const codes = await newCodes(userId)
    for (const [index, bend] of bent.entries()) {
      expect(await outcomeOf({ userId, code: bend(codes[index] ?? '') })).toBe('taken')
    }
  })

  test('let one of two in who show the same one at once', async () => {
    const userId = await someone()
    const [code = ''] = await newCodes(userId)
    const id = await hashOf(userId, code)
    const attempt = () => outcomeOf({ userId, code })

    const outcomes = await raceForRow(
      database.db,
      { table: 'recovery_code', column: 'code_hash', id },
      [attempt, attempt],
    )

    expect(outcomes).toEqual(
      expect.arrayContaining([
        { status: 'fulfilled', value: 'taken' },
        { status: 'fulfilled', value: 'already_used' },
      ]),
    )
  })

  test('are in the database only as hashes that need the key of this Desk', async () => {
    const userId = await someone()
    const codes = await newCodes(userId)
    const rows = await database.db
      .selectFrom('recovery_code')
      .selectAll()
      .where('user_id', '=', userId)
      .execute()
    const stored = JSON.stringify(rows)
    for (const code of codes) expect(stored).not.toContain(code.replaceAll('-', ''))
    expect(await outcomeOf({ userId, code: codes[0] ?? '', keys: factorKeys('another key') })).toBe(
      'wrong',
    )
  })
})

interface Attempt {
  readonly userId: string
  readonly code: string
  readonly at?: Date
  readonly keys?: typeof keys
}

async function outcomeOf({ userId, code, at = atStep(5), keys: used = keys }: Attempt) {
  const judged = await inTransaction((trx) => judgeCode(trx, used, { userId, code, at }))
  return judged.ok ? 'taken' : judged.because
}

let people = 0
async function someone(): Promise<string> {
  people += 1
  const person = { name: 'Ada', email: `ada${people}@shop.example`, passwordHash: null, roles: [] }
  const userId = await inTransaction((trx) => insertPerson(trx, person, atStep(0)))
  if (userId === null) throw new Error('This address is taken.')
  return userId
}

async function someoneWithAuthenticator(): Promise<string> {
  const userId = await someone()
  await confirm(userId, keys.sealer.seal(secret, userId))
  return userId
}

/** As it is long after the code that confirmed it. */
async function confirm(userId: string, sealedSecret: string): Promise<void> {
  await inTransaction(async (trx) => {
    await keepNewAuthenticator(trx, { userId, sealedSecret, at: atStep(0) })
    await confirmNewAuthenticator(trx, { userId, sealedSecret, step: 0, at: atStep(0) })
  })
}

async function newCodes(userId: string): Promise<string[]> {
  return inTransaction((trx) => makeRecoveryCodes(trx, keys.codeKey, { userId, at: atStep(0) }))
}

/** The one row that a use of this code marks, found by using it and taking that back. */
async function hashOf(userId: string, code: string): Promise<string> {
  const undone = new Error('undone')
  let hash = ''
  await inTransaction(async (trx) => {
    await judgeCode(trx, keys, { userId, code, at: atStep(5) })
    const used = trx.selectFrom('recovery_code').select('code_hash').where('user_id', '=', userId)
    hash = (await used.where('used_at', 'is not', null).executeTakeFirstOrThrow()).code_hash
    throw undone
  }).catch((error: unknown) => {
    if (error !== undone) throw error
  })
  return hash
}

function inTransaction<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
  return database.db.transaction().execute(work)
}
