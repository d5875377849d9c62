import { dueCents } from '../payments/fees.ts'
import type { PayerOutcome, PaymentRecord, QuoteRecord } from '../payments/payment-record.ts'
import { expectedAmount, worthInCents } from '../payments/quote-amount.ts'
import { chainOf } from '../registry/chains.ts'
import { mainMerchant } from '../registry/merchant.ts'
import { rateE8 } from '../registry/prices.ts'
import { defaultTokenId, tokenOf } from '../registry/tokens.ts'
import { inOnePiece, type Random } from '../state/random.ts'
import {
  basketCents,
  chooseTokenId,
  metadataFor,
  nextOrderId,
  type OrderNumbers,
} from './shop-life.ts'

export type { OrderNumbers } from './shop-life.ts'

interface Making {
  readonly random: Random
  readonly numbers: OrderNumbers
  readonly anchor: number
}

const MINUTE = 60_000
/** One empty list for all: a history may hold a million. */
const none: PaymentRecord['strays'] = []
const QUOTE_MS = 10 * MINUTE
const PAYMENT_MS = 30 * MINUTE
const DEPOSIT_SHARE = 0.03

type Fate = PayerOutcome | 'slow' | 'cancel'

/** How payments end, of 1000. `slow`: paid after the quote and before the payment expired, so still completed. */
const fates: readonly (readonly [Fate, number])[] = [
  ['exact', 830],
  ['expire', 108],
  ['over', 20],
  ['under', 16],
  ['slow', 7],
  ['cancel', 10],
  ['late', 5],
  ['fail', 4],
]

/** One payment of the past, from its order to its end; one that had not ended by the anchor is left open with a plan. */
export function generatePayment(making: Making, createdAt: number, index: number): PaymentRecord {
  const { random, numbers, anchor } = making
  const type = random.chance(DEPOSIT_SHARE) ? 'deposit' : 'payment'
  const fate = chooseFate(random, type)
  const amountCents = basketCents(random)
  const tokenId = chooseTokenId(random)
  const opened: PaymentRecord = {
    id: random.uuid(),
    merchantId: mainMerchant.id,
    type,
    status: 'pending',
    amountCents: type === 'deposit' ? 0 : amountCents,
    orderId: inOnePiece(nextOrderId(random, numbers, createdAt)),
    redirectUrl: random.chance(0.7) ? 'https://shop.example/thanks' : null,
    customMetadata: metadataFor(random, index),
    secret: inOnePiece(`ps_sandbox_${random.hex(32)}`),
    depositAddress: inOnePiece(`0x${random.hex(40)}`),
    createdAt,
    expiresAt: createdAt + PAYMENT_MS,
    quotes: quotesFor(random, { type, amountCents, tokenId, createdAt }),
    transaction: null,
    strays: none,
    settledAt: null,
    plan: null,
  }
  return live(making, opened, { fate, depositCents: amountCents, anchor })
}

function chooseFate(random: Random, type: PaymentRecord['type']): Fate {
  let ticket = random.below(1_000)
  for (const [fate, share] of fates) {
    ticket -= share
    // Nobody can send too little or too much when no amount was asked for.
    if (ticket < 0) return type === 'deposit' && fate !== 'expire' ? 'exact' : fate
  }
  return 'exact'
}

function quotesFor(
  random: Random,
  of: {
    readonly type: PaymentRecord['type']
    readonly amountCents: number
    readonly tokenId: string
    readonly createdAt: number
  },
): QuoteRecord[] {
  const cents = of.type === 'deposit' ? 0 : of.amountCents
  const quote = (tokenId: string, createdAt: number): QuoteRecord => {
    const token = tokenOf({ tokenId })
    return {
      id: random.uuid(),
      tokenId,
      dueCents: dueCents(cents, token),
      rateE8: rateE8(token, createdAt),
      createdAt,
      expiresAt: createdAt + QUOTE_MS,
      use: 'open',
    }
  }
  const first = quote(defaultTokenId, of.createdAt)
  if (of.tokenId === defaultTokenId) return [first]
  return [first, quote(of.tokenId, of.createdAt + 8_000 + random.below(80_000))]
}

function live(
  making: Making,
  opened: PaymentRecord,
  life: { readonly fate: Fate; readonly depositCents: number; readonly anchor: number },
): PaymentRecord {
  const { random } = making
  const { fate, anchor } = life
  const quote = opened.quotes.at(-1)
  if (!quote) return opened
  const token = tokenOf(quote)
  const chain = chainOf(token)

  if (fate === 'expire' || fate === 'cancel') {
    const endsAt = fate === 'expire' ? opened.expiresAt : opened.createdAt + 3 * MINUTE
    if (endsAt > anchor) return opened
    return { ...opened, status: fate === 'expire' ? 'expired' : 'cancelled' }
  }

  const sentAt = sendTime(random, opened, { fate, quote })
  const confirmingMs = Math.round(chain.requiredConfirmations * chain.blockSeconds * 1_000)
  const settledAt = sentAt + confirmingMs + random.below(4_000)
  const outcome = fate === 'slow' ? 'exact' : fate
  // Not over yet: the rest is played by the living sandbox.
  if (settledAt > anchor) return { ...opened, plan: { outcome, at: Math.max(sentAt, anchor) } }

  const price = { rateE8: quote.rateE8, decimals: token.decimals }
  const asked = opened.type === 'deposit' ? life.depositCents : quote.dueCents
  const amount = amountSent(random, fate, expectedAmount(asked, price))
  const minedAt = sentAt + random.below(chain.blockSeconds * 1_000)
  const isCompleted = fate === 'exact' || fate === 'over' || fate === 'slow'
  const use = isCompleted ? 'used' : fate === 'late' ? 'open' : 'failed'
  return {
    ...opened,
    status: isCompleted ? 'completed' : fate === 'late' ? 'expired' : 'failed',
    amountCents: opened.type === 'deposit' ? worthInCents(amount, price) : opened.amountCents,
    quotes: opened.quotes.map((one) => (one.id === quote.id ? { ...one, use } : one)),
    transaction: {
      hash: inOnePiece(`0x${random.hex(64)}`),
      sender: inOnePiece(`0x${random.hex(40)}`),
      quoteId: quote.id,
      tokenId: quote.tokenId,
      amount: amount.toString(),
      block: chain.height - Math.ceil((anchor - minedAt) / (chain.blockSeconds * 1_000)),
      minedAt,
      confirmedAt: settledAt,
      isReverted: fate === 'fail',
      isDropped: false,
    },
    settledAt,
  }
}

function sendTime(
  random: Random,
  payment: PaymentRecord,
  when: { readonly fate: Fate; readonly quote: QuoteRecord },
): number {
  if (when.fate === 'late') return payment.expiresAt + 2 * MINUTE + random.below(180 * MINUTE)
  if (when.fate === 'slow') {
    const from = when.quote.expiresAt + 20_000
    return from + random.below(Math.max(payment.expiresAt - from - MINUTE, MINUTE))
  }
  // Most pay within three minutes, everybody before the quote runs out.
  const haste = random.fraction() * random.fraction()
  return when.quote.createdAt + 15_000 + Math.floor(haste * (QUOTE_MS - 60_000))
}

function amountSent(random: Random, fate: Fate, exact: bigint): bigint {
  if (fate === 'under') return (exact * BigInt(random.between(550, 995))) / 1_000n
  if (fate === 'over') return (exact * BigInt(random.between(1_005, 1_300))) / 1_000n
  return exact
}
