import { dueCents } from '../payments/fees.ts'
import { shownQuote, shownToPayer } from '../payments/payer.routes.ts'
import type { PaymentRecord } from '../payments/payment-record.ts'
import { createdJson, shownPayment } from '../payments/payments.routes.ts'
import type { PaymentView } from '../payments/serialise-payment.ts'
import { chainOf, type Profile } from '../registry/chains.ts'
import { mainMerchant } from '../registry/merchant.ts'
import { rateE8 } from '../registry/prices.ts'
import { chainIdJson, chainJson, tokenJson } from '../registry/serialise-registry.ts'
import { defaultTokenId, tokenOf } from '../registry/tokens.ts'
import { newEvent } from '../webhooks/new-event.ts'
import { paymentSubject, type Subject, withdrawalSubject } from '../webhooks/snapshot.ts'
import type { EventType } from '../webhooks/webhook-record.ts'
import { withdrawalJson } from '../withdrawals/serialise-withdrawal.ts'
import type { WithdrawalRecord } from '../withdrawals/withdrawal-record.ts'
import { pageJson } from '../wire/pagination.ts'

const createdAt = Date.parse('2026-04-01T12:15:00.000Z')
const minedAt = Date.parse('2026-04-01T12:17:42.000Z')
const settledAt = Date.parse('2026-04-01T12:17:45.000Z')
const hash = '0x8f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0'
const token = tokenOf({ tokenId: defaultTokenId })
const chain = chainOf(token)

/** One payment and one withdrawal in every form that answers have, made by the code that makes the answers. */
export function sampleAnswers(around: Omit<PaymentView, 'now'>, baseUrl: string) {
  const view = { ...around, now: createdAt }
  const { profile } = view
  const pending = samplePayment(profile)
  const completed = paid(pending)
  const [quote] = pending.quotes
  if (!quote) throw new Error('The sample has no quote.')
  const quoteShown = shownQuote(pending, quote, view)
  const withdrawal = shownWithdrawal(profile)
  const tokenShown = tokenJson(token, createdAt, profile)
  return {
    created: createdJson(
      pending,
      view,
      `${baseUrl}/checkout?paymentId=${pending.id}&secret=${pending.secret}`,
    ),
    payment: shownPayment(completed, view),
    payments: pageJson([shownPayment(completed, { ...view, inList: true })], 84, {
      limit: 1,
      offset: 0,
    }),
    forPayer: shownToPayer(pending, view),
    status: { id: pending.id, status: pending.status },
    quote: quoteShown,
    quotes: [quoteShown],
    ...withdrawal,
    balances: {
      balances: [
        {
          chainId: chainIdJson(chain, profile),
          token: { id: token.id, symbol: token.symbol, decimals: token.decimals },
          amountRaw: '125500000',
          amountFormatted: '125.5',
        },
      ],
    },
    chain: chainJson(chain, profile),
    chains: pageJson([chainJson(chain, profile)], 1, { limit: 100, offset: 0 }),
    token: tokenShown,
    tokens: pageJson([tokenShown], 1, { limit: 100, offset: 0 }),
  }
}

/** The text of one webhook of each type; `isFull` has the whole object in it. */
export function sampleWebhooks(around: Omit<PaymentView, 'now'>, isFull: boolean) {
  const { profile } = around
  const pending = samplePayment(profile)
  const body = (type: EventType, subject: Subject, told: { at: number; whole: object }) => {
    const full = isFull ? { ...told.whole } : null
    return newEvent(type, subject, { at: told.at, full, profile }).rawBody
  }
  const payment = (type: EventType, told: PaymentRecord, at: number) =>
    body(type, paymentSubject(told), { at, whole: shownPayment(told, { ...around, now: at }) })
  const withdrawal = (type: EventType, told: WithdrawalRecord, at: number) =>
    body(type, withdrawalSubject(told), { at, whole: withdrawalJson(told, profile) })
  return {
    'payment.created': payment('payment.created', pending, createdAt),
    'payment.updated': payment('payment.updated', paid(pending), settledAt),
    'withdrawal.created': withdrawal('withdrawal.created', acceptedWithdrawal, createdAt),
    'withdrawal.updated': withdrawal('withdrawal.updated', sampleWithdrawal, settledAt),
  } as const
}

function samplePayment(profile: Profile): PaymentRecord {
  return {
    id: profile === 'seed' ? 'pay_3kJHd82nQplZ' : '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11',
    merchantId: mainMerchant.id,
    type: 'payment',
    status: 'pending',
    amountCents: 14_999,
    orderId: 'ORDER-8827',
    redirectUrl: 'https://shop.example/thanks',
    customMetadata: '{"cartId":"c-51"}',
    secret: 'ps_sandbox_9f3c',
    depositAddress: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
    createdAt,
    expiresAt: createdAt + 30 * 60_000,
    quotes: [
      {
        id: 'c1b6f4d2-4a44-4c0d-9a55-0d6f7b8e9a33',
        tokenId: token.id,
        dueCents: dueCents(14_999, token),
        rateE8: rateE8(token, createdAt),
        createdAt,
        expiresAt: createdAt + 10 * 60_000,
        use: 'open',
      },
    ],
    transaction: null,
    strays: [],
    settledAt: null,
    plan: null,
  }
}

function paid(pending: PaymentRecord): PaymentRecord {
  return {
    ...pending,
    status: 'completed',
    quotes: pending.quotes.map((quote) => ({ ...quote, use: 'used' })),
    transaction: {
      hash,
      sender: '0x52908400098527886e0f7030069857d2e4169ee7',
      quoteId: pending.quotes[0]?.id ?? '',
      tokenId: token.id,
      amount: '150740000',
      block: 21_500_321,
      minedAt,
      confirmedAt: settledAt,
      isReverted: false,
      isDropped: false,
    },
    settledAt,
  }
}

const sampleWithdrawal: WithdrawalRecord = {
  id: 'd3b0a3c1-7a54-4c0a-8a1e-1f2e3d4c5b6a',
  merchantId: mainMerchant.id,
  status: 'completed',
  amountCents: 5_000,
  chainId: chain.chainId,
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
  orderId: 'PAYOUT-17',
  customMetadata: `{"note":"the supplier's share"}`,
  errorMessage: null,
  createdAt,
  updatedAt: settledAt,
  transaction: { hash, block: 21_500_321, minedAt, confirmedAt: settledAt },
  sendAt: createdAt,
  willFail: false,
  request: null,
}

const acceptedWithdrawal: WithdrawalRecord = {
  ...sampleWithdrawal,
  status: 'pending',
  updatedAt: createdAt,
  transaction: null,
}

function shownWithdrawal(profile: Profile) {
  const withdrawal = withdrawalJson(sampleWithdrawal, profile)
  return {
    acceptedWithdrawal: withdrawalJson(acceptedWithdrawal, profile),
    withdrawal,
    withdrawals: pageJson([withdrawal], 17, { limit: 1, offset: 0 }),
  }
}
