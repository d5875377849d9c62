import type { Attribution } from '../kernel/actor.ts'
import type { Db } from '../database.ts'
import type { InvitationLinks } from './invitation-link.ts'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import type { PasskeySite } from './passkeys.ts'
import type { FactorKeys } from './second-factors.ts'
import type { SingleSignOn } from './single-sign-on.ts'
import type { SignedCookie } from './signed-cookie.ts'

/** The part of pino that is needed here. */
export interface AuthLog {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

export interface AuthOptions {
  readonly db: Db
  /** Where people reach Desk; https makes the cookies Secure and `__Host-`. */
  readonly publicUrl: URL
  readonly encryptionKey: string | Uint8Array
  /** Whether the demo people may sign in. */
  readonly demo: boolean
  /** Off where people sign in by single sign-on alone. */
  readonly passwordSignIn: boolean
  /** The provider people sign in through, if any. */
  readonly singleSignOn: SingleSignOnSettings | null
  readonly now: () => Date
  readonly log: AuthLog
}

/** What everything at the door works with. */
export interface Door extends Omit<AuthOptions, 'singleSignOn'> {
  readonly singleSignOn: SingleSignOn | null
  readonly sessionCookie: SignedCookie
  /** Stands for a first step that was right while the second is still to come. */
  readonly pendingCookie: SignedCookie
  /** Shows that a person signed in with this browser before. */
  readonly deviceCookie: SignedCookie
  readonly factorKeys: FactorKeys
  readonly invitationLinks: InvitationLinks
  readonly passkeySite: PasskeySite
}

/** One request at the door, its JSON body not yet judged. */
export interface AuthRequest {
  readonly headers: Headers
  readonly body: unknown
  /** Of the address, for what browsers are led to by a link. */
  readonly query: URLSearchParams
  /** The client's, as far as the proxies in front are trusted; no header is believed about it. */
  readonly address: string
  readonly requestId: string
}

/** An entry of the audit log that begins with a visitor, or with the person they turned out to be. */
export function attributionAt(
  door: Door,
  request: Pick<AuthRequest, 'address' | 'requestId'>,
  actor: Attribution['actor'],
): Attribution {
  return { actor, address: request.address, requestId: request.requestId, at: door.now() }
}
