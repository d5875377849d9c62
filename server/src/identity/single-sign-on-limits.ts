import type { AuthRequest, Door } from './door.ts'
import { type Bucket, takeAttempt } from './rate-limits.ts'
import { networkBucket } from './sign-in-limits.ts'

const perDeviceMax = 10

/**
 * What a code that the provider is asked about counts against: one attempt could carry any number of
 * made-up codes, and a provider that is flooded in Desk's name shuts Desk out. A browser that somebody
 * signed in with before counts for itself, so that nobody else in its network can hold it back.
 */
export function signOnBuckets(
  { deviceCookie }: Pick<Door, 'deviceCookie'>,
  { headers, address }: Pick<AuthRequest, 'headers' | 'address'>,
): readonly Bucket[] {
  const device = deviceCookie.read(headers)
  return device === null || device === 'forged'
    ? [networkBucket('single-sign-on', address)]
    : [{ kind: 'single-sign-on-device', of: device.value, max: perDeviceMax, onSuccess: 'return' }]
}

/**
 * Whether one more refusal goes into the audit log: anybody can ask for the way back, and a flood must
 * not become an entry a request. Nobody is held back by this count.
 */
export async function isRefusalTold(
  { db, now }: Pick<Door, 'db' | 'now'>,
  { address }: Pick<AuthRequest, 'address'>,
): Promise<boolean> {
  return (await takeAttempt(db, [networkBucket('single-sign-on-refused', address)], now())) === null
}
