import type { Db } from '../database.ts'
import { type Bucket, networkOf, takeAttempt } from './rate-limits.ts'

/** Who knocks: `account` is what they say they are, `device` the browser, where it signed in as that before. */
export interface Knocker {
  readonly account: string
  readonly device: string | null
  readonly address: string
}

const perAccountMax = 10
/** For those who knock from many networks at once. */
const perAccountEverywhereMax = 50
const perNetworkMax = 50

/**
 * What an attempt counts against. A browser that this person has signed in with before has a count of
 * its own: strangers, however many, cannot lock the owner out of it. Strangers count together by
 * network, and over all networks.
 * Cf. OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
 */
export function attemptBuckets(
  kind: string,
  { account, device, address }: Knocker,
): readonly Bucket[] {
  const max = perAccountMax
  const onSuccess = 'clear'
  if (device !== null) {
    return [{ kind: `${kind}-device`, of: `${account} ${device}`, max, onSuccess }]
  }
  return [
    { kind: `${kind}-network-account`, of: `${networkOf(address)} ${account}`, max, onSuccess },
    { kind: `${kind}-account`, of: account, max: perAccountEverywhereMax, onSuccess },
    networkBucket(kind, address),
  ]
}

const heldBackEntriesMax = 10

/**
 * Whether one more attempt that is held back goes into the audit log: the first ten of a network in a
 * quarter of an hour do, since a flood must not become an entry a request.
 */
export async function isHeldBackTold(
  { db, now }: { readonly db: Db; readonly now: () => Date },
  { kind, address }: { readonly kind: string; readonly address: string },
): Promise<boolean> {
  const told = {
    kind: `${kind}-held-back`,
    of: networkOf(address),
    max: heldBackEntriesMax,
    onSuccess: 'return',
  } as const
  return (await takeAttempt(db, [told], now())) === null
}

/** For what no account stands behind yet, such as the token of an invitation. */
export function networkBucket(kind: string, address: string): Bucket {
  return {
    kind: `${kind}-network`,
    of: networkOf(address),
    max: perNetworkMax,
    onSuccess: 'return',
  }
}
