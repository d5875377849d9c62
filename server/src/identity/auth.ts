import {
  needsSecondFactor,
  permissionsBeforeEnrolment,
  permissionsOf,
} from '@desk/shared/identity/permissions'
import type { SessionEnd, StepUpWay } from '@desk/shared/identity/session'
import type { Actor } from '../kernel/actor.ts'
import { ownOrigins } from '../kernel/own-origins.ts'
import { answer } from './auth-answer.ts'
import { acceptInvitation, lookAtInvitation } from './accept-invitation.ts'
import { signInToDemo } from './demo-sign-in.ts'
import type { AuthOptions, AuthRequest, Door } from './door.ts'
import { type InvitationLinks, invitationLinks } from './invitation-link.ts'
import { passkeySite } from './passkeys.ts'
import { endOfSession, recordForgedCookie, type Visitor } from './presented-session.ts'
import { type FactorKeys, factorKeys } from './second-factors.ts'
import { passkeySignInOptions, signInWithCode, signInWithPasskey } from './second-step.ts'
import { findSessionHolder, markSessionUsed, type SessionHolder } from './sessions.queries.ts'
import { finishSingleSignOn, singleSignOnOf, startSingleSignOn } from './single-sign-on.ts'
import { signInWithPassword } from './sign-in-with-password.ts'
import { signOut } from './sign-out.ts'
import { signedCookie } from './signed-cookie.ts'
import {
  passkeyStepUpOptions,
  stepUpWithCode,
  stepUpWithPasskey,
  stepUpWithPassword,
} from './step-up.ts'

export const AUTH_PATH = '/api/auth'
/** Writing "last used" at every request would cost more than it tells. */
const MARK_USED_EVERY_MS = 60_000

export interface Auth {
  /**
   * Answers `POST /api/auth/*` with 204 and cookies, or JSON with a `message`, and the two links of
   * single sign-on with redirects; paths that are not ours are 404. `client.address` is the client's, as far as the proxies in front are trusted; no header is
   * believed about it. Rejects on a defect.
   */
  handler(
    request: Request,
    client: { readonly address: string; readonly requestId: string },
  ): Promise<Response>
  /** The signed-in person behind this request with the roles held now, or why there is none. */
  presenceOf(visitor: Visitor): Promise<Presence>
  /** What second factors are kept with; the profile page's procedures need it too. */
  readonly factorKeys: FactorKeys
  readonly invitationLinks: InvitationLinks
}

export interface Presence {
  readonly actor: Actor | null
  /** Set where the session shown was ended early, by whom- or whatever. */
  readonly sessionEnd: SessionEnd | null
}

type AuthRoute = (door: Door, request: AuthRequest) => Promise<Response>

/** Where the browser itself is led, by a link or by the identity provider. */
const linkedRoutes: ReadonlyMap<string, AuthRoute> = new Map([
  ['/sso/start', startSingleSignOn],
  ['/sso/callback', finishSingleSignOn],
])

const routes: ReadonlyMap<string, AuthRoute> = new Map([
  ['/sign-in/email', signInWithPassword],
  ['/sign-in/code', signInWithCode],
  ['/sign-in/passkey/options', passkeySignInOptions],
  ['/sign-in/passkey', signInWithPasskey],
  ['/sign-in/demo', signInToDemo],
  ['/step-up/code', stepUpWithCode],
  ['/step-up/passkey/options', passkeyStepUpOptions],
  ['/step-up/passkey', stepUpWithPasskey],
  ['/step-up/password', stepUpWithPassword],
  ['/invitation/look', lookAtInvitation],
  ['/invitation/accept', acceptInvitation],
  ['/sign-out', signOut],
])

export function createAuth(options: AuthOptions): Auth {
  const { publicUrl, encryptionKey } = options
  const door: Door = {
    ...options,
    sessionCookie: signedCookie('desk_session', publicUrl, encryptionKey),
    pendingCookie: signedCookie('desk_sign_in', publicUrl, encryptionKey),
    deviceCookie: signedCookie('desk_device', publicUrl, encryptionKey),
    factorKeys: factorKeys(encryptionKey),
    invitationLinks: invitationLinks(publicUrl, encryptionKey),
    passkeySite: passkeySite(publicUrl),
    singleSignOn: options.singleSignOn && singleSignOnOf(options.singleSignOn, options),
  }
  const origins = ownOrigins(publicUrl)
  return {
    factorKeys: door.factorKeys,
    invitationLinks: door.invitationLinks,
    async handler(request, client) {
      const { pathname, searchParams: query } = new URL(request.url)
      const path = pathname.startsWith(AUTH_PATH) ? pathname.slice(AUTH_PATH.length) : ''
      const { headers } = request
      const linked = request.method === 'GET' ? linkedRoutes.get(path) : undefined
      if (linked) return linked(door, { headers, query, body: null, ...client })
      const route = request.method === 'POST' ? routes.get(path) : undefined
      if (!route) return answer(404, { message: 'Not found.' })
      if (!origins.has(request.headers.get('origin') ?? '')) {
        return answer(403, { message: 'This request did not come from Desk.' })
      }
      if (!request.headers.get('content-type')?.startsWith('application/json')) {
        return answer(415, { message: 'Send JSON.' })
      }
      const body = parseJson(await request.text())
      return route(door, { headers, query, body, ...client })
    },

    async presenceOf(visitor) {
      const shown = door.sessionCookie.read(visitor.headers)
      if (shown === null) return nobody
      if (shown === 'forged') {
        await recordForgedCookie(door, visitor, 'session.presented')
        return nobody
      }
      const now = door.now()
      const holder = await findSessionHolder(door.db, shown.value, { now, demo: door.demo })
      if (!holder)
        return { actor: null, sessionEnd: await endOfSession(door, visitor, shown.value) }
      if (now.getTime() - holder.lastUsedAt.getTime() > MARK_USED_EVERY_MS) {
        await markSessionUsed(door.db, holder.sessionId, now)
      }
      return { actor: actorOf(door, holder), sessionEnd: null }
    },
  }
}

const nobody: Presence = { actor: null, sessionEnd: null }

function actorOf(door: Door, holder: SessionHolder): Actor {
  const { sessionId, name, email, roles, provedAt } = holder
  const mustEnrol = needsSecondFactor(roles) && !holder.hasAuthenticator && !holder.hasPasskey
  return {
    userId: holder.userId,
    sessionId,
    name,
    email,
    roles,
    permissions: mustEnrol ? permissionsBeforeEnrolment : permissionsOf(roles),
    mustEnrol,
    stepUpWays: stepUpWaysOf(door, holder),
    provedAt,
  }
}

/** Whoever has a second factor proves it; a password alone proves it only for the others. */
function stepUpWaysOf(door: Door, holder: SessionHolder): readonly StepUpWay[] {
  const { hasPasskey, hasAuthenticator } = holder
  const hasPassword = holder.hasPassword && door.passwordSignIn
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
