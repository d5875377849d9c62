import { createHmac } from 'node:crypto'

/** hex(HMAC-SHA256(secret as UTF-8, timestamp + "." + raw body)), lower case, no prefix. */
export function signWebhook(secret: string, timestamp: string, rawBody: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${rawBody}`).digest('hex')
}
