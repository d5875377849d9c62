import { NOT_FOUND, type DriftCase, type DriftFindings, inOrder } from './drift-case.ts'
import { announcements } from './announcements.ts'
import { contradictions } from './contradictions.ts'

/**
 * In what the webhooks and the API disagree about one payment at this moment. Everything follows from what
 * was said and when, in whatever order it is given; the same in, the same out.
 */
export function findDrift(told: DriftCase, nowMs: number): DriftFindings {
  const known = told.words.filter(({ status }) => status !== NOT_FOUND)
  const sides = {
    webhooks: inOrder(known.filter(({ source }) => source === 'webhook')),
    answers: inOrder(known.filter(({ source }) => source === 'api')),
    missing: inOrder(told.words.filter(({ status }) => status === NOT_FOUND)).at(-1) ?? null,
  }
  const parts = [announcements(told, sides, nowMs), contradictions(told, sides, nowMs)]
  const looks = parts.flatMap(({ lookAgainAt }) => lookAgainAt ?? [])
  return {
    found: parts.flatMap(({ found }) => found),
    lookAgainAt: looks.toSorted()[0] ?? null,
    asksApi: parts.some(({ asksApi }) => asksApi),
  }
}
