import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import type { UserId } from '@desk/shared/identity/session'

export type SignOnFaultCode =
  | 'sso_failed'
  | 'sso_mismatch'
  | 'sso_unreachable'
  | 'sso_no_role'
  | 'sso_held_back'

/**
 * Why nobody was signed in; `code` goes to the sign-in page, the message to the audit log. It carries
 * no word and no token of the provider's, and so no cause either.
 */
export class SignOnFault extends Error {
  override readonly name = 'SignOnFault'
  readonly code: SignOnFaultCode
  /** Whose sign-in it would have been, where Desk knows them. */
  readonly person: { readonly userId: UserId; readonly email: string } | null

  constructor(
    code: SignOnFaultCode,
    message: string,
    { person = null }: { readonly person?: SignOnFault['person'] } = {},
  ) {
    super(message)
    this.code = code
    this.person = person
  }
}

/** What a provider, or whoever plays one, did wrong; anything else is a defect and is thrown on. */
export async function orFault<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    throw faultOf(error)
  }
}

function faultOf(error: unknown): unknown {
  if (error instanceof AuthorizationResponseError) return said(error.error)
  if (error instanceof ResponseBodyError) {
    return error.status >= 500 ? unreachable(`${error.status}`) : said(error.error)
  }
  if (error instanceof WWWAuthenticateChallengeError) return said('no')
  if (error instanceof ClientError) return misfit(error)
  // fetch reports every kind of lost connection as a TypeError; one with a code is a wrong call.
  if (error instanceof TypeError && !('code' in error)) return unreachable(codeOf(error.cause))
  return error
}

function misfit(error: ClientError): SignOnFault {
  const { cause, code = 'unknown' } = error
  if (code === 'OAUTH_TIMEOUT') return unreachable('too slow')
  if (cause instanceof Response && cause.status >= 500) return unreachable(`${cause.status}`)
  return cause instanceof Error && cause.message.includes('"nonce"')
    ? new SignOnFault('sso_mismatch', 'the nonce of another sign-in')
    : new SignOnFault('sso_failed', `the answer of the provider does not fit: ${code}`)
}

function said(error: string): SignOnFault {
  const known = knownErrors.has(error) ? error : 'no'
  return new SignOnFault('sso_failed', `the provider said ${known}`)
}

function unreachable(detail: string): SignOnFault {
  return new SignOnFault('sso_unreachable', `the provider does not answer (${detail})`)
}

function codeOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  return typeof code === 'string' ? code : 'no connection'
}

/** Of RFC 6749 and OpenID Connect: what the standards do not name is not repeated. */
const knownErrors: ReadonlySet<string> = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
])
