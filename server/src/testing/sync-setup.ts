import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import { startSandbox } from '@desk/sandbox/start-sandbox'
import { createGateway, type Gateway } from '../gateway/gateway.ts'
import type { PaymentListQuery } from '../gateway/gateway-requests.ts'
import { memoryRateBudget } from '../gateway/rate-budget.ts'
import { testDatabase, type TestDatabase } from './test-database.ts'
import type { SyncDependencies } from '../sync/list-page.ts'
import type { WithdrawalSync } from '../sync/withdrawals.ts'

export interface SyncSetup extends AsyncDisposable {
  readonly database: TestDatabase
  readonly gateway: Gateway
  readonly dependencies: SyncDependencies & WithdrawalSync
  /** The queries of all lists asked for so far. */
  readonly lists: readonly PaymentListQuery[]
  /** The ids of all single payments asked for so far. */
  readonly reads: readonly string[]
  /** Makes one payment at SpacePay, without any webhook to tell of it. */
  readonly makePayment: (orderId: string) => Promise<PaymentSnapshot>
  /** A payer does something at SpacePay, and its chain goes on until it is settled. */
  readonly act: (paymentId: string, outcome: 'exact' | 'under' | 'over') => Promise<void>
  readonly webhookSecret: string
  /** For a Desk in a process of its own. */
  readonly spacepay: { readonly url: string; readonly secretKey: string }
  /** Every fault that was asked for ends. */
  readonly clearFaults: () => Promise<void>
  /** Asks the sandbox's control API; a body makes it a change. */
  readonly control: (path: string, body?: object) => Promise<unknown>
  readonly sendWebhooksTo: (url: string) => Promise<void>
}

export const quietLog = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** A sandbox with a past, and a Desk's database that knows nothing of it. */
export async function syncSetup(options: {
  readonly historyCount: number
  readonly pageLimit: number
  readonly now?: () => Date
  /** SpacePay's clock is Desk's, its blocks as long as they are: for stories that last for hours. */
  readonly isSharedClock?: boolean
}): Promise<SyncSetup> {
  const { historyCount, pageLimit, now = () => new Date(), isSharedClock = false } = options
  const [database, sandbox] = await Promise.all([
    testDatabase(),
    startSandbox({ historyCount, ...(isSharedClock ? { now, blockMs: 1_000 } : { blockMs: 5 }) }),
  ])
  const waiting = { now: () => new Date(), sleep: async () => undefined }
  const gateway = createGateway({
    baseUrl: sandbox.url,
    secretKey: sandbox.secretKey,
    budget: memoryRateBudget({ perSecond: 10_000, burst: 10_000 }, waiting),
    log: quietLog,
    sleep: waiting.sleep,
  })
  const lists: PaymentListQuery[] = []
  const reads: string[] = []
  const watched: SyncSetup['dependencies']['gateway'] = {
    listWithdrawals: (query) => gateway.listWithdrawals(query),
    getWithdrawal: (id) => gateway.getWithdrawal(id),
    listPayments: (query = {}) => {
      lists.push(query)
      return gateway.listPayments(query)
    },
    getPayment: (id) => {
      reads.push(id)
      return gateway.getPayment(id)
    },
  }
  const control = async (path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}/__sandbox/${path}`, {
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? null : answer.json()
  }
  return {
    database,
    gateway,
    lists,
    reads,
    dependencies: { db: database.db, gateway: watched, now, log: quietLog, pageLimit },
    makePayment: async (orderId) => {
      const amount = amountCents.parse(14_999)
      const order = { type: 'payment', amountCents: amount, orderId } as const
      return (await gateway.createPayment(order, { idempotencyKey: orderId })).payment
    },
    act: async (paymentId, outcome) => {
      await control(`payments/${paymentId}/simulate`, { outcome })
    },
    control,
    webhookSecret: sandbox.webhookSecret,
    spacepay: { url: sandbox.url, secretKey: sandbox.secretKey },
    clearFaults: async () => {
      const answer = await fetch(`${sandbox.url}/__sandbox/faults`, { method: 'DELETE' })
      if (!answer.ok) throw new Error(`The faults could not be cleared: ${answer.status}`)
    },
    sendWebhooksTo: async (url) => {
      await control('webhooks', { url, secret: sandbox.webhookSecret })
    },
    [Symbol.asyncDispose]: async () => {
      await gateway.close()
      await sandbox.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Every payment as the API tells it, by id. */
export async function allAtApi(gateway: Gateway): Promise<Map<string, PaymentSnapshot>> {
  const page = await gateway.listPayments({ limit: 1_000, sortBy: 'createdAt', sortOrder: 'ASC' })
  return new Map(page.rows.map(({ value }) => [value.id, value]))
}
