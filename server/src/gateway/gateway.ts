import { setTimeout as sleepFor } from 'node:timers/promises'
import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import type { WithdrawalSnapshot } from '@desk/shared/withdrawals/withdrawal-snapshot'
import { createDecodedCalls, type Read } from './decoded-calls.ts'
import { GatewayError } from './gateway-error.ts'
import {
  createWithdrawalCall,
  encodeNewPayment,
  encodeWithdrawal,
  listCall,
  oneCall,
  pingCall,
  createPaymentCall,
  type ListRange,
  type NewPayment,
  type PaymentListQuery,
  type TokenListQuery,
  type WithdrawalListQuery,
  type WithdrawalOrder,
  type WithdrawalSending,
} from './gateway-requests.ts'
import { createHttpTransport } from './http-transport.ts'
import type { RateBudget } from './rate-budget.ts'
import {
  createUpstreamCalls,
  type GatewayLog,
  type UpstreamCall,
  type UpstreamTimeouts,
} from './upstream-calls.ts'
import { createUpstreamHealth, type UpstreamHealth } from './upstream-health.ts'
import { chainIdFormIn, type ChainIdForm } from './wire/chain-id.ts'
import { decodeCreatedPayment, type CreatedPayment } from './wire/created-payment.wire.ts'
import type { Page } from './wire/page.wire.ts'
import { decodePayment } from './wire/payment.wire.ts'
import {
  decodeChain,
  decodeToken,
  type RegistryChain,
  type RegistryToken,
} from './wire/registry.wire.ts'
import { decodeWalletBalances, type WalletBalance } from './wire/wallet-balance.wire.ts'
import { decodeWithdrawal } from './wire/withdrawal.wire.ts'

/** SpacePay's API for one merchant. A call that fails throws GatewayError. */
export interface Gateway {
  /** Faults are repeated under the idempotency key; without a key nothing is ever sent twice. */
  createPayment(payment: NewPayment, options?: { idempotencyKey?: string }): Promise<CreatedPayment>
  listPayments(query?: PaymentListQuery): Promise<Page<PaymentSnapshot>>
  getPayment(id: string): Promise<Read<PaymentSnapshot>>
  /** The exact bytes to commit before sending them. EVM chain ids take the form this host uses. */
  withdrawalBody(order: WithdrawalOrder): string
  /** Sends `body` once. After an unclear answer it is sent again only by `repeat: 'same-key'`. */
  createWithdrawal(body: string, options: WithdrawalSending): Promise<Read<WithdrawalSnapshot>>
  listWithdrawals(query?: WithdrawalListQuery): Promise<Page<WithdrawalSnapshot>>
  getWithdrawal(id: string): Promise<Read<WithdrawalSnapshot>>
  /** Null where the host has no such route. */
  walletBalances(): Promise<Read<readonly WalletBalance[]> | null>
  listChains(query?: ListRange): Promise<Page<RegistryChain>>
  listTokens(query?: TokenListQuery): Promise<Page<RegistryToken>>
  /** Whether the host answers at all; says nothing about the key. */
  ping(): Promise<void>
  readonly health: UpstreamHealth
  /** Cancels calls under way and closes all sockets. */
  close(): Promise<void>
}

export interface GatewayOptions {
  /** Scheme, host and, if need be, a path prefix. The key goes nowhere else. */
  readonly baseUrl: string
  readonly secretKey: string
  readonly budget: RateBudget
  readonly log: GatewayLog
  readonly now?: () => Date
  readonly sleep?: (milliseconds: number) => Promise<void>
  /** In [0, 1). */
  readonly random?: () => number
  readonly timeouts?: Partial<UpstreamTimeouts>
}

export function createGateway(options: GatewayOptions): Gateway {
  const { baseUrl, secretKey, budget, log, now = () => new Date(), sleep = sleepFor } = options
  const health = createUpstreamHealth()
  const transport = createHttpTransport({ ...transportLimits, baseUrl, secretKey })
  const callUpstream = createUpstreamCalls({
    transport,
    budget,
    health,
    log,
    waiting: { now, sleep },
    random: options.random ?? Math.random,
    timeouts: { ...defaultTimeouts, ...options.timeouts },
    redact: (text) => text.replaceAll(secretKey, '[secret key]'),
  })

  let chainIdForm: ChainIdForm = 'number'
  const { one, page } = createDecodedCalls(async (call: UpstreamCall) => {
    const json = await callUpstream(call)
    chainIdForm = chainIdFormIn(json) ?? chainIdForm
    return json
  }, now)

  return {
    createPayment: async (payment, { idempotencyKey } = {}) => {
      const call = createPaymentCall(encodeNewPayment(payment), idempotencyKey)
      return (await one(call, decodeCreatedPayment)).value
    },
    listPayments: (query = {}) => page(listCall('payments', query), decodePayment),
    getPayment: async (id) => one(oneCall('payments', id), decodePayment),
    withdrawalBody: (order) => encodeWithdrawal(order, chainIdForm),
    createWithdrawal: (body, sending) => one(createWithdrawalCall(body, sending), decodeWithdrawal),
    listWithdrawals: (query = {}) => page(listCall('withdrawals', query), decodeWithdrawal),
    getWithdrawal: async (id) => one(oneCall('withdrawals', id), decodeWithdrawal),
    walletBalances: () =>
      nullWhenNotFound(one(listCall('walletBalances', {}), decodeWalletBalances)),
    listChains: (query = {}) => page(listCall('chains', query), decodeChain),
    listTokens: (query = {}) => page(listCall('tokens', query), decodeToken),
    ping: async () => {
      await callUpstream(pingCall)
    },
    health,
    close: () => transport.close(),
  }
}

const transportLimits = {
  answerBytesMax: 20 * 1024 * 1024,
  connectTimeoutMs: 5_000,
  connectionsMax: 8,
} as const

/** Together they free every socket within 30 seconds. */
const defaultTimeouts: UpstreamTimeouts = { readMs: 10_000, writeMs: 25_000, callMs: 28_000 }

async function nullWhenNotFound<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof GatewayError && error.outcome === 'not_found') return null
    throw error
  }
}
