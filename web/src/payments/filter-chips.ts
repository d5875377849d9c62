import { formatCents } from '@desk/shared/money/amount-cents'
import { networkName } from '@desk/shared/networks/networks'
import { knownPaymentStatuses } from '@desk/shared/payments/payment-status'
import { writePaymentSearch } from '@desk/shared/payments/payment-address'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import type { PaymentTerm } from '@desk/shared/payments/payment-term'
import { readersLocale } from '../ui/readers-locale.ts'
import { daysText } from '../ui/date-presets.ts'
import { typeText } from './payment-words.ts'

/** One filter in words, and the query as it is without it. */
export interface FilterChip {
  readonly name: string
  readonly value: string
  readonly without: PaymentQuery
}

/** Every filter that is set, except the search text, which stands in its own field. */
export function filterChips(query: PaymentQuery, today: string): readonly FilterChip[] {
  const { minCents, maxCents } = query
  const chips: (FilterChip | null)[] = [
    chip('created', createdText(query, today), {
      ...query,
      createdFrom: null,
      createdTo: null,
      createdPreset: null,
    }),
    chip('status', query.statuses.map(statusText).join(', '), { ...query, statuses: [] }),
    chip('type', query.types.map(typeText).join(', '), { ...query, types: [] }),
    chip('amount', amountText(minCents, maxCents), { ...query, minCents: null, maxCents: null }),
    chip('token', query.tokens.join(', '), { ...query, tokens: [] }),
    chip('network', query.networks.map(networkName).join(', '), { ...query, networks: [] }),
    chip('is', query.judgements.join(' or '), { ...query, judgements: [] }),
    ...query.terms.map((term) =>
      chip(termName(term), termText(term), {
        ...query,
        terms: query.terms.filter((other) => other !== term),
      }),
    ),
  ]
  return chips.filter((chip) => chip !== null)
}

/** Days that move along are named, fixed ones shown. */
function createdText(query: PaymentQuery, today: string): string {
  const { createdFrom: from, createdTo: to, createdPreset } = query
  return createdPreset === null ? daysText({ from, to }, today) : presetText(createdPreset)
}

/** `last-7d` as `last 7 days`. */
export function presetText(preset: string): string {
  return preset.replace(/^last-(\d+)d$/, 'last $1 days').replaceAll('-', ' ')
}

const termNames: Partial<Record<PaymentTerm['name'], string>> = {
  order: 'order begins',
  address: 'address begins',
  from: 'sender begins',
  tx: 'hash begins',
  text: 'text',
}

function termName({ name, key, isNot }: PaymentTerm): string {
  return `${isNot ? 'not ' : ''}${key ?? termNames[name] ?? name}`
}

function termText({ name, value }: PaymentTerm): string {
  return name === 'network' ? networkName(value) : value
}

/** Whether anything is asked, by text or filter, that a payment may not fit; the order is no question. */
export function isNarrowed(query: PaymentQuery): boolean {
  return Object.keys(writePaymentSearch({ ...query, sort: everyPayment.sort })).length > 0
}

/** The same order, and nothing else asked. */
export function withoutFilters({ sort }: PaymentQuery): PaymentQuery {
  return { ...everyPayment, sort }
}

function chip(name: string, value: string, without: PaymentQuery): FilterChip | null {
  return value === '' ? null : { name, value, without }
}

function amountText(min: number | null, max: number | null): string {
  if (min !== null && max !== null) {
    return min === max ? money(min) : `${money(min)} – ${money(max)}`
  }
  if (min !== null) return `≥ ${money(min)}`
  return max === null ? '' : `≤ ${money(max)}`
}

function money(cents: number): string {
  return formatCents(cents, { locale: readersLocale })
}

/** As the badges say it: a status we do not know is shown exactly as it came. */
function statusText(status: string): string {
  const isKnown = knownPaymentStatuses.some((known) => known === status)
  return isKnown ? status.slice(0, 1).toUpperCase() + status.slice(1) : status
}
