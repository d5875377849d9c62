import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { authRoutes } from '../http/auth-routes.ts'
import { buildHttp } from '../http/build-http.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  actorBehind,
  asCookieHeader,
  doorOf,
  entriesIn,
  giveAuthenticator,
  hire,
  knock,
  PASSWORD,
  PUBLIC_URL,
} from './identity.fixtures.ts'
import { browserAt, deskAt, NOOR, noor, startProvider } from './single-sign-on.fixtures.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.stop())
beforeEach(() => {
  provider.accounts.clear()
  provider.accounts.set('sub-noor', noor)
  Object.assign(provider.seat, { subject: 'sub-noor', refuses: false, bend: null })
})

/** A Desk at which Noor works. */
async function noorsDesk() {
  const place = await deskAt(provider)
  await hire(place.db, NOOR, ['support'])
  return place
}

describe('single sign-on', () => {
  test('still asks for the second factor of whoever has one here', async () => {
    await using place = await noorsDesk()
    await giveAuthenticator(place.db, NOOR)
    const browser = browserAt(place.auth)
    expect(await browser.signIn()).toBe(
      '/sign-in?next=second_factor&returnTo=%2Fpayments%3Fstatus%3Dfailed',
    )
    expect(await actorBehind(place.auth, browser.cookie())).toBeNull()
    expect(browser.cookie()).toContain('desk_sign_in=')
  })

  test.each([
    [
      'another nonce',
      (url: URL) => url.searchParams.set('nonce', 'planted'),
      'sso_mismatch',
      'the nonce of another sign-in',
    ],
    [
      'another state',
      (url: URL) => url.searchParams.set('state', 'planted'),
      'sso_mismatch',
      'begun in another browser, or too long ago',
    ],
    [
      'the challenge of another verifier',
      (url: URL) => url.searchParams.set('code_challenge', 'A'.repeat(43)),
      'sso_failed',
      'the provider said invalid_grant',
    ],
    [
      'no challenge',
      (url: URL) => url.searchParams.delete('code_challenge'),
      'sso_failed',
      'the provider said invalid_request',
    ],
  ])('refuses a way back with %s', async (_case, bend, code, reason) => {
    await using place = await noorsDesk()
    const browser = browserAt(place.auth)
    expect(await browser.signIn(bend)).toBe(`/sign-in?fault=${code}`)
    expect(await actorBehind(place.auth, browser.cookie())).toBeNull()
    expect(await entriesIn(place.db)).toEqual([
      `session.sign_in refused: single sign-on: ${reason}`,
    ])
  })

  const misfit = 'the answer of the provider does not fit'
  test.each([
    ['for another audience', { aud: 'another client' }, true, 'JWT_CLAIM_COMPARISON_FAILED'],
    ['of another issuer', { iss: 'https://evil.example' }, true, 'JWT_CLAIM_COMPARISON_FAILED'],
    ['that has expired', { exp: 1_000_000_000 }, true, 'JWT_TIMESTAMP_CHECK_FAILED'],
    ['that somebody else signed', { sub: 'sub-boss' }, false, 'INVALID_RESPONSE'],
  ])('refuses an identity %s', async (_case, change, isSigned, why) => {
    await using place = await noorsDesk()
    provider.seat.bend = { claims: (claims) => ({ ...claims, ...change }), isSigned }
    const browser = browserAt(place.auth)
    expect(await browser.signIn()).toBe('/sign-in?fault=sso_failed')
    expect(await actorBehind(place.auth, browser.cookie())).toBeNull()
    expect(await entriesIn(place.db)).toEqual([
      `session.sign_in refused: single sign-on: ${misfit}: OAUTH_${why}`,
    ])
  })

  test('takes an identity that was signed anew without a change', async () => {
    await using place = await noorsDesk()
    provider.seat.bend = { claims: (claims) => claims, isSigned: true }
    expect(await browserAt(place.auth).signIn()).toBe('/payments?status=failed')
  })

  test('takes the way back of the browser that began it, once', async () => {
    await using place = await noorsDesk()
    const browser = browserAt(place.auth)
    const back = await browser.toProviderAndBack()
    const thief = browserAt(place.auth)
    expect(await thief.enter(back)).toBe('/sign-in?fault=sso_mismatch')
    await thief.toProviderAndBack()
    expect(await thief.enter(back)).toBe('/sign-in?fault=sso_mismatch')

    const copy = browser.copy()
    expect(await browser.enter(back)).toBe('/payments?status=failed')
    expect(await browser.enter(back)).toBe('/sign-in?fault=sso_mismatch')
    // Even whoever kept the attempt's cookie comes too late: the provider gives nothing twice.
    expect(await copy.enter(back)).toBe('/sign-in?fault=sso_failed')
    expect(await actorBehind(place.auth, copy.cookie())).toBeNull()
  })

  test.each([
    ['first tab', 0],
    ['second tab', 1],
  ])('of two tabs both get in, the %s before the other', async (_case, first) => {
    await using place = await noorsDesk()
    const browser = browserAt(place.auth)
    const backs = [await browser.toProviderAndBack(), await browser.toProviderAndBack()]
    for (const back of first === 0 ? backs : backs.toReversed()) {
      expect(await browser.enter(back)).toBe('/payments?status=failed')
    }
    expect(await actorBehind(place.auth, browser.cookie())).not.toBeNull()
    expect(browser.cookie()).not.toContain('desk_sso')
  })

  test('that a stranger led here cancels none of the attempts under way', async () => {
    await using place = await noorsDesk()
    const browser = browserAt(place.auth)
    const back = await browser.toProviderAndBack()
    const planted = new URL('/api/auth/sso/callback?code=planted&state=planted', back)
    expect(await browser.enter(planted)).toBe('/sign-in?fault=sso_mismatch')
    expect(await browser.enter(back)).toBe('/payments?status=failed')
  })

  test('is over after ten minutes', async () => {
    await using place = await noorsDesk()
    const browser = browserAt(place.auth)
    const back = await browser.toProviderAndBack()
    place.clock.now = new Date(place.clock.now.getTime() + 10 * 60_000)
    expect(await browser.enter(back)).toBe('/sign-in?fault=sso_mismatch')
  })

  test('keeps the attempt in a cookie that scripts and other sites never see, and nobody can read', async () => {
    await using place = await noorsDesk()
    const start = await browserAt(place.auth).askDesk('/api/auth/sso/start?returnTo=/audit')
    expect(start.headers.get('cache-control')).toBe('no-store')
    const [cookie = '', ...others] = start.headers.getSetCookie()
    expect(others).toEqual([])
    expect(cookie).toMatch(
      /^__Host-desk_sso=v1\.[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )
    const sealed = cookie.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    expect(sealed.join()).not.toContain('/audit')
  })

  test('answers a plain link from any page, but no look ahead at it', async () => {
    await using place = await noorsDesk()
    const options = { log: pino({ level: 'silent' }), publicUrl: PUBLIC_URL, trustedProxies: [] }
    const http = await buildHttp(options)
    authRoutes(http, place.auth)
    const url = '/api/auth/sso/start?returnTo=/audit'
    const headers = { origin: 'https://elsewhere.example' }
    const start = await http.inject({ method: 'GET', url, headers })
    expect(start.statusCode).toBe(302)
    expect(start.headers['cache-control']).toBe('no-store')
    expect(start.headers.location).toMatch(`${provider.settings.issuer.origin}/auth?`)
    expect(start.cookies).toMatchObject([{ name: '__Host-desk_sso', httpOnly: true }])
    // Nobody looks a link up beforehand: that would use up an answer of the provider.
    const looked = await http.inject({ method: 'HEAD', url: '/api/auth/sso/callback?state=x' })
    expect(looked.statusCode).toBe(404)
    expect(await entriesIn(place.db)).toEqual([])
    await http.close()
  })

  test('says when the provider would not, without its words', async () => {
    await using place = await deskAt(provider)
    provider.seat.refuses = true
    const browser = browserAt(place.auth)
    const back = await browser.toProviderAndBack()
    expect(back.href).toContain('canary')
    expect(await browser.enter(back)).toBe('/sign-in?fault=sso_failed')
    expect(await entriesIn(place.db)).toEqual([
      'session.sign_in refused: single sign-on: the provider said access_denied',
    ])
    const log = place.lines.join('')
    expect(log).toContain('the provider said access_denied')
    expect(log).not.toContain('canary')
  })

  test('repeats no error that the standards do not name', async () => {
    await using place = await deskAt(provider)
    const browser = browserAt(place.auth)
    const back = await browser.toProviderAndBack()
    back.searchParams.delete('code')
    back.searchParams.set('error', 'canary')
    expect(await browser.enter(back)).toBe('/sign-in?fault=sso_failed')
    expect(`${place.lines.join('')}${(await entriesIn(place.db)).join('')}`).not.toContain('canary')
  })

  test('asks the provider about fifty made-up codes of a network at most, and writes no more down', async () => {
    await using place = await noorsDesk()
    const known = browserAt(place.auth)
    expect(await known.signIn()).toBe('/payments?status=failed')
    provider.seat.tokenCalls = 0

    const stranger = browserAt(place.auth)
    const back = await stranger.toProviderAndBack()
    const planted = new URL(back)
    planted.searchParams.set('code', 'planted')
    const attempts = Array.from({ length: 60 }, () => stranger.copy().enter(planted))
    const ledTo = await Promise.all(attempts)
    expect(ledTo.filter((to) => to === '/sign-in?fault=sso_failed')).toHaveLength(50)
    expect(ledTo.filter((to) => to === '/sign-in?fault=sso_held_back')).toHaveLength(10)
    expect(provider.seat.tokenCalls).toBe(50)
    const refused = (await entriesIn(place.db)).filter((entry) => entry.includes('refused'))
    expect(refused).toHaveLength(50)

    expect(await known.signIn()).toBe('/payments?status=failed')
    place.clock.now = new Date(place.clock.now.getTime() + 16 * 60_000)
    expect(await browserAt(place.auth).signIn()).toBe('/payments?status=failed')
  })

  test('that nobody answers keeps nobody from signing in by password, and is tried again', async () => {
    await using gone = await startProvider()
    await using place = await deskAt(gone)
    await hire(place.db, NOOR, ['support'])
    await gone.stop()
    const start = () => browserAt(place.auth).askDesk('/api/auth/sso/start')
    expect((await start()).headers.get('location')).toBe('/sign-in?fault=sso_unreachable')
    expect((await knock(place.auth, { email: NOOR })).status).toBe(204)
    expect(await entriesIn(place.db)).toContain(
      'session.sign_in refused: single sign-on: the provider does not answer (ECONNREFUSED)',
    )
    await gone.startAgain()
    expect((await start()).headers.get('location')).toContain(gone.settings.issuer.origin)
  })

  test('that the provider leaves in the middle says so', async () => {
    await using leaving = await startProvider()
    leaving.accounts.set('sub-noor', noor)
    leaving.seat.subject = 'sub-noor'
    await using place = await deskAt(leaving)
    const browser = browserAt(place.auth)
    const back = await browser.toProviderAndBack()
    await leaving.stop()
    expect(await browser.enter(back)).toBe('/sign-in?fault=sso_unreachable')
  })

  test.each([
    ['another host', '//evil.example', '/'],
    ['another address', 'https://evil.example', '/'],
    ['what browsers read as another host', '/\\evil.example', '/'],
    ['the same with a tab in it', '/\t/evil.example', '/'],
    ['the sign-in page', '/sign-in', '/'],
    ['more than a cookie holds', `/payments?q=${'x'.repeat(10_000)}`, '/'],
    ['letters that no header holds', '/payments?q=€ 5', '/payments?q=%E2%82%AC%205'],
  ])('asked to lead back to %s leads to a page of Desk', async (_case, returnTo, leadsTo) => {
    await using place = await noorsDesk()
    expect(await browserAt(place.auth, returnTo).signIn()).toBe(leadsTo)
  })

  test('can be the only way in', async () => {
    await using place = await deskAt(provider, { passwordSignIn: false })
    await hire(place.db, NOOR, ['support'])
    const answer = await knock(place.auth, { email: NOOR, password: PASSWORD })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'password_sign_in_off' })
    expect(asCookieHeader(answer)).toBe('')
    expect(await browserAt(place.auth).signIn()).toBe('/payments?status=failed')
  })

  test('is not there where it is not set up', async () => {
    await using database = await testDatabase()
    const { auth } = doorOf(database.db)
    expect((await browserAt(auth).askDesk('/api/auth/sso/start')).status).toBe(404)
    expect((await browserAt(auth).askDesk('/api/auth/sso/callback?code=x')).status).toBe(404)
  })
})
