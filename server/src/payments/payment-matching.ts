import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { type InstantRange, instantsOfDays } from '@desk/shared/time/business-day'
import { readSearchText, type SearchTerm, unwrapPasted } from '@desk/shared/payments/search-text'
import type { Db } from '../database.ts'
import type { Database } from '../database-schema.ts'
import {
  daysAsked,
  judgedAs,
  literally,
  type SearchPlace,
  termHolds,
} from './payment-conditions.ts'

/** A query as it will be run: its words understood, its days turned into instants. */
export interface Matching {
  readonly query: PaymentQuery
  readonly place: SearchPlace
  readonly term: SearchTerm
  readonly range: InstantRange
  /** The search names one id, hash or address, so the date range does not count. */
  readonly allTime: boolean
}

/**
 * Decides how the text is looked up. An identifier is found by equality, or, where no payment carries
 * it as its own (an older quote's address, a customer id in the metadata), as a part of the text.
 */
export async function understand(
  reads: Db,
  query: PaymentQuery,
  place: SearchPlace,
): Promise<Matching> {
  const term = readSearchText(query.text)
  const range = instantsOfDays(daysAsked(query, place), place)
  if (term.kind === 'identifier') {
    const known = await isCarried(reads, term.value)
    const lookup: SearchTerm = known ? term : { kind: 'words', words: [term.value.toLowerCase()] }
    return { query, place, term: lookup, range: always, allTime: true }
  }
  const dated = range.from !== null || range.before !== null
  const oneWord = term.kind === 'prefix' || (term.kind === 'words' && term.words.length === 1)
  const allTime = dated && oneWord && (await isCarried(reads, unwrapPasted(query.text)))
  return { query, place, term, range: allTime ? always : range, allTime }
}

const always: InstantRange = { from: null, before: null }

export type PaymentExpressions = ExpressionBuilder<Database, 'payment'>

/** The where-clause of a query; an empty query matches everything. */
export function matches(
  eb: PaymentExpressions,
  { query, place, term, range }: Matching,
): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [...matchesText(eb, term)]
  if (query.statuses.length > 0) all.push(eb('status', 'in', query.statuses))
  if (query.types.length > 0) all.push(eb('type', 'in', query.types))
  if (query.tokens.length > 0) all.push(eb('token_symbol', 'in', query.tokens))
  if (query.networks.length > 0) all.push(eb('network', 'in', query.networks))
  if (query.minCents !== null) all.push(eb('amount_cents', '>=', query.minCents))
  if (query.maxCents !== null) all.push(eb('amount_cents', '<=', query.maxCents))
  if (range.from !== null) all.push(eb('created_at', '>=', new Date(range.from)))
  if (range.before !== null) all.push(eb('created_at', '<', new Date(range.before)))
  all.push(...judgedAs(eb, query.judgements))
  for (const one of query.terms) all.push(termHolds(eb, one, place))
  return eb.and(all)
}

/** The payment carries the identifier as its own id, order id, address or hash, in any case. */
export function carries(eb: PaymentExpressions, identifier: string): Expression<SqlBool> {
  const forms = formsOf(identifier)
  return eb.or([
    eb('id', 'in', forms),
    eb(sql`lower(order_id)`, '=', sql`lower(${identifier})`),
    eb('tx_hash', 'in', forms),
    eb('deposit_address', 'in', forms),
    eb('sender_address', 'in', forms),
  ])
}

/** Addresses and hashes are kept in lower case, ids as they came; a bare hash may have lost its 0x. */
export function formsOf(identifier: string): string[] {
  const lower = identifier.toLowerCase()
  return [...new Set([identifier, lower, ...(/^[0-9a-f]{64}$/.test(lower) ? [`0x${lower}`] : [])])]
}

export function matchesText(eb: PaymentExpressions, term: SearchTerm): Expression<SqlBool>[] {
  if (term.kind === 'everything') return []
  if (term.kind === 'identifier') return [carries(eb, term.value)]
  if (term.kind === 'prefix') {
    return [eb.or([beginsOrderId(eb, term.value), eb('id', '=', term.value)])]
  }
  // The column is in lower case already, so `like` says what `ilike` would, for less.
  return term.words.map((word) => eb('search_text', 'like', `%${literally(word)}%`))
}

function beginsOrderId(eb: PaymentExpressions, text: string): Expression<SqlBool> {
  return eb(sql`lower(order_id)`, 'like', sql`lower(${`${literally(text)}%`})`)
}

async function isCarried(reads: Db, identifier: string): Promise<boolean> {
  const row = await reads
    .selectFrom('payment')
    .select('id')
    .where((eb) => carries(eb, identifier))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
