import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Trx } from '../database.ts'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { type Bent, softPasskey } from './passkey.fixtures.ts'
import { judgeAttestation } from './passkey-answers.ts'
import { CHALLENGE_MS, judgePasskey, passkeyRequest, passkeySite } from './passkeys.ts'
import { findPasskeys, insertPasskey } from './passkeys.queries.ts'
import { insertPerson } from './people.queries.ts'

const site = passkeySite(new URL('https://desk.example'))
const here = { origin: 'https://desk.example', rpId: 'desk.example' }
const at = new Date('2026-11-23T12:00:00Z')
const later = (ms: number) => new Date(at.getTime() + ms)

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

describe('a site', () => {
  test.each([
    ['https://desk.example', 'desk.example', true],
    ['https://desk.example:8443', 'desk.example', true],
    ['http://localhost:3000', 'localhost', true],
    ['http://127.0.0.1:3000', 'localhost', true],
    ['https://10.1.2.3', '10.1.2.3', false],
    ['https://[fd00::1]', '[fd00::1]', false],
  ])('of %s binds passkeys to %s', (publicUrl, rpId, isPossible) => {
    expect(passkeySite(new URL(publicUrl))).toMatchObject({ rpId, isPossible })
  })
})

describe('a passkey', () => {
  test('lets its owner in, each time on a new question', async () => {
    const { userId, passkey } = await owner()
    for (const minute of [1, 2]) {
      const now = later(minute * 60_000)
      const options = await ask({ userId, now })
      expect(options).toMatchObject({
        rpId: 'desk.example',
        userVerification: 'required',
        allowCredentials: [{ id: passkey.id, transports: ['internal'] }],
      })
      expect(await judged({ userId, now, response: passkey.get(options) })).toBe('ok')
    }
    expect(await findPasskeys(database.db, userId)).toMatchObject([{ lastUsedAt: later(120_000) }])
  })

  test.each<[string, Bent, RegExp]>([
    ['shown to another origin', { origin: 'https://desk.example.evil.example' }, /origin/],
    ['shown to the same host without TLS', { origin: 'http://desk.example' }, /origin/],
    ['made for another site', { rpId: 'evil.example' }, /RP ID/],
    ['answering another question', { challenge: 'b3RoZXI' }, /challenge/],
    ['without knowing who holds it', { isUserVerified: false }, /[Uu]ser verification/],
    ['of a copy that counts behind', { signCount: 0 }, /counter/],
    ['answering that it was made', { type: 'webauthn.create' }, /response type/],
  ])('%s is refused', async (_, bent, because) => {
    const { userId, passkey } = await owner()
    const now = later(0)
    const used = await judged({ userId, now, response: passkey.get(await ask({ userId, now })) })
    expect(used).toBe('ok')

    const response = passkey.get(await ask({ userId, now }), bent)

    expect(await judged({ userId, now, response })).toMatch(because)
  })

  test('cannot be shown twice with one answer', async () => {
    const { userId, passkey } = await owner()
    const response = passkey.get(await ask({ userId }))
    expect(await judged({ userId, response })).toBe('ok')
    expect(await judged({ userId, response })).toMatch(/not? passkey was asked for/)
  })

  test('has one try for each question', async () => {
    const { userId, passkey } = await owner()
    const options = await ask({ userId })
    expect(await judged({ userId, response: passkey.get(options, { rpId: 'x.example' }) })).toMatch(
      /RP ID/,
    )
    expect(await judged({ userId, response: passkey.get(options) })).toMatch(/asked for/)
  })

  test('answers the newest question only', async () => {
    const { userId, passkey } = await owner()
    const first = await ask({ userId })
    await ask({ userId })
    expect(await judged({ userId, response: passkey.get(first) })).toMatch(/challenge/)
  })

  test('is too late after five minutes', async () => {
    const { userId, passkey } = await owner()
    const options = await ask({ userId })
    const response = passkey.get(options)
    expect(await judged({ userId, response, now: later(CHALLENGE_MS) })).toMatch(/too long ago/)
  })

  test('shown to sign in does not count as a step-up, nor for another session', async () => {
    const { userId, passkey } = await owner()
    const response = passkey.get(await ask({ userId }))
    expect(await judged({ userId, response, purpose: 'step_up' })).toMatch(/asked for/)
    expect(await judged({ userId, response, holderId: 'another' })).toMatch(/asked for/)
  })

  test('of somebody else is refused, also with their own signature', async () => {
    const { userId } = await owner()
    const thief = await owner()
    const response = thief.passkey.get(await ask({ userId }))
    expect(await judged({ userId, response })).toBe('not a passkey of this person')
  })

  test('with a signature of another key is refused', async () => {
    const { userId, passkey } = await owner()
    const forged = softPasskey(here).get(await ask({ userId }), { signCount: 9 })
    const response = { ...forged, id: passkey.id, rawId: passkey.id }
    expect(await judged({ userId, response })).toBe('the signature is wrong')
  })

  test.each([
    ['nothing', undefined],
    ['text', 'webauthn'],
    ['an empty object', {}],
    ['bytes that are no passkey', hostile()],
  ])('is not replaced by %s', async (_, response) => {
    const { userId } = await owner()
    await ask({ userId })
    expect(await judged({ userId, response })).not.toBe('ok')
  })

  test('used twice at once on two questions is compared with its counter one by one', async () => {
    const { userId, passkey } = await owner()
    const [one, two] = [await ask({ userId, holderId: 'a' }), await ask({ userId, holderId: 'b' })]
    // Both say the same count, as an original and its copy would.
    const answers = [
      { holderId: 'a', response: passkey.get(one, { signCount: 9 }) },
      { holderId: 'b', response: passkey.get(two, { signCount: 9 }) },
    ]

    const outcomes = await raceForRow(
      database.db,
      { table: 'passkey', id: passkey.id },
      answers.map((answer) => () => judged({ userId, ...answer })),
    )

    const verdicts = outcomes.map((outcome) => outcome.status === 'fulfilled' && outcome.value)
    expect(verdicts.filter((verdict) => verdict === 'ok')).toHaveLength(1)
  })
})

