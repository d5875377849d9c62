import { type AmountCents, centsToDecimal, parseDollars } from '../money/amount-cents.ts'
import { networkNamed } from '../networks/networks.ts'
import { isDayPreset } from '../time/day-preset.ts'
import {
  isQueryDay,
  isQueryWord,
  type PaymentQuery,
  type PaymentSort,
  paymentSorts,
  TERMS_MAX,
  TEXT_MAX,
  WORDS_MAX,
} from './payment-query.ts'
import {
  isTermName,
  judgements,
  type Judgement,
  type PaymentTerm,
  termFault,
} from './payment-term.ts'
import { printTerms } from './print-search.ts'
import { scanSearch, type SearchPiece } from './scan-search.ts'

/** How a payment query stands in the address bar; defaults are left out. */
export interface PaymentSearch {
  q?: string
  status?: string
  type?: string
  token?: string
  network?: string
  min?: string
  max?: string
  from?: string
  to?: string
  /** Days that move along, such as `last-7d`. */
  created?: string
  is?: string
  /** Conditions of the search grammar that no filter says. */
  with?: string
  sort?: string
}

/** A part of the address that could not be understood, in words for the person who typed it. */
export interface SearchProblem {
  readonly field: keyof PaymentSearch
  readonly message: string
}

/**
 * Reads the address bar, which people edit and colleagues paste: whatever is understood is used,
 * whatever is not is left out and named, and nothing throws.
 */
export function readPaymentSearch(search: Readonly<Record<string, unknown>>): {
  query: PaymentQuery
  problems: SearchProblem[]
} {
  const problems: SearchProblem[] = []
  const read = { search, problems }
  const query = {
    text: readText(read),
    statuses: readWords(read, 'status'),
    types: readWords(read, 'type'),
    tokens: readWords(read, 'token'),
    networks: readWords(read, 'network'),
    minCents: readAmount(read, 'min'),
    maxCents: readAmount(read, 'max'),
    createdFrom: readDay(read, 'from'),
    createdTo: readDay(read, 'to'),
    createdPreset: readPreset(read),
    judgements: readJudgements(read),
    terms: readTerms(read),
    sort: readSort(read),
  }
  const limits = amountsInOrder(query, problems)
  const days = daysInOrder(query, problems)
  return { query: oneRange({ ...query, ...limits, ...days }), problems }
}

/** Days that move along stand instead of fixed ones. */
function oneRange(query: PaymentQuery): PaymentQuery {
  return query.createdPreset === null ? query : { ...query, createdFrom: null, createdTo: null }
}

/** Limits that exclude each other match nothing: both are left out, and named. */
function amountsInOrder(
  { minCents, maxCents }: Pick<PaymentQuery, 'minCents' | 'maxCents'>,
  problems: SearchProblem[],
): Pick<PaymentQuery, 'minCents' | 'maxCents'> {
  if (minCents === null || maxCents === null || minCents <= maxCents) return { minCents, maxCents }
  problems.push({ field: 'min', message: 'The smallest amount is above the largest.' })
  return { minCents: null, maxCents: null }
}

function daysInOrder(
  { createdFrom, createdTo }: Pick<PaymentQuery, 'createdFrom' | 'createdTo'>,
  problems: SearchProblem[],
): Pick<PaymentQuery, 'createdFrom' | 'createdTo'> {
  if (!createdFrom || !createdTo || createdFrom <= createdTo) return { createdFrom, createdTo }
  problems.push({ field: 'from', message: 'The first day is after the last.' })
  return { createdFrom: null, createdTo: null }
}

