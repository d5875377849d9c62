import { recordAudit } from '../audit/record-audit.ts'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import { answer } from './auth-answer.ts'
import { attributionAt, type AuthRequest, type Door } from './door.ts'
import { letIn } from './let-in.ts'
import { forgiveAttempt, takeAttempt } from './rate-limits.ts'
import { type AttemptKeeper, attemptKeeper, type KeptAttempt } from './single-sign-on-attempts.ts'
import { SignOnFault } from './single-sign-on-fault.ts'
import { isRefusalTold, signOnBuckets } from './single-sign-on-limits.ts'
import { personOf, type SignOnPerson } from './single-sign-on-person.ts'
import {
  type IdentityProvider,
  identityProvider,
  newAttempt,
  type ProvidedIdentity,
} from './single-sign-on-provider.ts'

/** What single sign-on at this Desk works with. */
export interface SingleSignOn {
  readonly settings: SingleSignOnSettings
  readonly provider: IdentityProvider
  readonly attempts: AttemptKeeper
}

export function singleSignOnOf(
  settings: SingleSignOnSettings,
  options: Pick<Door, 'publicUrl' | 'encryptionKey'>,
): SingleSignOn {
  return {
    settings,
    provider: identityProvider(settings, options.publicUrl),
    attempts: attemptKeeper(options),
  }
}

/** `GET /api/auth/sso/start?returnTo=`: sends the browser to the provider. */
export async function startSingleSignOn(door: Door, request: AuthRequest): Promise<Response> {
  const { singleSignOn } = door
  if (!singleSignOn) return answer(404, { message: 'Not found.' })
  const attempt = newAttempt()
  try {
    const url = await singleSignOn.provider.authorizationUrl(attempt)
    const way = { returnTo: request.query.get('returnTo'), now: door.now() }
    return redirect(url.href, [singleSignOn.attempts.keep(request.headers, { ...attempt, ...way })])
  } catch (error) {
    return refuse(door, request, { error, cookies: [] })
  }
}

/** `GET /api/auth/sso/callback`: whoever comes back is let in, asked for a second factor, or told why not. */
export async function finishSingleSignOn(door: Door, request: AuthRequest): Promise<Response> {
  const { singleSignOn } = door
  if (!singleSignOn) return answer(404, { message: 'Not found.' })
  const state = request.query.get('state')
  const taken = singleSignOn.attempts.take(request.headers, state, door.now())
  if (!taken) {
    const error = new SignOnFault('sso_mismatch', 'begun in another browser, or too long ago')
    return refuse(door, request, { error, cookies: [] })
  }
  const { attempt, cookie } = taken
  try {
    const person = await whoCame(door, request, { singleSignOn, attempt })
    const outcome = await letIn(door, request, { person, method: 'single_sign_on' })
    const cookies = [...outcome.headers.getSetCookie(), cookie]
    if (outcome.status === 204) return redirect(attempt.returnTo, cookies)
    // Disabled in this very moment: that is in the audit log already.
    if (outcome.status !== 200) return redirect('/sign-in?fault=sso_no_role', cookies)
    const search = new URLSearchParams({ next: 'second_factor', returnTo: attempt.returnTo })
    return redirect(`/sign-in?${search.toString()}`, cookies)
  } catch (error) {
    return refuse(door, request, { error, cookies: [cookie] })
  }
}

async function whoCame(door: Door, request: AuthRequest, wayBack: WayBack): Promise<SignOnPerson> {
  const { settings } = wayBack.singleSignOn
  const identity = await redeem(door, request, wayBack)
  const by = attributionAt(door, request, null)
  const person = await door.db
    .transaction()
    .execute((trx) => personOf(trx, { settings, identity, by, log: door.log }))
  // Judged after the commit: whoever lost every role here has lost them, not only this sign-in.
  if (!person.hasRole) throw new SignOnFault('sso_no_role', 'no group gives a role', { person })
  return person
}

interface WayBack {
  readonly singleSignOn: SingleSignOn
  readonly attempt: KeptAttempt
}

async function redeem(
  door: Door,
  request: AuthRequest,
  { singleSignOn, attempt }: WayBack,
): Promise<ProvidedIdentity> {
  const buckets = signOnBuckets(door, request)
  if ((await takeAttempt(door.db, buckets, door.now())) !== null) {
    throw new SignOnFault('sso_held_back', 'too many attempts')
  }
  const identity = await singleSignOn.provider.redeem(request.query, attempt)
  await forgiveAttempt(door.db, buckets, door.now())
  return identity
}

/** Back to the sign-in page, which has words for the code; the reason is the audit log's. */
async function refuse(
  door: Door,
  request: AuthRequest,
  { error, cookies }: { readonly error: unknown; readonly cookies: readonly string[] },
): Promise<Response> {
  if (!(error instanceof SignOnFault)) throw error
  const { code, message: reason } = error
  const { address, requestId } = request
  door.log.info({ address, requestId, code, reason }, 'single sign-on refused')
  if (await isRefusalTold(door, request)) await recordRefusal(door, request, error)
  return redirect(`/sign-in?fault=${code}`, cookies)
}

async function recordRefusal(
  door: Door,
  request: AuthRequest,
  { message: reason, person }: SignOnFault,
): Promise<void> {
  await door.db.transaction().execute((trx) =>
    recordAudit(trx, attributionAt(door, request, null), {
      action: 'session.sign_in',
      outcome: 'refused',
      reason: `single sign-on: ${reason}`,
      ...(person && { subject: { kind: 'person', id: person.userId, label: person.email } }),
    }),
  )
}

function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 302, headers })
}
