import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Provider } from 'oidc-provider'
import type { SingleSignOnSettings } from '../env/single-sign-on.ts'
import type { Auth } from './auth.ts'
import { PUBLIC_URL } from './identity.fixtures.ts'

export interface ProviderAccount {
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
  readonly groups: string[]
}

const callback = new URL('/api/auth/sso/callback', PUBLIC_URL)
const client = { id: 'desk', secret: 'a secret of a provider in a test' }

/** A real OpenID provider on this machine. Whoever has the `seat` is signed in there without a question. */
export async function startProvider() {
  const accounts = new Map<string, ProviderAccount>()
  const seat = { subject: 'nobody', refuses: false }
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const provider = providerAt(issuer, accounts)
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
  return { settings, accounts, seat, stop, [Symbol.asyncDispose]: stop }
}

function providerAt(issuer: string, accounts: ReadonlyMap<string, ProviderAccount>): Provider {
  return new Provider(issuer, {
    clients: [
      { client_id: client.id, client_secret: client.secret, redirect_uris: [callback.href] },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of a test'] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...accounts.get(sub) }),
    }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    // Nobody is asked for consent: the shop's provider has given it for all.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
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
