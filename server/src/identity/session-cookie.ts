import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { parseCookies } from 'better-auth/cookies'

/** How the browser carries a session: the cookie's name, its attributes and the key that signs it. */
export interface SessionCookie {
  readonly name: string
  readonly secure: boolean
  readonly secret: string
}

/**
 * Behind TLS the name is `__Host-`: a neighbouring subdomain can then not plant a cookie of that name.
 * Browsers refuse that prefix on plain http, where Desk serves loopback only.
 */
export function sessionCookie(publicUrl: URL, encryptionKey: string | Uint8Array): SessionCookie {
  const secure = publicUrl.protocol === 'https:'
  return {
    name: secure ? '__Host-desk_session' : 'desk_session',
    secure,
    secret: Buffer.from(
      hkdfSync('sha256', encryptionKey, '', 'desk session cookie v1', 32),
    ).toString('base64url'),
  }
}

/** The session token in the request's cookie, or null where there is none or the signature is not ours. */
export function sessionTokenOf(headers: Headers, cookie: SessionCookie): string | null {
  const value = parseCookies(headers.get('cookie') ?? '').get(cookie.name)
  if (!value) return null
  const dot = value.lastIndexOf('.')
  if (dot < 1) return null
  const token = value.slice(0, dot)
  const expected = createHmac('sha256', cookie.secret).update(token).digest()
  const presented = Buffer.from(value.slice(dot + 1), 'base64')
  if (presented.length !== expected.length || !timingSafeEqual(presented, expected)) return null
  return token
}
