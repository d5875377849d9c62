import * as z from 'zod'
import { safeReturnPath } from '@desk/shared/identity/return-path'
import { sealerFor } from '../kernel/sealed.ts'
import type { Door } from './door.ts'
import type { SignOnAttempt } from './single-sign-on-provider.ts'
import { signedCookie } from './signed-cookie.ts'

const attemptSeconds = 10 * 60
/** Tabs of one browser. With the longest way back each, they fit into the 4 kB of a cookie. */
const attemptsMax = 3
const returnPathLengthMax = 600
const holder = 'browser'

/** An attempt under way, and where it leads when it succeeds. */
export type KeptAttempt = z.infer<typeof keptAttempt>

/** Holds attempts, sealed, in the browser that began them and in no other, for ten minutes. */
export interface AttemptKeeper {
  /** The `Set-Cookie` line that adds this attempt to those of the browser's other tabs. */
  keep(headers: Headers, attempt: SignOnAttempt & Way): string
  /** The attempt of this state, and the line that takes it alone away: it counts once. */
  take(headers: Headers, state: string | null, now: Date): Taken | null
}

interface Way {
  /** Whatever the address said: a path of Desk, or the first screen is meant. */
  readonly returnTo: string | null
  readonly now: Date
}

interface Taken {
  readonly attempt: KeptAttempt
  readonly cookie: string
}

const keptAttempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  until: z.number(),
})
const keptAttempts = z.array(keptAttempt)

export function attemptKeeper({
  publicUrl,
  encryptionKey,
}: Pick<Door, 'publicUrl' | 'encryptionKey'>): AttemptKeeper {
  const cookie = signedCookie('desk_sso', publicUrl, encryptionKey)
  const sealer = sealerFor(encryptionKey, 'single sign-on attempt')
  const read = (headers: Headers, now: Date): KeptAttempt[] => {
    const shown = cookie.read(headers)
    if (shown === null || shown === 'forged') return []
    const kept = keptAttempts.parse(JSON.parse(sealer.open(shown.value, holder)))
    return kept.filter(({ until }) => until > now.getTime())
  }
  const write = (attempts: readonly KeptAttempt[]) =>
    attempts.length === 0
      ? cookie.clear()
      : cookie.set(sealer.seal(JSON.stringify(attempts), holder), attemptSeconds)
  return {
    keep(headers, { returnTo, now, ...attempt }) {
      const until = now.getTime() + attemptSeconds * 1_000
      const added = { ...attempt, returnTo: wayBack(returnTo), until }
      return write([...read(headers, now), added].slice(-attemptsMax))
    },
    take(headers, state, now) {
      const open = read(headers, now)
      const attempt = open.find((one) => one.state === state)
      return attempt ? { attempt, cookie: write(open.filter((one) => one !== attempt)) } : null
    },
  }
}

/** In the letters that a header can hold, and short enough for the cookie. */
function wayBack(returnTo: string | null): string {
  const path = safeReturnPath(returnTo).replaceAll(/[^\x21-\x7e]/gu, encodeURIComponent)
  return path.length > returnPathLengthMax ? '/' : path
}
