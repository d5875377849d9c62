import * as client from 'openid-client'
import * as z from 'zod'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'

const answerSecondsMax = 10

/** What was agreed on when somebody was sent to the provider; the callback has to fit it. */
export interface SignOnAttempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who the provider says is there. */
export interface ProvidedIdentity {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  /** The provider vouches for the address. */
  readonly isEmailVerified: boolean
  readonly name: string | null
  readonly groups: readonly string[]
}

export type SignOnFaultCode = 'sso_failed' | 'sso_mismatch' | 'sso_unreachable' | 'sso_no_role'

/** Why nobody was signed in; `code` goes to the sign-in page, the message to the audit log. */
export class SignOnFault extends Error {
  override readonly name = 'SignOnFault'
  readonly code: SignOnFaultCode

  constructor(code: SignOnFaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export interface IdentityProvider {
  /** Where the browser goes to sign in. Throws `SignOnFault` where the provider does not answer. */
  authorizationUrl(attempt: SignOnAttempt): Promise<URL>
  /** Who came back with this query. Throws `SignOnFault` for whatever does not fit. */
  redeem(query: URLSearchParams, attempt: SignOnAttempt): Promise<ProvidedIdentity>
}

export function newAttempt(): SignOnAttempt {
  return {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  }
}

/** OpenID Connect: authorization code with PKCE. The provider is first asked when somebody wants in. */
export function identityProvider(settings: SingleSignOnSettings, publicUrl: URL): IdentityProvider {
  const redirectUri = new URL('/api/auth/sso/callback', publicUrl)
  let discovered: Promise<client.Configuration> | null = null
  const configuration = async () => {
    discovered ??= discover(settings)
    try {
      return await discovered
    } catch (error) {
      // Asked again by whoever comes next.
      discovered = null
      throw error
    }
  }
  return {
    async authorizationUrl({ state, nonce, verifier }) {
      const parameters = {
        redirect_uri: redirectUri.href,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }
      const config = await orFault(configuration())
      return client.buildAuthorizationUrl(config, parameters)
    },

    async redeem(query, { state, nonce, verifier }) {
      const callback = new URL(redirectUri)
      callback.search = query.toString()
      const config = await orFault(configuration())
      const tokens = await orFault(
        client.authorizationCodeGrant(config, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        }),
      )
      const claims = tokens.claims()
      if (!claims) throw new SignOnFault('sso_failed', 'the answer held no identity')
      const isComplete = claims['email'] !== undefined && claims[settings.groupsClaim] !== undefined
      const more =
        isComplete || config.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await orFault(client.fetchUserInfo(config, tokens.access_token, claims.sub))
      return identityIn({ ...more, ...claims }, settings.groupsClaim)
    },
  }
}

async function discover(settings: SingleSignOnSettings): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret } = settings
  return client.discovery(issuer, clientId, clientSecret, undefined, {
    timeout: answerSecondsMax,
    // The settings allow http on loopback only.
    ...(issuer.protocol === 'http:' && { execute: [client.allowInsecureRequests] }),
  })
}

/** Whatever a provider, or whoever plays one, can do wrong. */
async function orFault<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    throw faultOf(error)
  }
}

function faultOf(error: unknown): unknown {
  if (error instanceof client.AuthorizationResponseError) {
    return new SignOnFault('sso_failed', `the provider said ${error.error}`, { cause: error })
  }
  if (error instanceof client.ResponseBodyError) {
    return new SignOnFault('sso_failed', `the provider refused: ${error.error}`, { cause: error })
  }
  if (error instanceof client.WWWAuthenticateChallengeError) {
    return new SignOnFault('sso_failed', 'the provider refused to say more', { cause: error })
  }
  if (error instanceof client.ClientError) {
    if (error.code === 'OAUTH_TIMEOUT') return unreachable(error)
    const isOfAnother = /state|nonce/.test(`${error.message} ${messageOf(error.cause)}`)
    return isOfAnother
      ? new SignOnFault('sso_mismatch', 'state or nonce of another sign-in', { cause: error })
      : new SignOnFault('sso_failed', `the answer does not fit: ${error.code}`, { cause: error })
  }
  // fetch reports every kind of lost connection as a TypeError.
  return error instanceof TypeError ? unreachable(error) : error
}

function unreachable(cause: Error): SignOnFault {
  return new SignOnFault('sso_unreachable', 'the provider does not answer', { cause })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}

const identityClaims = z.object({
  iss: z.string().max(500),
  sub: z.string().min(1).max(500),
  email: z.email().max(254).nullish().catch(null),
  email_verified: z.unknown(),
  name: z.string().max(200).nullish().catch(null),
})

const groupsIn = z.union([z.array(z.string()), z.string().transform((one) => [one])])

function identityIn(claims: Record<string, unknown>, groupsClaim: string): ProvidedIdentity {
  const read = identityClaims.safeParse(claims)
  if (!read.success) throw new SignOnFault('sso_failed', 'the identity cannot be read')
  const { iss, sub, email, email_verified: isVerified, name } = read.data
  return {
    issuer: iss,
    subject: sub,
    email: email ?? null,
    isEmailVerified: isVerified === true || isVerified === 'true',
    name: name ?? null,
    groups: groupsIn.safeParse(claims[groupsClaim]).data ?? [],
  }
}
