import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseCookies } from 'better-auth/cookies'
import { derivedKey } from '../kernel/sealed.ts'

/** One cookie of Desk: its name, its attributes and the key that signs it. */
export interface SignedCookie {
  readonly name: string
  /** The `Set-Cookie` line that hands this value to the browser. */
  set(value: string, maxAgeSeconds?: number): string
  /** The `Set-Cookie` line that takes it away. */
  clear(): string
  /** What the browser showed: the value, null for none, or `forged` where the signature is not ours. */
  read(headers: Headers): { readonly value: string } | 'forged' | null
}

/**
 * Behind TLS the name is `__Host-`: a neighbouring subdomain can then not plant a cookie of that name.
 * Browsers refuse that prefix on plain http, where Desk serves loopback only.
 */
export function signedCookie(
  name: string,
  publicUrl: URL,
  encryptionKey: string | Uint8Array,
): SignedCookie {
  const isSecure = publicUrl.protocol === 'https:'
  const fullName = isSecure ? `__Host-${name}` : name
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  const key = derivedKey(encryptionKey, `desk cookie ${name} v1`)
  const signatureOf = (value: string) => createHmac('sha256', key).update(value).digest()
  return {
    name: fullName,
    set(value, maxAgeSeconds) {
      const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`
      return `${fullName}=${value}.${signatureOf(value).toString('base64url')}${age}; ${attributes}`
    },
    clear: () => `${fullName}=; Max-Age=0; ${attributes}`,
    read(headers) {
      const text = parseCookies(headers.get('cookie') ?? '').get(fullName)
      if (!text) return null
      const dot = text.lastIndexOf('.')
      const value = text.slice(0, Math.max(dot, 0))
      const presented = Buffer.from(text.slice(dot + 1), 'base64url')
      const expected = signatureOf(value)
      const isOurs = presented.length === expected.length && timingSafeEqual(presented, expected)
      return isOurs && value !== '' ? { value } : 'forged'
    },
  }
}
