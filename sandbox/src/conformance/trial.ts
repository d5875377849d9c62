import { randomBytes } from 'node:crypto'
import { type CreatedPayment, readCreated } from './created-payment.ts'
import { type Answer, openService, type Service } from './service.ts'
import { Failed, Skipped } from './verdict.ts'
import { type HeardWebhooks, hearWebhooks, type WebhookWish } from './hear-webhooks.ts'

export const paymentsPath = '/v1/external/secretkey-auth/payments'
export const withdrawalsPath = '/v1/external/secretkey-auth/withdrawals'
export const balancesPath = '/v1/external/secretkey-auth/wallet/balances'
export const chainsPath = '/v1/external/chains'
export const tokensPath = '/v1/external/tokens'

/** Valid in every generation: the highest published minimum is 400. */
export const AMOUNT_CENTS = 14_999

export interface TrialOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly secretKey: string
  /** The key of another merchant of the same service, if there is one. */
  readonly otherKey: string | null
  /** Where withdrawals may really go; null sends only what must be refused. */
  readonly withdrawTo: string | null
  readonly webhooks: WebhookWish
}

/** One run against one service: what all checks share. */
export interface Trial extends AsyncDisposable {
  readonly options: TrialOptions
  readonly service: Service
  /** A fresh order id that says where the payment came from. */
  readonly orderId: () => string
  /** A valid create with a fresh order id; `wish` overrides its members. */
  readonly wish: (wish?: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
  readonly create: (idempotencyKey?: string) => Promise<Answer>
  /** Headers of another merchant; skips when none is known. */
  readonly otherMerchant: () => Readonly<Record<string, string>>
  /** One pending payment for all checks that only read. */
  readonly sample: () => Promise<CreatedPayment>
  /** What the webhook receiver of this run hears; skips when there is none. */
  readonly webhooks: () => Promise<HeardWebhooks>
}

export function openTrial(options: TrialOptions): Trial {
  const service = openService(options.baseUrl, options.secretKey)
  const run = randomBytes(4).toString('hex')
  let orders = 0
  let sample: Promise<CreatedPayment> | null = null
  let webhooks: Promise<HeardWebhooks> | null = null

  const orderId = () => {
    orders += 1
    return `CONFORMANCE-${run}-${orders}`
  }
  const wish: Trial['wish'] = (more = {}) => ({
    type: 'payment',
    amount: AMOUNT_CENTS,
    currency: 'USD',
    orderId: orderId(),
    ...more,
  })
  const create: Trial['create'] = (idempotencyKey) =>
    service.post(
      paymentsPath,
      wish(),
      idempotencyKey === undefined ? {} : { headers: { 'Idempotency-Key': idempotencyKey } },
    )

  return {
    options,
    service,
    orderId,
    wish,
    create,
    otherMerchant: () => {
      const { otherKey } = options
      if (otherKey === null) throw new Skipped('this needs a second merchant: give --other-key')
      return { 'X-SpacePay-Secret-Key': otherKey }
    },
    sample: () => {
      sample ??= create().then(readCreated)
      return sample.catch((error: unknown) => {
        // Creating has a check of its own; the others need not fail for it too.
        if (error instanceof Failed) throw new Skipped('no payment could be created')
        throw error
      })
    },
    webhooks: () => {
      webhooks ??= hearWebhooks(service, options)
      return webhooks
    },
    [Symbol.asyncDispose]: async () => {
      if (webhooks === null) return
      const heard = await webhooks.catch((error: unknown) => {
        if (error instanceof Skipped || error instanceof Failed) return null
        throw error
      })
      await heard?.[Symbol.asyncDispose]()
    },
  }
}
