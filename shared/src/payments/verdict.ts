import { stuckFrom } from './stuck-payment.ts'
import { endedRows } from './verdict-ended-rows.ts'
import { openRows } from './verdict-open-rows.ts'
import { say, type VerdictText } from './verdict-parts.ts'
import type { NextStep, VerdictRow } from './verdict-row.ts'
import { type ExplainedPayment, type Situation, situationOf } from './verdict-situation.ts'
import { toldOf } from './verdict-told.ts'

/** Asks nothing, so that it catches every payment that no other row explains: those in a word we do not know. */
const lastRow = {
  name: 'unknown_status',
  when: {},
  tone: 'unsure',
  next: ['refresh', 'hand_to_finance'],
  words: ({ status, amount, order }) => ({
    sentence: say`SpacePay calls it “${status}”, a word that Desk does not know.`,
    because: say`It is shown as it came. What has arrived stands below; finance can ask SpacePay what the word means.`,
    reply: say`We are checking the state of your payment of ${amount} for ${order} with our payment provider and will come back to you. You do not need to do anything.`,
  }),
} as const satisfies VerdictRow

const rows = [...openRows, ...endedRows, lastRow] as const
export type VerdictName = (typeof rows)[number]['name']

/** In this order: the first row that applies is the verdict. */
export const verdictTable: readonly VerdictRow<VerdictName>[] = rows

export interface Verdict {
  readonly name: VerdictName
  readonly tone: VerdictRow['tone']
  readonly sentence: VerdictText
  readonly because: VerdictText
  readonly next: readonly NextStep[]
  /** Whole, with greeting. */
  readonly reply: VerdictText
}

/** What happened to a payment, what to do next and what to tell the customer. Pure: the moment is given. */
export function verdictOf(payment: ExplainedPayment, nowMs: number): Verdict {
  const { name, tone, next, words } = verdictRowFor(situationOf(payment, nowMs))
  const { sentence, because, reply } = words(toldOf(payment, nowMs))
  return {
    name,
    tone,
    next,
    sentence,
    because,
    reply: say`Hello,\n\n${reply}\n\nKind regards`,
  }
}

/**
 * The last moment up to `nowMs` at which the passing of time alone changed something about the payment; 0
 * before the first. The verdict at that moment is the verdict now, so a screen need not ask every second.
 */
export function verdictMoment(payment: ExplainedPayment, nowMs: number): number {
  const { quotes, network, receipt, status, processingSince } = payment
  const requiredConfirmations = receipt?.requiredConfirmations ?? null
  const stuck = stuckFrom({ status, network, requiredConfirmations, processingSince })
  const turns = [
    ...quotes.map(({ expiresAt }) => (expiresAt === null ? 0 : Date.parse(expiresAt))),
    // Stuck is what has gone past that moment.
    stuck === null ? 0 : Date.parse(stuck) + 1,
  ]
  return Math.max(0, ...turns.filter((turn) => turn <= nowMs))
}

export function verdictRowFor(situation: Situation): VerdictRow<VerdictName> {
  return verdictTable.find(({ when }) => applies(when, situation)) ?? lastRow
}

function applies(when: VerdictRow['when'], situation: Situation): boolean {
  const asked: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(when))
  return Object.entries(situation).every(
    ([dimension, answer]) => asked.get(dimension)?.includes(answer) ?? true,
  )
}
