import { type SelectQueryBuilder, sql } from 'kysely'
import type { BusinessDayRule } from '@desk/shared/time/business-day'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import type { Database } from '../database-schema.ts'
import { instantsOfRange } from '../kernel/business-days.ts'
import { indexableText, storableText } from '../kernel/storable-text.ts'

type DeliverySelection = SelectQueryBuilder<Database, 'webhook_delivery', object>
type RefusedSelection = SelectQueryBuilder<Database, 'webhook_quarantine', object>

/** Leaves the deliveries that a query asks for, its days being business days; null where it asks for refused ones only. */
export function acceptedMatching(
  rows: DeliverySelection,
  query: DeliveryQuery,
  rule: BusinessDayRule,
): DeliverySelection | null {
  const { verdict, eventType, state, about, secret, text } = query
  if (verdict !== undefined && verdict !== 'accepted' && !isAccepted(verdict)) return null
  const range = instantsOfRange({ from: query.from ?? null, to: query.to ?? null }, rule)
  let left = rows
  if (isAccepted(verdict)) left = left.where('verdict', '=', verdict)
  if (eventType !== undefined) left = left.where('event_type', '=', storableText(eventType))
  if (secret !== undefined) left = left.where('secret_id', '=', storableText(secret))
  if (range.from !== null) left = left.where('received_at', '>=', new Date(range.from))
  if (range.before !== null) left = left.where('received_at', '<', new Date(range.before))
  if (about !== undefined) left = left.where(isAbout(indexableText(about)))
  if (text !== undefined) left = left.where(says(text))
  return state === undefined ? left : inState(left, state)
}

/** Leaves the refused ones that a query asks for; null where it asks for what only accepted ones have. */
export function refusedMatching(
  rows: RefusedSelection,
  query: DeliveryQuery,
  rule: BusinessDayRule,
): RefusedSelection | null {
  const { verdict, eventType, state, about, secret, text } = query
  const isOfAccepted = eventType !== undefined || about !== undefined || secret !== undefined
  if (isOfAccepted || (state !== undefined && state !== 'none')) return null
  if (verdict === 'accepted' || verdict === 'valid' || verdict === 'duplicate') return null
  const range = instantsOfRange({ from: query.from ?? null, to: query.to ?? null }, rule)
  let left = rows
  if (verdict !== undefined && verdict !== 'refused') left = left.where('verdict', '=', verdict)
  if (range.from !== null) left = left.where('received_at', '>=', new Date(range.from))
  if (range.before !== null) left = left.where('received_at', '<', new Date(range.before))
  if (text === undefined) return left
  // Few and small, so they need no index; what is no ASCII in them looks otherwise here.
  return left.where(
    sql<boolean>`strpos(lower(encode(body, 'escape')), ${storableText(text).toLowerCase()}) > 0`,
  )
}

function isAccepted(
  verdict: DeliveryQuery['verdict'],
): verdict is 'valid' | 'duplicate' | 'malformed' {
  return verdict === 'valid' || verdict === 'duplicate' || verdict === 'malformed'
}

function isAbout(id: string) {
  return sql<boolean>`(
    payment_id = any(array(
      select payment.id from payment where lower(payment.order_id) = lower(${id}) limit 200
    ) || ${id}::text)
    or withdrawal_id = ${id})`
}

function says(text: string) {
  const pattern = `%${storableText(text)
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`id in (
    select delivery_id from webhook_digest where search_text like ${pattern})`
}

function inState(
  rows: DeliverySelection,
  state: NonNullable<DeliveryQuery['state']>,
): DeliverySelection {
  switch (state) {
    case 'processed':
      return rows.where('processed_at', 'is not', null)
    case 'parked':
      return rows.where('parked_at', 'is not', null)
    case 'waiting':
      return rows
        .where('processed_at', 'is', null)
        .where('parked_at', 'is', null)
        .where('verdict', '=', 'valid')
    case 'none':
      return rows.where('verdict', '!=', 'valid')
  }
}
