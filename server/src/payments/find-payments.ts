import type { MatchedOn, PaymentHit } from '@desk/shared/payments/payment-find'
import { readSearchText, unwrapPasted } from '@desk/shared/payments/search-text'
import type { Db } from '../database.ts'
import { findCarriers, findResembling, type HitRow } from './payment-find.queries.ts'
import { formsOf } from './payment-matching.ts'
import { toHit } from './payment-hit.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'

const HITS_MAX = 5

/**
 * The payments that a pasted text most likely means, at most five: those that carry it as their own id,
 * order id, hash or address, or, if none does, those with it somewhere inside, newest first.
 */
export async function findPayments(reads: Db, text: string): Promise<PaymentHit[]> {
  const term = readSearchText(text)
  if (term.kind === 'everything') return []
  const pasted = unwrapPasted(text)
  return refuseTooBroad(async () => {
    const exact = await findCarriers(reads, pasted, HITS_MAX)
    if (exact.length > 0)
      return exact.map((row) => toHit(row, evidence(row, pasted))).sort(byEvidence)
    const part = await findResembling(reads, term, HITS_MAX)
    return part.map((row) => toHit(row, evidence(row, pasted)))
  })
}

const ranks = [
  'payment_id',
  'order_id',
  'tx_hash',
  'deposit_address',
  'sender_address',
] as const satisfies MatchedOn[]

function evidence(row: HitRow, pasted: string): Pick<PaymentHit, 'matchedOn' | 'exact'> {
  const forms: ReadonlySet<string> = new Set(formsOf(pasted).map((form) => form.toLowerCase()))
  const lower = pasted.toLowerCase()
  const columns = {
    payment_id: row.id,
    order_id: row.order_id,
    tx_hash: row.tx_hash,
    deposit_address: row.deposit_address,
    sender_address: row.sender_address,
  }
  const whole = ranks.find((rank) => forms.has(columns[rank]?.toLowerCase() ?? ''))
  if (whole) return { matchedOn: whole, exact: true }
  const part = ranks.find((rank) => columns[rank]?.toLowerCase().includes(lower))
  return { matchedOn: part ?? 'text', exact: false }
}

function byEvidence(a: PaymentHit, b: PaymentHit): number {
  return rankOf(a) - rankOf(b) || (a.createdAt < b.createdAt ? 1 : -1)
}

function rankOf({ matchedOn }: PaymentHit): number {
  return [...ranks, 'text'].indexOf(matchedOn)
}
