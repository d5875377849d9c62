import type { Random } from '../state/random.ts'

const HOUR_MS = 3_600_000
const DAYS = 396
/** The quiet end of the history; the newest payments are laid by hand. */
const QUIET_MS = 30 * 60_000

/** Share of a day's payments by hour, UTC: a European shop with an evening peak. */
const hours = [
  2.2, 1.5, 1.1, 0.9, 0.9, 1.2, 2, 3.2, 4.3, 5, 5.4, 5.7, 6, 5.6, 5.2, 5.1, 5.3, 5.9, 6.6, 7.2, 7,
  5.8, 4.4, 3.1,
] as const
/** From Sunday. */
const weekdays = [0.86, 1.02, 1, 0.98, 1.04, 1.16, 1.08] as const

/** Two campaigns: days before the end, length in days, how many times the usual traffic. */
const campaigns = [
  { daysAgo: 352, days: 4, factor: 3.4 },
  { daysAgo: 118, days: 6, factor: 2.3 },
] as const

/** `count` instants over the thirteen months before `anchor`, oldest first, in the rhythm of a growing shop. */
export function arrivalTimes(random: Random, anchor: number, count: number): number[] {
  const end = anchor - QUIET_MS
  const start = end - DAYS * 24 * HOUR_MS
  const slots = DAYS * 24
  const weights = Array.from({ length: slots }, (_, slot) => weightAt(start + slot * HOUR_MS, end))
  const total = weights.reduce((sum, weight) => sum + weight, 0)

  const times: number[] = []
  let slot = 0
  let passed = 0
  for (let index = 0; index < count; index += 1) {
    const target = ((index + random.fraction()) / count) * total
    while (slot < slots - 1 && passed + (weights[slot] ?? 0) < target) {
      passed += weights[slot] ?? 0
      slot += 1
    }
    const into = Math.min((target - passed) / (weights[slot] ?? 1), 1)
    times.push(Math.floor(start + (slot + Math.max(into, 0)) * HOUR_MS))
  }
  return times
}

function weightAt(at: number, end: number): number {
  const when = new Date(at)
  const daysAgo = (end - at) / (24 * HOUR_MS)
  const growth = 1.9 - (0.9 * daysAgo) / DAYS
  const campaign = campaigns.find(
    (one) => daysAgo <= one.daysAgo && daysAgo > one.daysAgo - one.days,
  )
  return (
    (hours[when.getUTCHours()] ?? 1) *
    (weekdays[when.getUTCDay()] ?? 1) *
    growth *
    (campaign?.factor ?? 1)
  )
}
