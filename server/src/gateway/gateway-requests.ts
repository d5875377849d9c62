import type { AmountCents } from '@desk/shared/money/amount-cents'
import { failureOf, GatewayError } from './gateway-error.ts'
import type { UpstreamCall } from './upstream-calls.ts'
import { chainIdToSend, type ChainIdForm } from './wire/chain-id.ts'

export interface NewPayment {
  readonly type: 'payment' | 'deposit'
  /** Left out for deposits, where the payer decides. */
  readonly amountCents?: AmountCents
  readonly orderId: string
  readonly redirectUrl?: string
  /** JSON text of at most 2,048 characters. */
  readonly customMetadata?: string
  readonly customerRefId?: string
}

/** The body of `POST /payments`. Optional fields that are missing are not sent. */
export function encodeNewPayment(payment: NewPayment): string {
  return JSON.stringify({
    type: payment.type,
    amount: payment.amountCents,
    currency: 'USD',
    orderId: payment.orderId,
    redirectUrl: payment.redirectUrl,
    customMetadata: payment.customMetadata,
    customerRefId: payment.customerRefId,
  })
}

export interface WithdrawalOrder {
  readonly amountCents: AmountCents
  /** CAIP-2. */
  readonly network: string
  readonly recipientAddress: string
  readonly orderId?: string
  /** JSON text of at most 2,048 characters. */
  readonly customMetadata?: string
}

/** The body of `POST /withdrawals`: the same order and form give the same bytes. */
export function encodeWithdrawal(order: WithdrawalOrder, form: ChainIdForm): string {
  return JSON.stringify({
    amountInCents: order.amountCents,
    currency: 'USD',
    chainId: chainIdToSend(order.network, form),
    recipientAddress: order.recipientAddress,
    orderId: order.orderId,
    customMetadata: order.customMetadata,
  })
}

export interface WithdrawalSending {
  readonly idempotencyKey: string
  /** Default `never`: the published sources only half promise idempotency for withdrawals. */
  readonly repeat?: 'never' | 'same-key'
}

/** SpacePay allows a limit of 1 to 1,000 and takes 100 when none is given. */
export interface ListRange {
  readonly limit?: number
  readonly offset?: number
}

export interface PaymentListQuery extends ListRange {
  readonly type?: 'payment' | 'deposit'
  readonly status?: string
  /** Part of a payment id, address, shop name, transaction hash or sender; not of an order id. */
  readonly search?: string
  readonly sortBy?: 'createdAt' | 'amountInCents'
  readonly sortOrder?: 'ASC' | 'DESC'
}

export interface WithdrawalListQuery extends ListRange {
  readonly status?: string
}

export interface TokenListQuery extends ListRange {
  readonly chainId?: number | string
  readonly symbol?: string
  readonly contractAddress?: string
}

const paths = {
  payments: '/v1/external/secretkey-auth/payments',
  withdrawals: '/v1/external/secretkey-auth/withdrawals',
  walletBalances: '/v1/external/secretkey-auth/wallet/balances',
  chains: '/v1/external/chains',
  tokens: '/v1/external/tokens',
} as const

const reading = { method: 'GET', repeat: 'after_any_fault' } as const

export function listCall(resource: keyof typeof paths, query: object): UpstreamCall {
  return { ...reading, route: `GET ${resource}`, path: paths[resource] + queryText(query) }
}

/** Throws GatewayError for an id that cannot be one, since `..` would name another resource. */
export function oneCall(resource: 'payments' | 'withdrawals', id: string): UpstreamCall {
  const route = `GET ${resource}/{id}`
  if (/^\.{0,2}$/.test(id)) {
    throw new GatewayError(failureOf('not_found', 'No id was given.'), { route, attempts: 0 })
  }
  return { ...reading, route, path: `${paths[resource]}/${encodeURIComponent(id.toWellFormed())}` }
}

export const pingCall: UpstreamCall = {
  ...reading,
  route: 'GET /v1',
  path: '/v1',
  acceptsAnyBody: true,
}

export function createPaymentCall(body: string, idempotencyKey: string | undefined): UpstreamCall {
  return {
    route: 'POST payments',
    method: 'POST',
    path: paths.payments,
    body,
    ...(idempotencyKey === undefined
      ? { repeat: 'never' }
      : { repeat: 'after_any_fault', headers: { 'idempotency-key': idempotencyKey } }),
  }
}

export function createWithdrawalCall(body: string, sending: WithdrawalSending): UpstreamCall {
  return {
    route: 'POST withdrawals',
    method: 'POST',
    path: paths.withdrawals,
    body,
    headers: { 'idempotency-key': sending.idempotencyKey },
    repeat: sending.repeat === 'same-key' ? 'after_any_fault' : 'after_429',
  }
}

function queryText(query: object): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value))
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`
}
