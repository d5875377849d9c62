import * as z from 'zod/mini'
import type { InvitationView } from '@desk/shared/identity/invitation'
import { role } from '@desk/shared/identity/role-schema'
import { passkeyQuestion } from './passkey-options.ts'
import { passkeyElsewhere } from './passkey-support.ts'

const waysOfStep = ['authenticator', 'passkey', 'recovery_code'] as const
export type SecondStepWay = (typeof waysOfStep)[number]

/** What Desk's door answered. Never a rejection: the network and every refusal are outcomes. */
export type AuthOutcome =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'second_factor'; readonly ways: readonly SecondStepWay[] }
  | { readonly outcome: 'refused'; readonly refusal: AuthRefusal }

export interface AuthRefusal {
  /** Such as `code_used`; empty where the message says it all. */
  readonly code: string
  /** In Desk's own words. */
  readonly message: string
  /** The field it is about, if any. */
  readonly field: string | null
  /** From when on asking again may help, where Desk says so. Milliseconds since the epoch. */
  readonly retryAtMs: number | null
}

export async function signIn(email: string, password: string): Promise<AuthOutcome> {
  return outcomeOf(await post('/sign-in/email', { email, password }))
}

export async function signInToDemo(email: string): Promise<AuthOutcome> {
  return outcomeOf(await post('/sign-in/demo', { email }))
}

/** Whether Desk ended the session. */
export async function signOut(): Promise<boolean> {
  return (await outcomeOf(await post('/sign-out', {}))).outcome === 'done'
}

/** `where` is signing in or proving again that it is you. */
export async function sendCode(where: Where, code: string): Promise<AuthOutcome> {
  return outcomeOf(await post(`/${where}/code`, { code }))
}

export async function sendPassword(password: string): Promise<AuthOutcome> {
  return outcomeOf(await post('/step-up/password', { password }))
}

/** Has the browser ask for a passkey and sends what it answered. */
export async function sendPasskey(where: Where): Promise<AuthOutcome> {
  const [asked, { startAuthentication, WebAuthnError }] = await Promise.all([
    post(`/${where}/passkey/options`, {}),
    import('@simplewebauthn/browser'),
  ])
  if (!asked?.ok) return outcomeOf(asked)
  const { options } = passkeyQuestion.parse(await asked.json())
  try {
    const response = await startAuthentication({ optionsJSON: options })
    return outcomeOf(await post(`/${where}/passkey`, { response }))
  } catch (error) {
    if (!(error instanceof WebAuthnError || error instanceof DOMException)) throw error
    const message =
      error.name === 'SecurityError'
        ? passkeyElsewhere
        : 'No passkey was used. Try again, or use another way.'
    return { outcome: 'refused', refusal: refusalOf('passkey_cancelled', message) }
  }
}

export type Where = 'sign-in' | 'step-up'

export type InvitationLook =
  | { readonly outcome: 'open'; readonly invitation: InvitationView }
  | { readonly outcome: 'refused'; readonly refusal: AuthRefusal }

export async function lookAtInvitation(token: string): Promise<InvitationLook> {
  const answer = await post('/invitation/look', { token })
  if (!answer?.ok) return { outcome: 'refused', refusal: await refusalIn(answer) }
  return { outcome: 'open', invitation: invitationView.parse(await answer.json()) }
}

export async function acceptInvitation(given: {
  readonly token: string
  readonly name: string
  readonly password: string
  readonly email?: string
}): Promise<AuthOutcome> {
  return outcomeOf(await post('/invitation/accept', given))
}

/** Null when no answer came. */
async function post(path: string, body: Record<string, unknown>): Promise<Response | null> {
  try {
    return await fetch(`/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch (error) {
    // fetch reports every kind of lost connection as a TypeError, and nothing else here can throw one.
    if (error instanceof TypeError) return null
    throw error
  }
}

async function outcomeOf(answer: Response | null): Promise<AuthOutcome> {
  if (answer?.status === 204) return { outcome: 'done' }
  if (answer?.ok) {
    const { ways } = secondStep.parse(await answer.json())
    return { outcome: 'second_factor', ways }
  }
  return { outcome: 'refused', refusal: await refusalIn(answer) }
}

async function refusalIn(answer: Response | null): Promise<AuthRefusal> {
  if (!answer || answer.status === 502 || answer.status === 504) {
    return refusalOf('unreachable', 'Desk does not answer. Check your connection, then try again.')
  }
  const spoken = z.safeParse(refusalBody, parseJson(await answer.text()))
  if (!spoken.success) return refusalOf('', 'Desk could not do this. Try again in a moment.')
  const { message, code = '', field = null } = spoken.data
  const wait = Number.parseInt(answer.headers.get('retry-after') ?? '', 10)
  const retryAtMs = Number.isNaN(wait) ? null : Date.now() + wait * 1000
  return { code, message, field, retryAtMs }
}

function refusalOf(code: string, message: string): AuthRefusal {
  return { code, message, field: null, retryAtMs: null }
}

const secondStep = z.object({ ways: z.array(z.enum(waysOfStep)) })

const refusalBody = z.object({
  message: z.string().check(z.minLength(1), z.maxLength(300)),
  code: z.optional(z.string()),
  field: z.optional(z.string()),
})

const invitationView = z.object({
  kind: z.enum(['invitation', 'setup']),
  email: z.nullable(z.string()),
  name: z.nullable(z.string()),
  roles: z.array(role),
  expiresAt: z.string(),
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
