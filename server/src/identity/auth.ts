import {
  needsSecondFactor,
  permissionsBeforeEnrolment,
  permissionsOf,
} from '@desk/shared/identity/permissions'
import { type SessionEnd, type StepUpWay, userId } from '@desk/shared/identity/session'
import type { Actor } from '../kernel/actor.ts'
import { ownOrigins } from '../kernel/own-origins.ts'
import { answer } from './auth-answer.ts'
import type { AuthOptions, AuthRequest, Door } from './door.ts'
import {
  findEndedSession,
  findSessionHolder,
  markSessionUsed,
  type SessionHolder,
} from './sessions.queries.ts'
import { signInWithPassword } from './sign-in-with-password.ts'
import { signOut } from './sign-out.ts'
import { signedCookie } from './signed-cookie.ts'

export const AUTH_PATH = '/api/auth'
/** Writing "last used" at every request would cost more than it tells. */
const MARK_USED_EVERY_MS = 60_000

export interface Auth {
  /**
   * Answers `POST /api/auth/*` with 204 and cookies, or JSON with a `message`; paths that are not ours
   * are 404. `client.address` is the client's, as far as the proxies in front are trusted; no header is
   * believed about it. Rejects on a defect.
   */
  handler(
    request: Request,
    client: { readonly address: string; readonly requestId: string },
  ): Promise<Response>
  /** The signed-in person behind these headers with the roles held now, or why there is none. */
  presenceOf(headers: Headers): Promise<Presence>
}

export interface Presence {
  readonly actor: Actor | null
  /** Set where the session shown was ended early, by whom- or whatever. */
  readonly sessionEnd: SessionEnd | null
}

const routes: Readonly<Record<string, (door: Door, request: AuthRequest) => Promise<Response>>> = {
  '/sign-in/email': signInWithPassword,
  '/sign-out': signOut,
}

export function createAuth(options: AuthOptions): Auth {
  const { publicUrl, encryptionKey } = options
  const door: Door = {
    ...options,
    sessionCookie: signedCookie('desk_session', publicUrl, encryptionKey),
    pendingCookie: signedCookie('desk_sign_in', publicUrl, encryptionKey),
  }
  const origins = ownOrigins(publicUrl)
  return {
    async handler(request, client) {
      const { pathname } = new URL(request.url)
      const route = pathname.startsWith(AUTH_PATH) ? routes[pathname.slice(AUTH_PATH.length)] : null
      if (request.method !== 'POST' || !route) return answer(404, { message: 'Not found.' })
      if (!origins.has(request.headers.get('origin') ?? '')) {
        return answer(403, { message: 'This request did not come from Desk.' })
      }
      if (!request.headers.get('content-type')?.startsWith('application/json')) {
        return answer(415, { message: 'Send JSON.' })
      }
      const body = parseJson(await request.text())
      return route(door, { headers: request.headers, body, ...client })
    },

    async presenceOf(headers) {
      const shown = door.sessionCookie.read(headers)
      if (shown === null || shown === 'forged') return nobody
      const now = door.now()
      const holder = await findSessionHolder(door.db, shown.value, { now, demo: door.demo })
      if (!holder) {
        const ended = await findEndedSession(door.db, shown.value)
        return { actor: null, sessionEnd: ended?.because ?? null }
      }
      if (now.getTime() - holder.lastUsedAt.getTime() > MARK_USED_EVERY_MS) {
        await markSessionUsed(door.db, holder.sessionId, now)
      }
      return { actor: actorOf(holder), sessionEnd: null }
    },
  }
}

const nobody: Presence = { actor: null, sessionEnd: null }

function actorOf(holder: SessionHolder): Actor {
  const { sessionId, name, email, roles, provedAt } = holder
  const mustEnrol = needsSecondFactor(roles) && !holder.hasAuthenticator && !holder.hasPasskey
  return {
    userId: userId.parse(holder.userId),
    sessionId,
    name,
    email,
    roles,
    permissions: mustEnrol ? permissionsBeforeEnrolment : permissionsOf(roles),
    mustEnrol,
    stepUpWays: stepUpWaysOf(holder),
    provedAt,
  }
}

/** Whoever has a second factor proves it; a password alone proves it only for the others. */
function stepUpWaysOf(holder: SessionHolder): readonly StepUpWay[] {
  const { hasPasskey, hasAuthenticator, hasPassword } = holder
  if (hasPasskey && hasAuthenticator) return ['passkey', 'code']
  if (hasPasskey) return ['passkey']
  if (hasAuthenticator) return ['code']
  return hasPassword ? ['password'] : ['sign_in']
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
