import type { AmountCents } from '@desk/shared/money/amount-cents'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { paymentId } from '@desk/shared/payments/payment'
import type {
  PaymentSnapshot,
  QuoteSnapshot,
  ReceiptSnapshot,
} from '@desk/shared/payments/payment-snapshot'
import type { Account } from './account.ts'

export function cents(value: number): AmountCents {
  return amountCents.parse(value)
}

/** `at(5)` is five seconds into the payment's life. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 3, 1, 12, 15, seconds)).toISOString()
}

export const usdc = {
  id: 'token-usdc',
  symbol: 'USDC',
  contractAddress: '0x00fc61d7de7655db3984db634e3489130ebeacf6',
  decimals: 6,
  isNative: false,
} as const

export function quote(changes: Partial<QuoteSnapshot> = {}): QuoteSnapshot {
  return {
    id: 'quote-1',
    token: usdc,
    network: 'eip155:84532',
    depositAddress: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
    expectedBaseUnits: '149990000',
    rate: '1.00000000',
    amountDueCents: cents(14_999),
    status: 'active',
    expiresAt: at(600),
    createdAt: at(0),
    ...changes,
  }
}

export function receipt(changes: Partial<ReceiptSnapshot> = {}): ReceiptSnapshot {
  return {
    txHash: '0x8f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0',
    blockNumber: '21500321',
    transactionAt: at(60),
    senderAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
    token: usdc,
    network: 'eip155:84532',
    quoteId: 'quote-1',
    receivedBaseUnits: '149990000',
    receivedUsd: '149.99',
    confirmations: 10,
    requiredConfirmations: 10,
    riskScore: 92,
    riskSeverity: 'LOW_RISK',
    riskProvider: 'sandbox',
    completedAt: at(80),
    ...changes,
  }
}

/** A full account. */
export function whole(changes: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
  const status = changes.status ?? 'pending'
  return {
    extent: 'full',
    id: paymentId.parse('payment-1'),
    merchantId: 'merchant-1',
    type: 'payment',
    rawStatus: status,
    amountCents: cents(14_999),
    amountDueCents: cents(14_999),
    convenienceFeeCents: null,
    merchantFeeCents: cents(150),
    swapFeeCents: null,
    netCents: cents(14_849),
    currency: 'USD',
    orderId: 'ORDER-8827',
    redirectUrl: 'https://shop.example/thanks',
    customMetadata: null,
    depositAddress: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
    quotes: [quote()],
    receipt: null,
    createdAt: at(0),
    ...changes,
    status,
  }
}

/** What a webhook tells of it. */
export function minimal(changes: Partial<PaymentSnapshot> = {}): PaymentSnapshot {
  return {
    ...whole(changes),
    extent: 'minimal',
    convenienceFeeCents: null,
    merchantFeeCents: null,
    swapFeeCents: null,
    netCents: null,
    redirectUrl: null,
    customMetadata: null,
    depositAddress: null,
    quotes: [],
    receipt: null,
  }
}

export function event(seconds: number, snapshot: PaymentSnapshot): Account {
  return account('webhook', seconds, snapshot)
}

export function apiRead(seconds: number, snapshot: PaymentSnapshot | null): Account {
  return account('api', seconds, snapshot)
}

/** The same accounts as if they had arrived in this order, one a second. */
export function arriving(accounts: readonly Account[]): Account[] {
  return accounts.map((known, index) => ({ ...known, observationId: index + 1 }))
}

function account(
  source: Account['source'],
  seconds: number,
  snapshot: PaymentSnapshot | null,
): Account {
  return {
    observationId: 1,
    source,
    occurredAt: at(seconds),
    learnedAt: at(seconds + 1),
    bodyHash: JSON.stringify([source, seconds, snapshot]),
    snapshot,
  }
}
