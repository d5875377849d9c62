import { randomBytes, randomUUID } from 'node:crypto'
import { defaultTokenId, type Token, tokenOf } from '../registry/tokens.ts'
import { rateE8 } from '../registry/prices.ts'
import type { World } from '../world.ts'
import { savePayment } from './advance-payment.ts'
import { dueCents } from './fees.ts'
import type { PayerOutcome, PaymentRecord, QuoteRecord } from './payment-record.ts'

/** Quotes live ten minutes in every published sample. */
const QUOTE_MS = 10 * 60_000
/** Nothing is documented for the payment itself. */
const PAYMENT_MS = 30 * 60_000
/** A magic order id acts after this many two-second blocks: soon, but not before its creator has read the answer. */
const MAGIC_BLOCKS = 2

export interface PaymentOrder {
  readonly merchantId: string
  readonly type: PaymentRecord['type']
  /** Null in a deposit. */
  readonly amountCents: number | null
  readonly orderId: string
  readonly redirectUrl: string | null
  readonly customMetadata: string | null
  readonly customerRefId: string | null
  readonly plan?: PaymentRecord['plan']
  readonly tokenId?: string
}

/** Opens a payment with its deposit address and one quote, and announces it. */
export function openPayment(world: World, order: PaymentOrder): PaymentRecord {
  const now = world.clock.now()
  const id = world.settings.profile === 'seed' ? `pay_${shortId()}` : randomUUID()
  const amountCents = order.type === 'deposit' ? 0 : (order.amountCents ?? 0)
  // A returning depositor keeps one wallet; every other payment has its own.
  const wallet =
    order.type === 'deposit' && order.customerRefId !== null
      ? `customer:${order.merchantId}:${order.customerRefId}`
      : `payment:${id}`
  const token = tokenOf({ tokenId: order.tokenId ?? defaultTokenId })
  return savePayment(
    world,
    {
      id,
      merchantId: order.merchantId,
      type: order.type,
      status: 'pending',
      amountCents,
      orderId: order.orderId,
      redirectUrl: order.redirectUrl,
      customMetadata: order.customMetadata,
      secret: `ps_sandbox_${randomBytes(16).toString('hex')}`,
      depositAddress: world.carrier().depositAddress(wallet),
      createdAt: now,
      expiresAt: now + PAYMENT_MS,
      quotes: [newQuote(token, amountCents, now)],
      transaction: null,
      strays: [],
      settledAt: null,
      plan: order.plan ?? magicPlan(order.orderId, now + MAGIC_BLOCKS * world.settings.blockMs),
    },
    now,
  )
}

/** A quote for an amount before fees, in the token's price of the moment. */
export function newQuote(token: Token, amountCents: number, now: number): QuoteRecord {
  return {
    id: randomUUID(),
    tokenId: token.id,
    dueCents: dueCents(amountCents, token),
    rateE8: rateE8(token, now),
    createdAt: now,
    expiresAt: now + QUOTE_MS,
    use: 'open',
  }
}

/** Twelve letters and digits, as ids look on the integration page. */
function shortId(): string {
  return randomBytes(24).toString('base64').replaceAll(/[+/=]/g, '').slice(0, 12)
}

const magicSuffixes: readonly (readonly [string, PayerOutcome])[] = [
  ['-EXACT', 'exact'],
  ['-UNDER', 'under'],
  ['-OVER', 'over'],
  ['-EXPIRE', 'expire'],
  ['-FAIL', 'fail'],
  ['-LATE', 'late'],
  ['-TWO', 'two'],
]

function magicPlan(orderId: string, at: number): PaymentRecord['plan'] {
  const magic = magicSuffixes.find(([suffix]) => orderId.endsWith(suffix))
  return magic ? { outcome: magic[1], at: Math.round(at) } : null
}
