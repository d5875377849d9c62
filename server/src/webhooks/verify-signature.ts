import { createHmac, hash, timingSafeEqual } from 'node:crypto'

/** Header names in lower case, as Node gives them. */
export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export interface SignedDelivery {
  readonly headers: WebhookHeaders
  /** Exactly the bytes that came: any re-serialisation would break the signature. */
  readonly body: Buffer
}

export interface SignatureRules {
  /** Every secret that is live now: the current one and, while rotating, the one before. */
  readonly secrets: readonly string[]
  /** How far the timestamp may be from `now`, either way. */
  readonly toleranceSeconds: number
  readonly now: Date
}

export type SignatureCheck =
  | {
      readonly ok: true
      /** Names the secret without revealing it. */
      readonly secretId: string
      readonly timestamp: string
      readonly sentAt: Date
      readonly signature: string
    }
  | {
      readonly ok: false
      readonly verdict: 'invalid_signature' | 'stale_timestamp' | 'unknown_secret'
      /** For people; holds neither secrets nor what would have been right. */
      readonly reason: string
    }

/**
 * Whether SpacePay signed this delivery just now: hex HMAC-SHA256 over `timestamp + "." + body`,
 * the timestamp exactly as its header spells it. Every live secret is tried in constant time.
 */
export function verifySignature(delivery: SignedDelivery, rules: SignatureRules): SignatureCheck {
  const signature = onlyHeader(delivery.headers, 'x-spacepay-signature')
  const timestamp = onlyHeader(delivery.headers, 'x-spacepay-timestamp')
  if (signature === null) return invalid('The signature header is missing or repeated.')
  if (timestamp === null) return invalid('The timestamp header is missing or repeated.')
  if (!/^[0-9a-f]{64}$/i.test(signature)) return invalid('The signature is not 64 hex digits.')
  // Everybody can sign with an empty secret.
  const secrets = rules.secrets.filter((secret) => secret !== '')
  if (secrets.length === 0) {
    return { ok: false, verdict: 'unknown_secret', reason: 'Desk has no webhook secret.' }
  }

  const given = Buffer.from(signature, 'hex')
  const matching = secrets.filter((secret) =>
    timingSafeEqual(given, hmacOf(secret, timestamp, delivery.body)),
  )
  const [secret] = matching
  if (secret === undefined) {
    return invalid('No live secret makes this signature of these bytes.')
  }

  const sentAt = readTimestamp(timestamp)
  if (sentAt === null) return stale('The timestamp cannot be read.')
  const offMs = Math.abs(rules.now.getTime() - sentAt.getTime())
  if (offMs > rules.toleranceSeconds * 1000) {
    return stale(`The timestamp is ${Math.round(offMs / 1000)} seconds off.`)
  }
  return { ok: true, secretId: secretIdOf(secret), timestamp, sentAt, signature }
}

/** The header's value when it was sent exactly once, else null. */
export function onlyHeader(headers: WebhookHeaders, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}

/** A short hash, to count which secret is still in use. */
export function secretIdOf(secret: string): string {
  return hash('sha256', secret).slice(0, 12)
}

function hmacOf(secret: string, timestamp: string, body: Buffer): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest()
}

/** The format is not documented: seconds, milliseconds and ISO 8601 are read. */
export function readTimestamp(text: string): Date | null {
  if (/^\d{10}$/.test(text)) return new Date(Number(text) * 1000)
  if (/^\d{13}$/.test(text)) return new Date(Number(text))
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return null
  const instant = new Date(text)
  return Number.isNaN(instant.getTime()) ? null : instant
}

function invalid(reason: string): SignatureCheck {
  return { ok: false, verdict: 'invalid_signature', reason }
}

function stale(reason: string): SignatureCheck {
  return { ok: false, verdict: 'stale_timestamp', reason }
}
