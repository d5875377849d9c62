import * as z from 'zod'
import { permissionsOf } from '@desk/shared/identity/permissions'
import { userId } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import { ownOrigins } from '../kernel/own-origins.ts'
import type { Actor } from '../kernel/trpc.ts'
import {
  AUTH_PATH,
  type AuthLibrary,
  type AuthLog,
  authLibrary,
  forLibrary,
} from './auth-library.ts'
import { isDemoEmail } from './demo-domain.ts'
import { type SessionCookie, sessionCookie, sessionTokenOf } from './session-cookie.ts'
import {
  dropEndedSessions,
  endSession,
  findSessionHolder,
  markSessionUsed,
} from './sessions.queries.ts'
import { forgiveSignInAttempt, takeSignInAttempt } from './sign-in-attempts.ts'

const IDLE_MS = 2 * 3_600_000
/** Writing "last used" at every request would cost more than it tells. */
const MARK_USED_EVERY_MS = 60_000

export interface AuthOptions {
  readonly db: Db
  /** Where people reach Desk; https makes the cookie Secure and `__Host-`. */
  readonly publicUrl: URL
  readonly encryptionKey: string | Uint8Array
  /** Whether the demo people may sign in. */
  readonly demo: boolean
  readonly now: () => Date
  readonly log: AuthLog
}

export interface Auth {
  /**
   * Answers `POST /api/auth/sign-in/email` (JSON `{email, password}`) and `POST /api/auth/sign-out`
   * with 204 and cookies, or `{message}`; everything else is 404. `address` is the client's, as far
   * as the proxies in front are trusted; no header is believed about it. Rejects on a defect.
   */
  handler(request: Request, client: { readonly address: string }): Promise<Response>
  /** The signed-in person behind these headers with the roles held now, or null. */
  actorOf(headers: Headers): Promise<Actor | null>
}

export function createAuth(options: AuthOptions): Auth {
  const { db, now, publicUrl } = options
  const cookie = sessionCookie(publicUrl, options.encryptionKey)
  const door: Door = { ...options, cookie, library: authLibrary(db, cookie, options) }
  const origins = ownOrigins(publicUrl)
  return {
    async handler(request, client) {
      const path = new URL(request.url).pathname
      if (request.method !== 'POST') return answer(404, 'Not found.')
      if (!origins.has(request.headers.get('origin') ?? '')) {
        return answer(403, 'This request did not come from Desk.')
      }
      if (path === `${AUTH_PATH}/sign-in/email`) return signIn(door, request, client.address)
      if (path === `${AUTH_PATH}/sign-out`) return signOut(door, request, client.address)
      return answer(404, 'Not found.')
    },

    async actorOf(headers) {
      const token = sessionTokenOf(headers, cookie)
      if (token === null) return null
      const at = now()
      const holder = await findSessionHolder(db, token, {
        now: at,
        idleSince: new Date(at.getTime() - IDLE_MS),
        demo: options.demo,
      })
      if (!holder) return null
      if (at.getTime() - holder.lastUsedAt.getTime() > MARK_USED_EVERY_MS) {
        await markSessionUsed(db, holder.sessionId, at)
      }
      return {
        userId: userId.parse(holder.userId),
        name: holder.name,
        email: holder.email,
        roles: holder.roles,
        permissions: permissionsOf(holder.roles),
      }
    },
  }
}

interface Door extends AuthOptions {
  readonly cookie: SessionCookie
  readonly library: AuthLibrary
}

const credentials = z.object({
  email: z.email().max(254),
  password: z.string().min(1).max(128),
})

async function signIn(door: Door, request: Request, address: string): Promise<Response> {
  const { db, log, now } = door
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    return answer(415, 'Send JSON.')
  }
  const read = credentials.safeParse(parseJson(await request.text()))
  if (!read.success) return answer(400, 'Give an e-mail address and a password.')

  const attempt = { email: read.data.email, address }
  const waitSeconds = await takeSignInAttempt(db, attempt, now())
  if (waitSeconds !== null) {
    log.warn({ address, waitSeconds }, 'sign-in held back')
    const minutes = Math.ceil(waitSeconds / 60)
    const text = `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
    return answer(429, text, { 'retry-after': String(waitSeconds) })
  }

  // Where the demo is off its people are unknown, at the same cost and in the same words as anybody unknown.
  const barred = isDemoEmail(read.data.email) && !door.demo
  const email = barred ? 'unknown@desk.invalid' : read.data.email
  const { password } = read.data
  const outcome = await door.library.handler(forLibrary(request, { email, password }, address))
  if (outcome.status === 401) {
    log.info({ address }, 'sign-in refused')
    return answer(401, 'E-mail or password is wrong.')
  }
  if (outcome.status !== 200) throw new Error(`sign-in was answered with ${outcome.status}`)
  await forgiveSignInAttempt(db, attempt, now())
  // The session this browser had before ends with the new one.
  const before = sessionTokenOf(request.headers, door.cookie)
  if (before !== null) await endSession(db, before)
  await dropEndedSessions(db, now())
  return answerWithCookies(outcome)
}

async function signOut(door: Door, request: Request, address: string): Promise<Response> {
  const token = sessionTokenOf(request.headers, door.cookie)
  // Not left to the library, which clears the cookie even when the row could not be deleted.
  if (token !== null) await endSession(door.db, token)
  return answerWithCookies(await door.library.handler(forLibrary(request, {}, address)))
}

/** The library's own body names the session token, which is the cookie's business alone. */
function answerWithCookies(outcome: Response): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  for (const cookie of outcome.headers.getSetCookie()) headers.append('set-cookie', cookie)
  return new Response(null, { status: 204, headers })
}

function answer(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { message },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
