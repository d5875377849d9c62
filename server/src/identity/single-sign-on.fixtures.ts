import { createSign, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Provider } from 'oidc-provider'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import { testDatabase } from '../testing/test-database.ts'
import type { Auth } from './auth.ts'
import { doorOf, PUBLIC_URL } from './identity.fixtures.ts'

export interface ProviderAccount {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: readonly string[]
}

export const NOOR = 'noor@shop.example'
export const noor: ProviderAccount = {
  email: NOOR,
  email_verified: true,
  name: 'Noor',
  groups: ['clerks'],
}
export const groupsGiveRoles = new Map<string, readonly Role[]>([
  ['clerks', ['support']],
  ['treasury', ['finance', 'approver']],
  ['bosses', ['admin']],
])

const callback = new URL('/api/auth/sso/callback', PUBLIC_URL)
const client = { id: 'desk', secret: 'a secret of a provider in a test' }

interface Seat {
  subject: string
  refuses: boolean
  /** Changes the claims of an identity token after the provider made it. */
  bend: Bend | null
  userInfoCalls: number
  tokenCalls: number
}

export interface Bend {
  readonly claims: (claims: Record<string, unknown>) => Record<string, unknown>
  /** False leaves the signature of what was there before. */
  readonly isSigned: boolean
}

/** A real OpenID provider on this machine. Whoever has the `seat` is signed in there without a question. */
export async function startProvider() {
  const accounts = new Map<string, ProviderAccount>()
  const seat: Seat = {
    subject: 'nobody',
    refuses: false,
    bend: null,
    userInfoCalls: 0,
    tokenCalls: 0,
  }
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const provider = providerAt(issuer, accounts, seat)
  const answer = provider.callback()
  const settle = async (request: IncomingMessage, response: ServerResponse) => {
    await provider.interactionFinished(
      request,
      response,
      seat.refuses
        ? { error: 'access_denied', error_description: 'canary of the provider' }
        : { login: { accountId: seat.subject } },
    )
  }
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) void settle(request, response)
    else void answer(request, response)
  })
  const settings: SingleSignOnSettings = {
    issuer: new URL(issuer),
    clientId: client.id,
    clientSecret: client.secret,
    label: 'the test',
    groupsClaim: 'groups',
    rolesByGroup: new Map(),
  }
  const stop = async () => {
    if (!server.listening) return
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  /** At the same address. */
  const startAgain = async () => {
    server.listen(Number(new URL(issuer).port), '127.0.0.1')
    await once(server, 'listening')
  }
  return { settings, accounts, seat, stop, startAgain, [Symbol.asyncDispose]: stop }
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

function providerAt(
  issuer: string,
  accounts: ReadonlyMap<string, ProviderAccount>,
  seat: Seat,
): Provider {
  const provider = new Provider(issuer, {
    clients: [
      { client_id: client.id, client_secret: client.secret, redirect_uris: [callback.href] },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kty: 'RSA', kid: 'one' }] },
    pkce: { required: () => true },
    scopes: ['openid', 'groups'],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name'],
      groups: ['groups'],
    },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of a test'] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...accounts.get(sub) }),
    }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    // Nobody is asked for consent: the shop's provider has given it for all.
    async loadExistingGrant({ oidc }) {
      const known = oidc.client && oidc.session?.grantIdFor(oidc.client.clientId)
      if (known) return oidc.provider.Grant.find(known)
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      })
      grant.addOIDCScope('openid email profile groups')
      await grant.save()
      return grant
    },
  })
  provider.use(async (context, next) => {
    await next()
    if (context.path === '/me') seat.userInfoCalls += 1
    if (context.path === '/token') seat.tokenCalls += 1
    if (context.path !== '/token' || !seat.bend) return
    const body = tokenAnswer.parse(context.body)
    context.body = { ...body, id_token: bent(body.id_token, seat.bend) }
  })
  return provider
}

const tokenAnswer = z.looseObject({ id_token: z.string() })
const jsonObject = z.record(z.string(), z.unknown())

function bent(token: string, { claims, isSigned }: Bend): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const before = jsonObject.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  const after = Buffer.from(JSON.stringify(claims(before))).toString('base64url')
  const signed = createSign('sha256').update(`${header}.${after}`).sign(privateKey, 'base64url')
  return `${header}.${after}.${isSigned ? signed : signature}`
}

/** A Desk of its own whose people sign in through this provider. */
export async function deskAt(
  { settings }: { readonly settings: SingleSignOnSettings },
  { rolesByGroup = settings.rolesByGroup, passwordSignIn = true }: DeskChanges = {},
) {
  const database = await testDatabase()
  const singleSignOn = { ...settings, rolesByGroup }
  const door = doorOf(database.db, { singleSignOn, passwordSignIn })
  return {
    ...door,
    database,
    db: database.db,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

interface DeskChanges {
  readonly rolesByGroup?: SingleSignOnSettings['rolesByGroup']
  readonly passwordSignIn?: boolean
}

/** What one browser does, hop by hop. `bend` changes the address on the way to the provider. */
export function browserAt(auth: Auth, goingTo = '/payments?status=failed') {
  const deskCookies = new Map<string, string>()
  const providerCookies = new Map<string, string>()
  const askDesk = async (path: string): Promise<Response> => {
    const response = await auth.handler(
      new Request(new URL(path, PUBLIC_URL), { headers: { cookie: headerOf(deskCookies) } }),
      { address: '203.0.113.7', requestId: 'req-3' },
    )
    keep(deskCookies, response)
    return response
  }
  /** To the provider and back to the door of Desk, but not through it. */
  const toProviderAndBack = async (bend: (url: URL) => void = () => {}): Promise<URL> => {
    const returnTo = encodeURIComponent(goingTo)
    let at = new URL(locationOf(await askDesk(`/api/auth/sso/start?returnTo=${returnTo}`)))
    bend(at)
    for (let hop = 0; hop < 10; hop += 1) {
      const response = await fetch(at, {
        redirect: 'manual',
        headers: { cookie: headerOf(providerCookies) },
      })
      keep(providerCookies, response)
      at = new URL(locationOf(response), at)
      if (at.origin === PUBLIC_URL.origin) return at
    }
    throw new Error('The provider leads nowhere.')
  }
  /** Through the door: where it leads. */
  const enter = async (at: URL): Promise<string> =>
    locationOf(await askDesk(`${at.pathname}${at.search}`))
  return {
    /** Desk's own cookies of this browser. */
    cookie: () => headerOf(deskCookies),
    /** A browser with the same cookies, as whoever copied them has. */
    copy: () => {
      const other = browserAt(auth, goingTo)
      other.plant(deskCookies)
      return other
    },
    plant: (cookies: ReadonlyMap<string, string>) => {
      for (const [name, value] of cookies) deskCookies.set(name, value)
    },
    askDesk,
    toProviderAndBack,
    enter,
    signIn: async (bend?: (url: URL) => void) => enter(await toProviderAndBack(bend)),
  }
}

function keep(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    const isGone = /max-age=0/i.test(line) || /expires=thu, 01 jan 1970/i.test(line)
    if (isGone) jar.delete(name)
    else jar.set(name, pair.slice(at + 1))
  }
}

function headerOf(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
}

function locationOf(response: Response): string {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`No redirect but ${response.status}.`)
  return location
}
