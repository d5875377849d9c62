import type { RateLimit } from '../settings.ts'
import { ApiError } from './api-error.ts'

/** Refuses with 429 and `Retry-After` once a key has used up its requests of the sliding window. */
export function createRateLimiter(limit: RateLimit | null) {
  const arrivals = new Map<string, number[]>()
  return {
    admit: (key: string): void => {
      if (limit === null) return
      const now = performance.now()
      const recent = (arrivals.get(key) ?? []).filter((at) => now - at < limit.windowMs)
      arrivals.set(key, recent)
      const [oldest] = recent
      if (oldest !== undefined && recent.length >= limit.requests) {
        const seconds = Math.max(1, Math.ceil((oldest + limit.windowMs - now) / 1_000))
        throw new ApiError(
          { status: 429, type: 'rate_limit_error', code: 'rate_limited' },
          `More than ${limit.requests} requests in ${limit.windowMs / 1_000} seconds.`,
          { headers: { 'Retry-After': String(seconds) } },
        )
      }
      recent.push(now)
    },
  }
}
