/** Full jitter: anywhere between nothing and base × 2^n, so that many callers do not return as one. */
export function fullJitterMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1))
  return Math.floor(random() * ceiling)
}

const firstBackoffMs = 500
const longestBackoffMs = 30_000

/**
 * Reads `Retry-After`, seconds or an HTTP date, as milliseconds from `now`.
 * Null when missing or unreadable; never more than an hour, so that one odd answer cannot stop Desk.
 */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null
  const text = header.trim()
  const wait = /^\d{1,10}$/.test(text) ? Number(text) * 1000 : untilHttpDate(text, now)
  return wait === null ? null : Math.min(longestRetryAfterMs, Math.max(0, wait))
}

const longestRetryAfterMs = 3_600_000

function untilHttpDate(text: string, now: Date): number | null {
  if (!/^[A-Za-z]{3,9}, .* GMT$/.test(text)) return null
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? null : instant - now.getTime()
}
