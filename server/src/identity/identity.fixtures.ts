import { hashPassword } from 'better-auth/crypto'
import pino from 'pino'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { testDatabase } from '../testing/test-database.ts'
import { type Auth, createAuth } from './auth.ts'
import type { AuthOptions } from './door.ts'
import { authenticatorCode, newAuthenticatorSecret } from './authenticator.ts'
import { softPasskey } from './passkey.fixtures.ts'
import { judgeAttestation } from './passkey-answers.ts'
import { passkeySite } from './passkeys.ts'
import { insertPasskey } from './passkeys.queries.ts'
import { findSignInPerson, insertPerson } from './people.queries.ts'
import { factorKeys } from './second-factors.ts'

export const PUBLIC_URL = new URL('https://desk.example')
const ENCRYPTION_KEY = 'test encryption key'
export const PASSWORD = 'correct horse battery'

/** One Desk's sign-in over this database, with a clock that tests move and a log that they read. */
export function doorOf(db: Db, changes: Partial<AuthOptions> = {}) {
  const lines: string[] = []
  const clock = { now: new Date() }
  const auth = createAuth({
    db,
    publicUrl: PUBLIC_URL,
    encryptionKey: ENCRYPTION_KEY,
    demo: false,
    passwordSignIn: true,
    singleSignOn: null,
    now: () => clock.now,
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    ...changes,
  })
  return { auth, clock, lines }
}

/** Once a file: hashing is slow by design. */
const hashOfPassword = hashPassword(PASSWORD)

export async function hire(db: Db, email: string, roles: readonly Role[]): Promise<void> {
  const passwordHash = await hashOfPassword
  await db
    .transaction()
    .execute((trx) => insertPerson(trx, { name: email, email, passwordHash, roles }, new Date()))
}

/** Gives the person an authenticator app, and returns the secret it holds. */
export async function giveAuthenticator(db: Db, email: string): Promise<string> {
  const secret = newAuthenticatorSecret()
  const person = await findSignInPerson(db, email)
  if (!person) throw new Error(`${email} is nobody`)
  const { userId } = person
  await db
    .insertInto('authenticator')
    .values({
      user_id: userId,
      sealed_secret: factorKeys(ENCRYPTION_KEY).sealer.seal(secret, userId),
      created_at: new Date(),
      confirmed_at: new Date(),
    })
    .execute()
  return secret
}

/** Posts to the door as a browser with these cookies would. */
export function post(
  auth: Auth,
  path: string,
  { cookie, body, address }: { cookie?: string; body: object; address?: string },
): Promise<Response> {
  return auth.handler(
    new Request(new URL(`/api/auth${path}`, PUBLIC_URL), {
      method: 'POST',
      headers: {
        origin: PUBLIC_URL.origin,
        'content-type': 'application/json',
        ...(cookie !== undefined && { cookie }),
      },
      body: JSON.stringify(body),
    }),
    { address: address ?? '203.0.113.7', requestId: 'req-5' },
  )
}

export interface Knock {
  readonly email: string
  readonly password?: string
  readonly address?: string
  readonly headers?: Record<string, string>
}

export function knock(auth: Auth, { email, password = PASSWORD, address, headers }: Knock) {
  return auth.handler(
    new Request(new URL('/api/auth/sign-in/email', PUBLIC_URL), {
      method: 'POST',
      headers: { origin: PUBLIC_URL.origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ email, password }),
    }),
    { address: address ?? '203.0.113.7', requestId: 'req-7' },
  )
}

export function signOut(auth: Auth, cookie: string): Promise<Response> {
  return auth.handler(
    new Request(new URL('/api/auth/sign-out', PUBLIC_URL), {
      method: 'POST',
      headers: { origin: PUBLIC_URL.origin, cookie, 'content-type': 'application/json' },
    }),
    { address: '203.0.113.7', requestId: 'req-8' },
  )
}

/** Signs in and returns what the browser would send from now on. */
export async function cookieOf(auth: Auth, entry: Knock): Promise<string> {
  const response = await knock(auth, entry)
  if (response.status !== 204) throw new Error(`sign-in was answered with ${response.status}`)
  return asCookieHeader(response)
}

export function asCookieHeader(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ')
}

export async function actorBehind(auth: Auth, cookie: string) {
  const { actor } = await auth.presenceOf({
    headers: new Headers({ cookie }),
    address: '203.0.113.7',
    requestId: 'req-6',
  })
  return actor
}

export const INES = 'ines@shop.example'
const STEP_MS = 30_000

/** An approver with an authenticator app, after the right password. */
export async function halfWay() {
  const database = await testDatabase()
  await hire(database.db, INES, ['approver'])
  const secret = await giveAuthenticator(database.db, INES)
  const { auth, clock } = doorOf(database.db)
  const answer = await knock(auth, { email: INES })
  return {
    database,
    auth,
    clock,
    answer,
    cookie: asCookieHeader(answer),
    /** What the app shows, so many steps of half a minute from now. */
    code: (steps: number) =>
      authenticatorCode(secret, new Date(clock.now.getTime() + steps * STEP_MS)),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** The same after the code of this moment. */
export async function signedIn() {
  const place = await halfWay()
  const { auth, cookie, code } = place
  const answer = await post(auth, '/sign-in/code', { cookie, body: { code: code(0) } })
  return { ...place, cookie: asCookieHeader(answer) }
}

/** Gives the person a passkey, and returns the authenticator that holds it. */
export async function givePasskey(db: Db, email: string) {
  const person = await findSignInPerson(db, email)
  if (!person) throw new Error(`${email} is nobody`)
  const site = passkeySite(PUBLIC_URL)
  const passkey = softPasskey({ origin: PUBLIC_URL.origin, rpId: site.rpId })
  const challenge = 'ZW5yb2w'
  const made = await judgeAttestation(passkey.create({ challenge }), { challenge, ...site })
  if (!made.ok) throw new Error(made.because)
  const owned = { userId: person.userId, name: 'Laptop', at: new Date() }
  await db.transaction().execute((trx) => insertPasskey(trx, made.passkey, owned))
  return passkey
}

const asked = z.object({ options: z.object({ challenge: z.string() }) })

/** The question to a passkey in an answer of the door. */
export async function optionsIn(response: Response): Promise<{ challenge: string }> {
  return asked.parse(await response.json()).options
}

/** What the audit log says, oldest first, as `action outcome: reason`. */
export async function entriesIn(db: Db): Promise<string[]> {
  const entries = await db
    .selectFrom('audit_entry')
    .select(['action', 'outcome', 'reason'])
    .orderBy('seq')
    .execute()
  return entries.map(
    ({ action, outcome, reason }) => `${action} ${outcome}${reason === null ? '' : `: ${reason}`}`,
  )
}
