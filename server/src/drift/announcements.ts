import { LATE_AFTER_MS, MISSING_AFTER_MS } from '@desk/shared/drift/drift-limits'
import {
  type DriftCase,
  type DriftFindings,
  type FoundDrift,
  laterBy,
  type SourceWord,
  stageOf,
  wordOf,
} from './drift-case.ts'

/** What each side said, in the order in which it happened, and the API's newest "not found". */
export interface Sides {
  readonly webhooks: readonly SourceWord[]
  readonly answers: readonly SourceWord[]
  readonly missing: SourceWord | null
}

/**
 * Whether every status the payment went through was announced: in time, late, behind a later one, or not
 * at all. One finding for each status at most, so that what is missing and then comes is one story.
 */
export function announcements(told: DriftCase, sides: Sides, nowMs: number): DriftFindings {
  const { announcedSince } = told
  if (announcedSince === null) return nothing
  const judged = statusesOf(told, sides).map((status) => judge(status, { told, sides, nowMs }))
  const looks = judged.flatMap((one) => ('lookAgainAt' in one ? one.lookAgainAt : []))
  return {
    found: judged.flatMap((one) => ('found' in one ? one.found : [])),
    lookAgainAt: looks.toSorted()[0] ?? null,
    asksApi: false,
  }
}

const nothing: DriftFindings = { found: [], lookAgainAt: null, asksApi: false }

type Judged = { readonly found: FoundDrift } | { readonly lookAgainAt: string } | object

interface Question {
  readonly told: DriftCase
  readonly sides: Sides
  readonly nowMs: number
}

function judge(status: string, question: Question): Judged {
  const heard = firstHeard(question.sides, status)
  return heard ? judgeHeard(heard, question) : judgeUnheard(status, question)
}

/** What came: behind a later event, or long after its own. */
function judgeHeard(heard: SourceWord, { told, sides }: Question): Judged {
  if (!isAfterGround(heard.occurredAt, told)) return {}
  const overtaking = sides.webhooks.find(
    (other) => other.occurredAt > heard.occurredAt && other.learnedAt < heard.learnedAt,
  )
  const delayMs = Date.parse(heard.learnedAt) - Date.parse(heard.occurredAt)
  if (!overtaking && delayMs <= LATE_AFTER_MS) return {}
  return {
    found: {
      ...aboutStatus(heard.status, told),
      kind: overtaking ? 'out_of_order' : 'webhook_late',
      isOver: true,
      since: heard.occurredAt,
      one: wordOf(heard),
      other: wordOf(overtaking ?? firstAnswer(sides, heard.status)),
    },
  }
}

/** What the API told of and no webhook did: given time to come, then missing. */
function judgeUnheard(status: string, { told, sides, nowMs }: Question): Judged {
  const answer = firstAnswer(sides, status)
  if (!answer) return {}
  const change = changeOf(status, { told, sides, answer })
  if (!isAfterGround(change.notBefore, told)) return {}
  const missingFrom = laterBy(answer.learnedAt, MISSING_AFTER_MS)
  if (nowMs < Date.parse(missingFrom)) return { lookAgainAt: missingFrom }
  const isSilent = sides.webhooks.length === 0 && status === 'pending'
  return {
    found: {
      ...aboutStatus(status, told),
      kind: isSilent ? 'never_announced' : 'webhook_missing',
      isOver: false,
      since: change.notAfter,
      one: null,
      other: wordOf(answer),
    },
  }
}

function aboutStatus(
  status: string,
  { amountCents }: DriftCase,
): Pick<FoundDrift, 'topic' | 'status' | 'fact' | 'stakeCents'> {
  return { topic: `heard ${status}`, status, fact: 'unheard', stakeCents: amountCents }
}

/**
 * What has to have been announced by what the API told: that the payment was made, that its money was seen
 * where it has some or is completed, and every status the API named. What webhooks told of is judged, too.
 */
function statusesOf({ transactionAt }: DriftCase, { webhooks, answers }: Sides): string[] {
  const told = new Set(answers.map(({ status }) => status))
  const hadMoney = transactionAt !== null || told.has('processing') || told.has('completed')
  const passed = [
    ...(told.size > 0 ? ['pending'] : []),
    ...(told.size > 0 && hadMoney && !isOnlyPending(told) ? ['processing'] : []),
  ]
  return [...new Set([...passed, ...told, ...webhooks.map(({ status }) => status)])]
}

function isOnlyPending(told: ReadonlySet<string>): boolean {
  return told.size === 1 && told.has('pending')
}

function firstHeard({ webhooks }: Sides, status: string): SourceWord | undefined {
  return webhooks
    .filter((word) => word.status === status)
    .reduce<SourceWord | undefined>(
      (first, word) => (first && first.learnedAt <= word.learnedAt ? first : word),
      undefined,
    )
}

/** The first answer that says so, or shows the payment further along. */
function firstAnswer({ answers }: Sides, status: string): SourceWord | undefined {
  return answers.find((word) => word.status === status || stageOf(word.status) > stageOf(status))
}

/** Between which two instants the payment came to this status, as far as anybody said. */
function changeOf(
  status: string,
  known: { readonly told: DriftCase; readonly sides: Sides; readonly answer: SourceWord },
): { readonly notBefore: string; readonly notAfter: string } {
  const { told, sides, answer } = known
  const exact = {
    pending: told.createdAt,
    processing: told.transactionAt,
    completed: told.completedAt,
  }
  const at = Object.entries(exact).find(([name]) => name === status)?.[1] ?? null
  if (at !== null) return { notBefore: at, notAfter: at }
  const before = sides.answers.slice(0, sides.answers.indexOf(answer)).at(-1)
  return { notBefore: before?.occurredAt ?? told.createdAt, notAfter: answer.occurredAt }
}

function isAfterGround(instant: string, { announcedSince }: DriftCase): boolean {
  return announcedSince !== null && instant >= announcedSince
}