interface Answered {
  readonly userId: string
  readonly response: unknown
  readonly now?: Date
  readonly holderId?: string
  readonly purpose?: 'sign_in' | 'step_up'
}

async function judged({ userId, response, now = at, ...rest }: Answered): Promise<string> {
  const holderId = rest.holderId ?? `pending of ${userId}`
  const purpose = rest.purpose ?? 'sign_in'
  const judgement = await inTransaction((trx) =>
    judgePasskey(trx, site, { holderId, userId, purpose, response, at: now }),
  )
  return judgement.ok ? 'ok' : judgement.because
}

function ask({ userId, now = at, holderId }: Omit<Answered, 'response'>) {
  return inTransaction((trx) =>
    passkeyRequest(trx, site, {
      holderId: holderId ?? `pending of ${userId}`,
      userId,
      purpose: 'sign_in',
      at: now,
    }),
  )
}

let people = 0
/** Somebody with one passkey, enrolled with real bytes. */
async function owner() {
  people += 1
  const person = { name: 'Ada', email: `ada${people}@shop.example`, passwordHash: null, roles: [] }
  const userId = await inTransaction((trx) => insertPerson(trx, person, at))
  if (userId === null) throw new Error('This address is taken.')
  const passkey = softPasskey(here)
  const challenge = 'ZW5yb2w'
  const made = await judgeAttestation(passkey.create({ challenge }), { challenge, ...site })
  if (!made.ok) throw new Error(made.because)
  await inTransaction((trx) => insertPasskey(trx, made.passkey, { userId, name: 'Laptop', at }))
  return { userId, passkey }
}

function hostile() {
  const junk = Buffer.from('{"type":"webauthn.get"').toString('base64url')
  return {
    id: 'AAAA',
    rawId: 'AAAA',
    type: 'public-key',
    response: { clientDataJSON: junk, authenticatorData: junk, signature: junk },
  }
}

function inTransaction<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
  return database.db.transaction().execute(work)
}
