import { createHash } from 'node:crypto'
import { decodePayment } from '../gateway/wire/payment.wire.ts'
import { at } from './account.fixtures.ts'
import { apiObservation, eventObservation, type Observation } from './observations.ts'

type Json = Readonly<Record<string, unknown>>

const address = {
  id: 'address-1',
  paymentId: 'payment-1',
  type: 'EVM',
  address: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
  createdAt: at(0),
}

/** A payment as the documentation shows it. */
export function wirePayment(changes: Json = {}): Json {
  return {
    id: 'payment-1',
    merchantId: 'merchant-1',
    type: 'payment',
    amountInCents: 14_999,
    amountDueCents: 15_074,
    convenienceFeeCents: null,
    merchantFeeCents: null,
    swapFeeCents: null,
    amountMerchantNetCents: 14_849,
    currency: 'USD',
    status: 'pending',
    depositAddress: address,
    quotes: [wireQuote()],
    receipt: null,
    orderId: 'ORDER-8827',
    redirectUrl: 'https://shop.example/thanks',
    customMetadata: '{"cartId":"c-51"}',
    createdAt: at(0),
    ...changes,
  }
}

export function wireQuote(changes: Json = {}): Json {
  return {
    id: 'quote-1',
    token: { id: 'token-usdc', symbol: 'USDC', decimals: 6, assetType: 'erc20' },
    chainId: 84_532,
    depositAddress: address,
    expectedAmountAsset: '150740000',
    rateUsdAsset: '1.00000000',
    amountDueCents: 15_074,
    expiresAt: at(600),
    status: 'active',
    createdAt: at(0),
    ...changes,
  }
}

export function wireReceipt(changes: Json = {}): Json {
  return {
    settledAmountAsset: '150740000',
    settledAmountUsd: '150.74',
    settledToken: { id: 'token-usdc', symbol: 'USDC', decimals: 6, assetType: 'erc20' },
    settledChain: { chainId: 84_532 },
    txHash: '0x8f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0',
    txBlockNumber: 21_500_321,
    txTimestamp: at(60),
    txSenderAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
    confirmations: 10,
    requiredConfirmations: 10,
    completedAt: at(80),
    ...changes,
  }
}

/** The API said this when it was asked `seconds` into the payment's life. */
export function apiAnswer(seconds: number, raw: Json): Observation {
  const askedAt = new Date(at(seconds))
  return apiObservation({ value: decodePayment(raw), raw, askedAt, answeredAt: askedAt })
}

/** An event with the minimal payment of the documentation. */
export function eventTold(seconds: number, changes: Json = {}): Observation {
  const { quotes: _, receipt: __, depositAddress: ___, ...payment } = wirePayment(changes)
  const occurredAt = at(seconds)
  const body = JSON.stringify({ type: 'payment.updated', data: { payment }, timestamp: occurredAt })
  return eventObservation({
    snapshot: decodePayment(payment),
    body,
    bodySha256: createHash('sha256').update(body).digest(),
    occurredAt: new Date(occurredAt),
    learnedAt: new Date(at(seconds + 1)),
    deliveryId: 1,
  })
}
