import { networkNamed } from '../networks/networks.ts'
import { dayPresets } from '../time/day-preset.ts'
import { knownPaymentStatuses, knownPaymentTypes } from './payment-status.ts'
import { judgements } from './payment-term.ts'
import { reachedStages, weekdays } from './search-measures.ts'

/** A name that can stand before a colon in a search. */
export interface SearchField {
  readonly name: string
  /** In a few words, for completions and help. */
  readonly hint: string
  readonly example: string
  /** Values that are always offered, in this order. */
  readonly values: readonly string[]
}

/** The search grammar's names, in the order in which they are offered. */
export const searchFields: readonly SearchField[] = [
  {
    name: 'status',
    hint: "SpacePay's word for it",
    example: 'status:completed',
    values: knownPaymentStatuses,
  },
  { name: 'is', hint: 'our own judgement', example: 'is:underpaid', values: judgements },
  { name: 'created', hint: 'when it was created', example: 'created:last-7d', values: dayPresets },
  {
    name: 'completed',
    hint: 'when SpacePay completed it',
    example: 'completed:yesterday',
    values: dayPresets,
  },
  { name: 'amount', hint: 'in US dollars', example: 'amount:10..20', values: [] },
  { name: 'order', hint: 'how the order id begins', example: 'order:ORDER-88', values: [] },
  { name: 'token', hint: 'what was paid in', example: 'token:USDC', values: [] },
  { name: 'network', hint: 'the chain', example: 'network:base', values: [] },
  { name: 'type', hint: 'payment or deposit', example: 'type:deposit', values: knownPaymentTypes },
  { name: 'address', hint: 'deposit address', example: 'address:0x52ae', values: [] },
  { name: 'from', hint: 'address of the sender', example: 'from:0x9f3c', values: [] },
  { name: 'tx', hint: 'transaction hash', example: 'tx:0x8f1d', values: [] },
  { name: 'meta', hint: 'a value of the metadata', example: 'meta.customer_id:cus_51', values: [] },
  { name: 'has', hint: 'what was added to it', example: 'has:note', values: ['note', 'tag'] },
  { name: 'tag', hint: 'a tag it was given', example: 'tag:fraud-check', values: [] },
  {
    name: 'assignee',
    hint: 'who it is handed to',
    example: 'assignee:me',
    values: ['me', 'nobody', 'support', 'finance', 'approver', 'admin'],
  },
  {
    name: 'reached',
    hint: 'how far it came',
    example: 'reached:seen',
    values: reachedStages,
  },
  { name: 'hour', hint: 'the hour it was made in', example: 'hour:mon-14', values: weekdays },
  {
    name: 'confirm',
    hint: 'seconds from the chain to completion',
    example: 'confirm:>300',
    values: [],
  },
]

/** What a value means where its word does not say it. */
export const valueHints: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  is: {
    underpaid: 'less arrived than the quote asked for',
    overpaid: 'more arrived than the quote asked for',
    late: 'seen on chain after its quote expired',
    stuck: 'waiting for longer than its network takes',
    drifted: "SpacePay's API and its webhooks disagree",
    unmatched: 'completed, but found on no bank statement yet',
  },
  reached: {
    quoted: 'somebody chose what to pay in',
    seen: 'money was seen on the chain',
    completed: 'SpacePay completed it',
  },
  has: { note: 'somebody wrote a note', tag: 'it was given a tag' },
  assignee: {
    me: 'handed to you',
    nobody: 'handed to nobody',
    support: 'handed to the role',
    finance: 'handed to the role',
    approver: 'handed to the role',
    admin: 'handed to the role',
  },
}

/** The CAIP-2 id of a network by name, slug or id; the text itself where it is none of them. */
export function networkOfWord(word: string): string {
  return networkNamed(word) ?? word
}

/** The nearest of the words, at most two letters away, or one of a short one; null when none is near. */
export function nearest(word: string, words: readonly string[]): string | null {
  const farthest = word.length <= 3 ? 1 : 2
  const ranked = words
    .map((candidate) => ({ candidate, distance: lettersApart(word.toLowerCase(), candidate) }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted((a, b) => a.distance - b.distance)
  return ranked[0]?.candidate ?? null
}

/** Levenshtein's distance, row by row. */
function lettersApart(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const kept = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(kept, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
