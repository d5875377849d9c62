import * as z from 'zod/mini'
import type { BusinessDayRule } from '../time/business-day.ts'
import { permissions } from './permissions.ts'
import { role } from './role-schema.ts'

export const userId = z.string().check(z.minLength(1)).brand<'UserId'>()
export type UserId = z.infer<typeof userId>

export type SignInMethod = 'password' | 'single_sign_on' | 'invitation' | 'demo'
export type SecondFactor = 'authenticator' | 'passkey' | 'recovery_code'

/** Why a session is over; the browser that still showed it says so in a sentence. */
export const sessionEnds = [
  'signed_out',
  'replaced',
  'ended_by_owner',
  'password_changed',
  'factors_changed',
  'too_many_answers',
  'disabled',
  'removed',
] as const
export type SessionEnd = (typeof sessionEnds)[number]

/** What the browser that still shows such a session is told. */
export const sessionEndText = {
  signed_out: 'You signed out.',
  replaced: 'You signed in again in this browser.',
  ended_by_owner: 'This session was ended from another of your devices.',
  password_changed: 'Your password was changed, which ended your other sessions.',
  factors_changed: 'Your second factors were changed, which ended your other sessions.',
  too_many_answers: 'Too many wrong answers when asked to confirm that it was you.',
  disabled: 'An admin disabled your account. Ask them if this is a mistake.',
  removed: 'An admin removed your account from Desk.',
} as const satisfies Record<SessionEnd, string>

/** How a person can prove again that it is them; `sign_in` means: by signing in once more. */
export const stepUpWays = ['code', 'passkey', 'password', 'sign_in'] as const
export const stepUpWay = z.enum(stepUpWays)
export type StepUpWay = z.infer<typeof stepUpWay>

/** How long a proof counts for what asks for a fresh one. */
export const STEP_UP_FRESH_MS = 5 * 60_000

/** The signed-in person as the browser knows them. */
export const me = z.object({
  userId,
  name: z.string(),
  email: z.string(),
  roles: z.array(role),
  /** What these roles allow, as the shared table says; next to nothing while `mustEnrol`. */
  permissions: z.array(z.enum(permissions)),
  /** The roles ask for a second factor and there is none yet. */
  mustEnrol: z.boolean(),
  stepUpWays: z.array(stepUpWay),
  /** In which they read times; null is the business zone. */
  viewZone: z.nullable(z.string()),
})
export type Me = z.infer<typeof me>

export const environments = ['sandbox', 'testnet', 'live'] as const
export type Environment = (typeof environments)[number]

/** What the sign-in page may know before anyone signed in. `demo` exists in demo mode only. */
export interface Greeting {
  readonly environment: Environment
  /** When days begin for this merchant. */
  readonly businessDay: BusinessDayRule
  readonly signIn: {
    /** Off where people sign in by single sign-on alone. */
    readonly password: boolean
    /** The provider's name on the button. */
    readonly singleSignOn: { readonly label: string } | null
  }
  readonly demo: {
    readonly people: readonly { readonly email: string; readonly role: z.infer<typeof role> }[]
    readonly sandboxUrl: string
  } | null
}
