import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely'
import { roles } from '@desk/shared/identity/roles'
import { paymentFlags } from '@desk/shared/payments/derived-facts'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { type Judgement, judgements, type PaymentTerm } from '@desk/shared/payments/payment-term'
import { amountLimits, dayLimits } from '@desk/shared/payments/search-ranges'
import {
  type BusinessDayRule,
  type InstantRange,
  instantsOfDays,
} from '@desk/shared/time/business-day'
import { type DayRange, isDayPreset, presetDays } from '@desk/shared/time/day-preset'
import type { Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { askedMeasure } from './measure-conditions.ts'
import type { PaymentExpressions } from './payment-matching.ts'

/** Where and when a search is asked, and what days are there. */
export interface SearchPlace extends BusinessDayRule {
  /** The business day it is asked on, YYYY-MM-DD. */
  readonly today: string
  /** Whom `me` means. */
  readonly viewer: Pick<Actor, 'userId' | 'roles'>
}

/** The days a query asks for; those that move along are counted from today. */
export function daysAsked(query: PaymentQuery, { today }: Pick<SearchPlace, 'today'>): DayRange {
  const { createdFrom: from, createdTo: to, createdPreset } = query
  return createdPreset === null ? { from, to } : presetDays(createdPreset, today)
}

/** Whether one of the judgements holds; nothing where none is asked for. */
export function judgedAs(
  eb: PaymentExpressions,
  asked: readonly Judgement[],
): Expression<SqlBool>[] {
  const flags = asked.filter((one) => isFlag(one))
  const others = asked.filter((one) => !isFlag(one)).map((one) => isJudged(eb, one))
  if (flags.length > 0) others.push(isFlagged(flags))
  return others.length === 0 ? [] : [eb.or(others)]
}

/** One condition of the search grammar, or its opposite, which what is not known satisfies too. */
export function termHolds(
  eb: PaymentExpressions,
  term: PaymentTerm,
  place: SearchPlace,
): Expression<SqlBool> {
  const holds = conditionOf(eb, term, place)
  return term.isNot ? sql<SqlBool>`(${holds}) is not true` : holds
}

function conditionOf(
  eb: PaymentExpressions,
  { name, key, value }: PaymentTerm,
  place: SearchPlace,
): Expression<SqlBool> {
  switch (name) {
    case 'order':
      return eb(sql`lower(order_id)`, 'like', `${literally(value.toLowerCase())}%`)
    case 'address':
      return begins(eb, 'deposit_address', value)
    case 'from':
      return begins(eb, 'sender_address', value)
    case 'tx':
      return begins(eb, 'tx_hash', value)
    case 'meta':
      return hasMetadata(eb, `${key}=${value}`.toLowerCase())
    case 'status':
      return eb('status', '=', value)
    case 'type':
      return eb('type', '=', value)
    case 'token':
      return eb('token_symbol', '=', value)
    case 'network':
      return eb('network', '=', value)
    case 'text':
      return eb('search_text', 'like', `%${literally(value.toLowerCase())}%`)
    case 'amount':
      return amountWithin(eb, value)
    case 'created':
      return createdWithin(eb, value, place)
    case 'completed':
      return completedWithin(eb, value, place)
    case 'reached':
    case 'confirm':
    case 'hour':
      return askedMeasure({ name, value, place })
    case 'is':
      return eb.or(judgements.filter((one) => one === value).map((one) => isJudged(eb, one)))
    case 'has':
      return value === 'note' ? hasNote(eb) : hasTag(eb, null)
    case 'tag':
      return hasTag(eb, value.toLowerCase())
    case 'assignee':
      return isHandedTo(eb, value.toLowerCase(), place)
  }
}

function isJudged(eb: PaymentExpressions, judgement: Judgement): Expression<SqlBool> {
  switch (judgement) {
    case 'underpaid':
    case 'overpaid':
    case 'late':
      return isFlagged([judgement])
    case 'stuck':
    case 'drifted':
      return eb('id', 'in', openItems(eb).where('kind', '=', judgement))
    case 'unmatched':
      // No bank statement has been matched to any payment yet.
      return eb('status', '=', 'completed')
  }
}

function isFlag(judgement: Judgement): boolean {
  return paymentFlags.some((flag) => flag === judgement)
}

/** The first half is word for word the condition of the index over flagged payments. */
function isFlagged(flags: readonly Judgement[]): Expression<SqlBool> {
  return sql<SqlBool>`(flags <> '{}' and flags && ${flags}::text[])`
}

/** The trigrams find the rows, the column says which of them begin with it. */
function begins(
  eb: PaymentExpressions,
  column: 'deposit_address' | 'sender_address' | 'tx_hash',
  value: string,
): Expression<SqlBool> {
  const prefix = literally(value.toLowerCase())
  return eb.and([eb('search_text', 'like', `%${prefix}%`), eb(column, 'like', `${prefix}%`)])
}

/** A whole line of the search text; the trigrams find the rows. */
function hasMetadata(eb: PaymentExpressions, line: string): Expression<SqlBool> {
  const pattern = literally(line)
  return eb.and([
    eb('search_text', 'like', `%${pattern}%`),
    sql<SqlBool>`(chr(10) || search_text || chr(10)) like ${`%\n${pattern}\n%`}`,
  ])
}

function hasNote(eb: PaymentExpressions): Expression<SqlBool> {
  return eb.exists(
    eb
      .selectFrom('payment_note')
      .select(sql.lit(1).as('one'))
      .whereRef('payment_note.payment_id', '=', 'payment.id'),
  )
}

/** Null asks for any tag. */
function hasTag(eb: PaymentExpressions, tag: string | null): Expression<SqlBool> {
  const tagged = eb.selectFrom('payment_tag').select('payment_tag.payment_id')
  return eb('id', 'in', tag === null ? tagged : tagged.where('tag', '=', tag))
}

/** `me` and `nobody`, a role, or the e-mail address of a person. */
function isHandedTo(
  eb: PaymentExpressions,
  assignee: string,
  { viewer }: SearchPlace,
): Expression<SqlBool> {
  const items = openItems(eb)
  if (assignee === 'me') return eb('id', 'in', items.where('assignee_id', '=', viewer.userId))
  if (assignee === 'nobody') {
    return eb('id', 'in', items.where('assignee_id', 'is', null).where('assignee_role', 'is', null))
  }
  const role = roles.find((one) => one === assignee)
  if (role) return eb('id', 'in', items.where('assignee_role', '=', role))
  return eb(
    'id',
    'in',
    items.where('assignee_id', 'in', (people) =>
      people.selectFrom('person').select('person.id').where('email', '=', assignee),
    ),
  )
}

/** What waits for somebody. */
function openItems(eb: PaymentExpressions) {
  return eb
    .selectFrom('attention_item')
    .select('attention_item.payment_id')
    .where('state', '=', 'open')
}

function amountWithin(eb: PaymentExpressions, value: string): Expression<SqlBool> {
  const limits = amountLimits(value)
  if (limits === null) throw notUnderstood('amount', value)
  const { min, max } = limits
  return eb.and([
    ...(min === null ? [] : [eb('amount_cents', '>=', min)]),
    ...(max === null ? [] : [eb('amount_cents', '<=', max)]),
  ])
}

function createdWithin(
  eb: PaymentExpressions,
  value: string,
  place: SearchPlace,
): Expression<SqlBool> {
  const { from, before } = instantsOfWord('created', value, place)
  return eb.and([
    ...(from === null ? [] : [eb('created_at', '>=', new Date(from))]),
    ...(before === null ? [] : [eb('created_at', '<', new Date(before))]),
  ])
}

/** By the instants by which business days add them up: see the view `payment_measure`. */
function completedWithin(
  eb: PaymentExpressions,
  value: string,
  place: SearchPlace,
): Expression<SqlBool> {
  const { from, before } = instantsOfWord('completed', value, place)
  const settled = sql`coalesce(receipt.completed_at, receipt.transaction_at)`
  const within = (instant: RawBuilder<unknown>) => sql<SqlBool>`
    ${instant} >= ${from ?? '-infinity'}::timestamptz and ${instant} < ${before ?? 'infinity'}::timestamptz`
  return eb.and([
    eb('status', '=', 'completed'),
    sql<SqlBool>`id in (
      select payment_id from receipt where ${within(settled)}
      union all
      select without.id from payment as without
      where without.status = 'completed' and ${within(sql`without.created_at`)}
        and not exists (select from receipt where payment_id = without.id and ${settled} is not null)
    )`,
  ])
}

function instantsOfWord(
  name: 'created' | 'completed',
  value: string,
  place: SearchPlace,
): InstantRange {
  const days = isDayPreset(value) ? presetDays(value, place.today) : dayLimits(value)
  if (days === null) throw notUnderstood(name, value)
  return instantsOfDays(days, place)
}

/** An edited address may hold what no search could have written: never an empty page without a word. */
function notUnderstood(name: string, value: string): Refusal {
  return new Refusal(
    'invalid',
    'search_not_understood',
    `"${name}:${value}" cannot be looked for. Take it out of the address, or type the search anew.`,
  )
}

/** For `like`: the text itself, with nothing in it that means something to `like`. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`)
}
