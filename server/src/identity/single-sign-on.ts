import * as z from 'zod'
import { safeReturnPath } from '@desk/shared/identity/return-path'
import { recordAudit } from '../audit/record-audit.ts'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import { type Sealer, sealerFor } from '../kernel/sealed.ts'
import { answer } from './auth-answer.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { letIn } from './let-in.ts'
import { personOf } from './single-sign-on-person.ts'
import {
  type IdentityProvider,
  identityProvider,
  newAttempt,
  SignOnFault,
} from './single-sign-on-provider.ts'
import { type SignedCookie, signedCookie } from './signed-cookie.ts'

const attemptSeconds = 10 * 60
const holder = 'browser'

/** What single sign-on at this Desk works with. */
export interface SingleSignOn {
  readonly settings: SingleSignOnSettings
  readonly provider: IdentityProvider
  /** Holds the attempt, sealed, in the browser that began it and in no other. */
  readonly cookie: SignedCookie
  readonly sealer: Sealer
}

export function singleSignOnOf(
  settings: SingleSignOnSettings,
  { publicUrl, encryptionKey }: Pick<Door, 'publicUrl' | 'encryptionKey'>,
): SingleSignOn {
  return {
    settings,
    provider: identityProvider(settings, publicUrl),
    cookie: signedCookie('desk_sso', publicUrl, encryptionKey),
    sealer: sealerFor(encryptionKey, 'single sign-on attempt'),
  }
}

/** `GET /api/auth/sso/start?returnTo=`: sends the browser to the provider. */
export async function startSingleSignOn(door: Door, request: AuthRequest): Promise<Response> {
  const { singleSignOn } = door
  if (!singleSignOn) return answer(404, { message: 'Not found.' })
  const returnTo = safeReturnPath(request.query.get('returnTo') ?? '/')
  const attempt = newAttempt()
  try {
    const url = await singleSignOn.provider.authorizationUrl(attempt)
    const until = door.now().getTime() + attemptSeconds * 1_000
    const kept = singleSignOn.sealer.seal(JSON.stringify({ ...attempt, returnTo, until }), holder)
    return redirect(url.href, [singleSignOn.cookie.set(kept, attemptSeconds)])
  } catch (error) {
    return refuse(door, request, error)
  }
}

/** `GET /api/auth/sso/callback`: whoever comes back is let in, asked for a second factor, or told why not. */
export async function finishSingleSignOn(door: Door, request: AuthRequest): Promise<Response> {
  const { singleSignOn } = door
  if (!singleSignOn) return answer(404, { message: 'Not found.' })
  const { settings, provider } = singleSignOn
  try {
    const attempt = attemptIn(singleSignOn, request.headers, door.now())
    if (!attempt || request.query.get('state') !== attempt.state) {
      throw new SignOnFault('sso_mismatch', 'begun in another browser, or too long ago')
    }
    const identity = await provider.redeem(request.query, attempt)
    const by = attributionAt(door, request, null)
    const person = await door.db
      .transaction()
      .execute((trx) => personOf(trx, { settings, identity, by }))
    const outcome = await letIn(door, request, { person, method: 'single_sign_on' })
    const cookies = [...outcome.headers.getSetCookie(), singleSignOn.cookie.clear()]
    if (outcome.status === 204) return redirect(attempt.returnTo, cookies)
    if (outcome.status !== 200) throw new SignOnFault('sso_failed', 'account changed meanwhile')
    const search = new URLSearchParams({ next: 'second_factor', returnTo: attempt.returnTo })
    return redirect(`/sign-in?${search.toString()}`, cookies)
  } catch (error) {
    return refuse(door, request, error)
  }
}

const keptAttempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  until: z.number(),
})

function attemptIn({ cookie, sealer }: SingleSignOn, headers: Headers, now: Date) {
  const shown = cookie.read(headers)
  if (shown === null || shown === 'forged') return null
  const attempt = keptAttempt.parse(JSON.parse(sealer.open(shown.value, holder)))
  return attempt.until > now.getTime() ? attempt : null
}

/** Back to the sign-in page, which has words for the code; the reason is the audit log's. */
async function refuse(door: Door, request: AuthRequest, error: unknown): Promise<Response> {
  if (!(error instanceof SignOnFault)) throw error
  door.log.info({ address: request.address, err: error }, 'single sign-on refused')
  await door.db.transaction().execute((trx) =>
    recordAudit(trx, attributionAt(door, request, null), {
      action: 'session.sign_in',
      outcome: 'refused',
      reason: `single sign-on: ${error.message}`,
    }),
  )
  const taken = door.singleSignOn ? [door.singleSignOn.cookie.clear()] : []
  return redirect(`/sign-in?fault=${error.code}`, taken)
}

function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 302, headers })
}
