import { paymentFlags } from './derived-facts.ts'
import type { PaymentQuery } from './payment-query.ts'

/** What of a question cannot be asked of the past, in the words of the search: empty where all of it can. */
export function notKnownThen({ judgements, terms }: PaymentQuery): readonly string[] {
  const isKept = (judgement: string) => paymentFlags.some((flag) => flag === judgement)
  return [
    ...judgements.filter((judgement) => !isKept(judgement)).map((judgement) => `is:${judgement}`),
    ...terms
      .filter(({ name, value }) => byPeople.has(name) || (name === 'is' && !isKept(value)))
      .map(({ name, value }) => `${name}:${value}`),
  ]
}

const byPeople: ReadonlySet<string> = new Set(['has', 'tag', 'assignee'])
