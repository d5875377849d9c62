import { centsToDecimal } from '../money/amount-cents.ts'
import { networkSlug } from '../networks/networks.ts'
import type { PaymentQuery } from './payment-query.ts'
import type { PaymentTerm } from './payment-term.ts'
import { printedValue, quoted } from './scan-search.ts'

/**
 * The query as a search that people can type, free words first. `parseSearch` reads it back as the same
 * query; the order of the rows is no part of it.
 */
export function printSearch(query: PaymentQuery): string {
  return [
    query.text,
    list('status', query.statuses),
    list('is', query.judgements),
    createdText(query),
    amountText(query),
    list('token', query.tokens),
    list('network', query.networks.map(networkWord)),
    list('type', query.types),
    printTerms(query.terms),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** A network as it is typed: `base`, `bnb-smart-chain`, or its CAIP-2 id where we have no name for it. */
export function networkWord(network: string): string {
  return networkSlug(network) ?? network
}

/** Conditions that are no filter, as they are typed. */
export function printTerms(terms: readonly PaymentTerm[]): string {
  return terms.map(printTerm).join(' ')
}

function printTerm({ name, key, value, isNot }: PaymentTerm): string {
  const sign = isNot ? '-' : ''
  if (name === 'text') return `${sign}${isPlainWord(value) ? value : quoted(value)}`
  const field = key === null ? name : `${name}.${/[\s:"]/.test(key) ? quoted(key) : key}`
  const shown = name === 'network' ? networkWord(value) : value
  return `${sign}${field}:${printedValue(shown)}`
}

/** Nothing in it that would be read as a name, a quote or another minus. */
function isPlainWord(value: string): boolean {
  return !/[\s"\\:]/.test(value) && !value.startsWith('-')
}

function list(name: string, values: readonly string[]): string {
  return values.length === 0 ? '' : `${name}:${printedValue(values.join(','))}`
}

function createdText({ createdFrom, createdTo, createdPreset }: PaymentQuery): string {
  if (createdPreset !== null) return `created:${createdPreset}`
  if (createdFrom === null && createdTo === null) return ''
  if (createdFrom === createdTo) return `created:${createdFrom}`
  return `created:${createdFrom ?? ''}..${createdTo ?? ''}`
}

function amountText({ minCents, maxCents }: PaymentQuery): string {
  if (minCents === null && maxCents === null) return ''
  if (minCents !== null && minCents === maxCents) return `amount:${centsToDecimal(minCents)}`
  if (maxCents === null) return `amount:>=${centsToDecimal(minCents ?? 0)}`
  if (minCents === null) return `amount:<=${centsToDecimal(maxCents)}`
  return `amount:${centsToDecimal(minCents)}..${centsToDecimal(maxCents)}`
}
