import { SETTLED_AFTER_MS } from '@desk/shared/drift/drift-limits'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { Sides } from './announcements.ts'
import {
  type DriftCase,
  type DriftFindings,
  type FoundDrift,
  laterBy,
  NOT_FOUND,
  type SourceWord,
  stageOf,
  wordOf,
} from './drift-case.ts'

/**
 * Where the two sides, or one side and itself, say things that cannot both be so. An answer of the API
 * counts against a webhook only if it was given a while after it.
 */
export function contradictions(told: DriftCase, sides: Sides, nowMs: number): DriftFindings {
  const unknown = unknownToApi(told, sides)
  const denied = unknown.length > 0 ? [] : deniedByApi(told, sides)
  const deniedWords = new Set(denied.map(({ drift }) => drift.one?.observationId))
  const claims = [...unknown, ...denied]
  const waiting = claims.filter(({ isSettled }) => !isSettled)
  const found = [
    ...claims.filter(({ isSettled }) => isSettled).map(({ drift }) => drift),
    ...differentAmounts(told, sides),
    ...backwards(told, sides.answers, sides),
    ...backwards(
      told,
      sides.webhooks.filter(({ observationId }) => !deniedWords.has(observationId)),
      sides,
    ),
  ]
  const lookAt = waiting.map(({ settledFrom }) =>
    // The API may not have been asked by then: look again until it was.
    Date.parse(settledFrom) > nowMs
      ? settledFrom
      : new Date(nowMs + SETTLED_AFTER_MS).toISOString(),
  )
  return {
    found,
    lookAgainAt: lookAt.toSorted()[0] ?? null,
    asksApi: waiting.length > 0 || found.some(({ isOver }) => !isOver),
  }
}

interface Claim {
  readonly drift: FoundDrift
  /** Whether the API was asked late enough to know. */
  readonly isSettled: boolean
  readonly settledFrom: string
}

function unknownToApi(told: DriftCase, { webhooks, answers, missing }: Sides): Claim[] {
  const newestAnswer = answers.at(-1)
  const known = webhooks.at(-1) ?? newestAnswer
  if (!missing || !known || (newestAnswer && newestAnswer.occurredAt > missing.occurredAt))
    return []
  return [
    claimOf(told, known, {
      topic: 'unknown',
      kind: 'unknown_to_api',
      status: null,
      isOver: false,
      fact: NOT_FOUND,
      since: missing.occurredAt,
      stakeCents: told.amountCents,
      one: wordOf(known),
      other: wordOf(missing),
    }),
  ]
}

/** What webhooks said and the API, asked after them, never did. */
function deniedByApi(told: DriftCase, { webhooks, answers }: Sides): Claim[] {
  const answer = answers.at(-1)
  if (!answer) return []
  const admitted = new Set(answers.map(({ status }) => status))
  return webhooks
    .filter(({ status }) => !admitted.has(status) && isBeyond(status, answer.status))
    .map((word) =>
      claimOf(told, word, {
        topic: `said ${word.status}`,
        kind: 'status_differs',
        status: word.status,
        isOver: false,
        fact: `${word.status} against ${answer.status}`,
        since: word.occurredAt,
        stakeCents: told.amountCents,
        one: wordOf(word),
        other: wordOf(answer),
      }),
    )
    .filter(
      (claim, index, all) =>
        all.findIndex(({ drift }) => drift.topic === claim.drift.topic) === index,
    )
}

function isBeyond(status: string, answered: string): boolean {
  const ahead = stageOf(status) - stageOf(answered)
  return ahead > 0 || (ahead === 0 && stageOf(status) === 2 && status !== answered)
}

function claimOf({ apiReadAt, words }: DriftCase, word: SourceWord, drift: FoundDrift): Claim {
  const isFinal = stageOf(drift.other?.status ?? '') === 2
  const settledFrom = laterBy(word.learnedAt, isFinal ? 0 : SETTLED_AFTER_MS)
  const answeredAt = words
    .filter(({ source }) => source === 'api')
    .map(({ occurredAt }) => occurredAt)
    .concat(apiReadAt ?? [])
    .toSorted()
    .at(-1)
  return { drift, settledFrom, isSettled: answeredAt !== undefined && answeredAt >= settledFrom }
}

/** What a webhook says the payment is worth, against the API's newest word for it. */
function differentAmounts(told: DriftCase, { webhooks, answers }: Sides): FoundDrift[] {
  const newest = new Map(webhooks.map((word) => [word.status, word]))
  return [...newest.values()].flatMap((word) => {
    const answer = isOpenAmount(told)
      ? answers.findLast(({ status }) => status === word.status)
      : answers.at(-1)
    const difference = answer ? differenceOf(told, word, answer) : 0
    if (!answer || difference === 0) return []
    return [
      {
        topic: `amount ${word.status}`,
        kind: 'amount_differs',
        status: word.status,
        isOver: false,
        fact: `${word.amountCents} against ${answer.amountCents}`,
        since: word.occurredAt,
        stakeCents: amountCents.parse(difference),
        one: wordOf(word),
        other: wordOf(answer),
      },
    ]
  })
}

/** A deposit is worth what comes: until then it is told as 0, and that is no amount. */
function isOpenAmount({ type }: DriftCase): boolean {
  return type === 'deposit'
}

function differenceOf(told: DriftCase, word: SourceWord, answer: SourceWord): number {
  const [said, answered] = [word.amountCents, answer.amountCents]
  if (said === null || answered === null) return 0
  if (isOpenAmount(told) && (said === 0 || answered === 0)) return 0
  return Math.abs(said - answered)
}

/** Where one source first said that it was further along, or over, and then something else. */
function backwards(told: DriftCase, words: readonly SourceWord[], sides: Sides): FoundDrift[] {
  const now = sides.answers.at(-1)?.status ?? null
  const found = new Map<string, FoundDrift>()
  let furthest: SourceWord | undefined
  for (const word of words) {
    if (furthest && leaves(furthest.status, word.status)) {
      const topic = `${word.source} from ${furthest.status} to ${word.status}`
      found.set(topic, {
        topic,
        kind: 'went_backwards',
        status: word.status,
        isOver: isBack(furthest.status, now),
        fact: topic,
        since: word.occurredAt,
        stakeCents: told.amountCents,
        one: wordOf(furthest),
        other: wordOf(word),
      })
    }
    if (!furthest || stageOf(word.status) >= stageOf(furthest.status)) furthest = word
  }
  return [...found.values()]
}

function leaves(from: string, to: string): boolean {
  return isBeyond(from, to)
}

/** The API says again what it was, or that it went on from there. */
function isBack(from: string, now: string | null): boolean {
  return now !== null && (now === from || (stageOf(from) < 2 && stageOf(now) > stageOf(from)))
}
