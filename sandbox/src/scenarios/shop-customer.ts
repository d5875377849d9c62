import { basketCents, chooseTokenId, metadataFor } from '../history/shop-life.ts'
import { savePayment } from '../payments/advance-payment.ts'
import { openPayment } from '../payments/open-payment.ts'
import type { PayerOutcome, PaymentRecord } from '../payments/payment-record.ts'
import { mainMerchant } from '../registry/merchant.ts'
import type { Stage } from './script.ts'

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000

interface Purchase {
  readonly orderId: string
  readonly outcome: PayerOutcome
  /** How long after ordering the customer pays; whoever is late does so when the payment has run out. */
  readonly payAfterMs: number
  readonly amountCents?: number
  readonly tokenId?: string
  readonly customMetadata?: string
}

/** A customer of the main merchant orders now and pays, or does not, later. */
export function order(stage: Stage, purchase: Purchase): PaymentRecord {
  const { world, random } = stage
  const { outcome } = purchase
  const now = world.clock.now()
  const ordered = openPayment(world, {
    merchantId: mainMerchant.id,
    type: 'payment',
    amountCents: purchase.amountCents ?? basketCents(random),
    orderId: purchase.orderId,
    redirectUrl: 'https://shop.example/thanks',
    customMetadata: purchase.customMetadata ?? metadataFor(random, 0),
    customerRefId: null,
    tokenId: purchase.tokenId ?? chooseTokenId(random),
    // An unpaid payment runs out by itself.
    plan: outcome === 'expire' ? null : { outcome, at: now + purchase.payAfterMs },
  })
  if (outcome !== 'late') return ordered
  return savePayment(world, { ...ordered, plan: { outcome, at: ordered.expiresAt } }, now)
}

/** One of the choices, each as likely as its share. */
export function choose<T>(stage: Stage, shares: readonly (readonly [T, number])[], usual: T): T {
  const total = shares.reduce((sum, [, share]) => sum + share, 0)
  let ticket = stage.random.fraction() * total
  for (const [choice, share] of shares) {
    ticket -= share
    if (ticket < 0) return choice
  }
  return usual
}

/** Milliseconds from `low` to `high`, shorter at a quicker pace. */
export function pause(stage: Stage, low: number, high: number): number {
  return Math.max(1, Math.round(stage.random.between(low, high) / stage.pace))
}
