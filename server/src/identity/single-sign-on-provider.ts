import * as client from 'openid-client'
import * as z from 'zod'
import { changeNameInput } from '@desk/shared/identity/profile'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import { orFault, SignOnFault } from './single-sign-on-fault.ts'

const answerSecondsMax = 10
const nameLengthMax = 60

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
  const configuration = discoveredOnce(settings)
  return {
    async authorizationUrl({ state, nonce, verifier }) {
      const config = await orFault(configuration())
      return client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri.href,
        scope: scopeAt(config, settings),
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
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
      const isComplete = needed(settings).every((claim) => claims[claim] !== undefined)
      const more =
        isComplete || config.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await orFault(client.fetchUserInfo(config, tokens.access_token, claims.sub))
      return identityIn({ ...more, ...claims, ...addressIn(claims, more) }, settings.groupsClaim)
    },
  }
}

/** What failed is asked again by whoever comes next. */
function discoveredOnce(settings: SingleSignOnSettings): () => Promise<client.Configuration> {
  let discovered: Promise<client.Configuration> | null = null
  return async () => {
    const current = (discovered ??= discover(settings))
    try {
      return await current
    } catch (error) {
      if (discovered === current) discovered = null
      throw error
    }
  }
}

async function discover(settings: SingleSignOnSettings): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret } = settings
  return client.discovery(issuer, clientId, clientSecret, secretAsAsked(clientSecret), {
    timeout: answerSecondsMax,
    execute: [
      // The signature counts too, not only the connection that the token came by.
      client.enableNonRepudiationChecks,
      // The settings allow http on loopback only.
      ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ],
  })
}

/** By the way the provider lists; where it lists none, the standard's is Basic. */
function secretAsAsked(secret: string): client.ClientAuth {
  const [inBody, inHeader] = [client.ClientSecretPost(secret), client.ClientSecretBasic(secret)]
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? []
    return (ways.includes('client_secret_post') ? inBody : inHeader)(server, ...rest)
  }
}

/** Many providers give groups only to whoever asks for a scope of that name. */
function scopeAt(config: client.Configuration, { groupsClaim }: SingleSignOnSettings): string {
  const isScope = config.serverMetadata().scopes_supported?.includes(groupsClaim) ?? false
  return `openid email profile${isScope ? ` ${groupsClaim}` : ''}`
}

function needed({ groupsClaim, rolesByGroup }: SingleSignOnSettings): readonly string[] {
  return ['email', 'email_verified', ...(rolesByGroup.size > 0 ? [groupsClaim] : [])]
}

/**
 * An address, and the word that it is theirs, from one answer: what one answer vouches for need not be
 * the address in the other.
 */
function addressIn(token: Claims, more: Claims): Claims {
  const isWhole = token['email'] !== undefined && token['email_verified'] !== undefined
  const said = isWhole || more['email'] === undefined ? token : more
  return { email: said['email'], email_verified: said['email_verified'] }
}

type Claims = Readonly<Record<string, unknown>>

const identityClaims = z.object({
  iss: z.string().max(500),
  sub: z
    .string()
    .max(500)
    .regex(/^\P{Cc}+$/u),
})
const emailIn = z.email().max(254)
const nameIn = z.string().transform((text) => text.trim().slice(0, nameLengthMax).toWellFormed())
const groupsIn = z.union([
  z.array(z.unknown()).transform((all) => all.filter((one) => typeof one === 'string')),
  z.string().transform((one) => [one]),
])

/** Without an issuer and a subject it is nobody's; whatever else is odd or missing counts as not said. */
function identityIn(claims: Claims, groupsClaim: string): ProvidedIdentity {
  const read = identityClaims.safeParse(claims)
  if (!read.success) throw new SignOnFault('sso_failed', 'the identity cannot be read')
  const called = changeNameInput.safeParse({ name: nameIn.safeParse(claims['name']).data })
  const isVerified = claims['email_verified']
  return {
    issuer: read.data.iss,
    subject: read.data.sub,
    email: emailIn.safeParse(claims['email']).data ?? null,
    isEmailVerified: isVerified === true || isVerified === 'true',
    name: called.data?.name ?? null,
    groups: groupsIn.safeParse(claims[groupsClaim]).data ?? [],
  }
}