/** The inverse of `readPaymentSearch` for every query it can return. */
export function writePaymentSearch(query: PaymentQuery): PaymentSearch {
  return {
    ...(query.text && { q: query.text }),
    ...(query.statuses.length && { status: query.statuses.join(',') }),
    ...(query.types.length && { type: query.types.join(',') }),
    ...(query.tokens.length && { token: query.tokens.join(',') }),
    ...(query.networks.length && { network: query.networks.join(',') }),
    ...(query.minCents !== null && { min: centsToDecimal(query.minCents) }),
    ...(query.maxCents !== null && { max: centsToDecimal(query.maxCents) }),
    ...(query.createdFrom && { from: query.createdFrom }),
    ...(query.createdTo && { to: query.createdTo }),
    ...(query.createdPreset !== null && { created: query.createdPreset }),
    ...(query.judgements.length && { is: query.judgements.join(',') }),
    ...(query.terms.length && { with: printTerms(query.terms) }),
    ...(query.sort !== 'created_desc' && { sort: query.sort }),
  }
}

interface Reading {
  readonly search: Readonly<Record<string, unknown>>
  readonly problems: SearchProblem[]
}

function textOf({ search }: Reading, field: keyof PaymentSearch): string {
  const value = search[field]
  // A router may hand back numbers and booleans for texts such as `q=88271`.
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : ''
}

function readText(read: Reading): string {
  const text = textOf(read, 'q')
  if (text.length <= TEXT_MAX) return text
  const message = `The search text is longer than ${TEXT_MAX} characters.`
  read.problems.push({ field: 'q', message })
  return ''
}

function readWords(read: Reading, field: 'status' | 'type' | 'token' | 'network'): string[] {
  const text = textOf(read, field)
  if (text === '') return []
  const words = [...new Set(text.split(',').map((part) => part.trim()))]
  if (words.length <= WORDS_MAX && words.every(isQueryWord)) return words
  read.problems.push({ field, message: `"${clip(text)}" is not a list of ${field} names.` })
  return []
}

function readAmount(read: Reading, field: 'min' | 'max'): AmountCents | null {
  const text = textOf(read, field)
  if (text === '') return null
  const cents = parseDollars(text)
  if (cents === null) {
    read.problems.push({ field, message: `"${clip(text)}" is not an amount such as 149.99.` })
  }
  return cents
}

function readDay(read: Reading, field: 'from' | 'to'): string | null {
  const text = textOf(read, field)
  if (text === '') return null
  if (isQueryDay(text)) return text
  read.problems.push({ field, message: `"${clip(text)}" is not a day such as 2026-11-22.` })
  return null
}

function readPreset(read: Reading): string | null {
  const text = textOf(read, 'created')
  if (text === '') return null
  if (isDayPreset(text)) return text
  read.problems.push({
    field: 'created',
    message: `"${clip(text)}" is not a range such as last-7d.`,
  })
  return null
}

function readJudgements(read: Reading): Judgement[] {
  const text = textOf(read, 'is')
  if (text === '') return []
  const given = text.split(',').map((part) => part.trim())
  const strange = given.find((part) => !judgements.some((one) => one === part))
  if (strange !== undefined) {
    read.problems.push({ field: 'is', message: `"${clip(strange)}" is no judgement such as late.` })
  }
  return judgements.filter((one) => given.includes(one))
}

function readTerms(read: Reading): PaymentTerm[] {
  const text = textOf(read, 'with')
  if (text === '') return []
  const pieces = scanSearch(text).map((piece) => ({ piece, term: termOf(piece) }))
  const strange = pieces.find(({ term }) => term === null)
  if (strange) {
    const message = `"${clip(strange.piece.raw)}" is no condition of a search.`
    read.problems.push({ field: 'with', message })
  }
  return pieces.flatMap(({ term }) => term ?? []).slice(0, TERMS_MAX)
}

/** A condition as `printTerms` writes it; the whole grammar is for what people type. */
function termOf({ name, key, value, isNot }: SearchPiece): PaymentTerm | null {
  const called = name ?? 'text'
  if (!isTermName(called)) return null
  const said = called === 'network' ? (networkNamed(value) ?? value) : value
  const term = { name: called, key, value: said, isNot }
  return termFault(term) === null ? term : null
}

function readSort(read: Reading): PaymentSort {
  const text = textOf(read, 'sort')
  if (text === '') return 'created_desc'
  const sort = paymentSorts.find((one) => one === text)
  if (sort) return sort
  read.problems.push({ field: 'sort', message: `There is no sort order "${clip(text)}".` })
  return 'created_desc'
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
