import { hashPassword } from 'better-auth/crypto'
import pino from 'pino'
import type { Role } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { type Auth, createAuth } from './auth.ts'
import type { AuthOptions } from './door.ts'
import { newAuthenticatorSecret } from './authenticator.ts'
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
    now: () => clock.now,
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    ...changes,
  })
  return { auth, clock, lines }
}

export async function hire(db: Db, email: string, roles: readonly Role[]): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
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
