import { isStorable } from '../text/is-storable.ts'

/** Our own judgements that a search can ask for. */
export const judgements = [
  'underpaid',
  'overpaid',
  'late',
  'stuck',
  'drifted',
  'unmatched',
] as const
export type Judgement = (typeof judgements)[number]

/** What a search can ask for beyond the filters, and what it can leave out. `text` is a free word. */
export const termNames = [
  'order',
  'address',
  'tx',
  'from',
  'meta',
  'has',
  'tag',
  'assignee',
  'completed',
  'reached',
  'confirm',
  'hour',
  'status',
  'type',
  'token',
  'network',
  'is',
  'amount',
  'created',
  'text',
] as const
export type TermName = (typeof termNames)[number]

/** What the filters of a query say better when it is asked for, so a term of these only ever leaves out. */
const filterNames: ReadonlySet<TermName> = new Set([
  'status',
  'type',
  'token',
  'network',
  'is',
  'amount',
  'created',
  'text',
])

const SAID_MAX = 200

/** One condition of a search, such as `order:A-17` or `-status:failed`. */
export interface PaymentTerm {
  readonly name: TermName
  /** The path in the metadata; null for all other names. */
  readonly key: string | null
  readonly value: string
  readonly isNot: boolean
}

/** Why this is no condition, or null if it is one. */
export function termFault({ name, key, value, isNot }: PaymentTerm): string | null {
  if (!isSaid(value) || (key !== null && !isSaid(key))) return 'is empty, too long or unreadable'
  if ((name === 'meta') !== (key !== null)) return 'only meta has a key'
  if (!isNot && filterNames.has(name)) return 'is asked for by a filter'
  return null
}

function isSaid(text: string): boolean {
  return text !== '' && text.length <= SAID_MAX && isStorable(text)
}

export function isTermName(name: string): name is TermName {
  return termNames.some((one) => one === name)
}
