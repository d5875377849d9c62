import { hashPassword } from 'better-auth/crypto'
import pino from 'pino'
import type { Role } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { type Auth, createAuth } from './auth.ts'
import type { AuthOptions } from './door.ts'
import { insertPerson } from './people.queries.ts'

export const PUBLIC_URL = new URL('https://desk.example')
export const PASSWORD = 'correct horse battery'

/** One Desk's sign-in over this database, with a clock that tests move and a log that they read. */
export function doorOf(db: Db, changes: Partial<AuthOptions> = {}) {
  const lines: string[] = []
  const clock = { now: new Date() }
  const auth = createAuth({
    db,
    publicUrl: PUBLIC_URL,
    encryptionKey: 'test encryption key',
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

function asCookieHeader(response: Response): string {
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
