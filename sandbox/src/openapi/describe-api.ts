import * as z from 'zod'
import { paymentStatuses } from '../payments/payment-record.ts'
import type { RateLimit } from '../settings.ts'
import type { World } from '../world.ts'
import { errorExample, errorTable } from './error-table.ts'
import { componentSchemas } from './json-schema.ts'
import type { OpenApiDocument, Schema } from './openapi-document.ts'
import { payerOperations } from './operations/payer-operations.ts'
import { newPaymentSchemas, paymentOperations } from './operations/payment-operations.ts'
import { registryOperations } from './operations/registry-operations.ts'
import { webhookOperations } from './operations/webhook-operations.ts'
import { newWithdrawalSchema, withdrawalOperations } from './operations/withdrawal-operations.ts'
import { errorShape } from './shapes/error-shape.ts'
import { createdPaymentShape, paymentShapes } from './shapes/payment-shapes.ts'
import { pageShape, paginationShape, registryShapes } from './shapes/registry-shapes.ts'
import { webhookShapes } from './shapes/webhook-shapes.ts'
import { withdrawalShapes } from './shapes/withdrawal-shapes.ts'
import { type Surroundings, surroundingsOf } from './surroundings.ts'

/** OpenAPI 3.1 of exactly what this sandbox serves under /v1, in its profile and with its limits. */
export function describeApi(world: World): OpenApiDocument {
  const around = surroundingsOf(world)
  const table = errorTable(world.settings)
  return {
    openapi: '3.1.0',
    info: {
      title: 'SpacePay API, as this sandbox serves it',
      version: `1.0.0-sandbox.${around.view.profile}`,
      description: introduction(around),
    },
    servers: [{ url: world.url(), description: 'This sandbox. No real money moves here.' }],
    tags,
    paths: {
      ...paymentOperations(around),
      ...withdrawalOperations(around),
      ...payerOperations(around),
      ...registryOperations(around),
    },
    webhooks: webhookOperations(around),
    components: {
      schemas: { ...answerSchemas(around), ...bodySchemas(around) },
      examples: Object.fromEntries(
        Object.entries(table).map(([code, refusal]) => [code, errorExample(refusal)]),
      ),
      securitySchemes: {
        secretKey: {
          type: 'apiKey',
          in: 'header',
          name: 'X-SpacePay-Secret-Key',
          description:
            'The merchant’s secret key, sk_test_… here. For servers only: never in a browser, an app or a repository.',
        },
        paymentSecret: {
          type: 'apiKey',
          in: 'header',
          name: 'X-SpacePay-Payment-Secret',
          description: 'The secret of one payment, from the answer that created it.',
        },
      },
    },
  }
}

const tags = [
  { name: 'Payments', description: 'Create payments and deposits, and read them.' },
  { name: 'Withdrawals', description: 'Pay out to an address, from the payout wallet.' },
  { name: 'Payer', description: 'What the payer’s page may do with the secret of one payment.' },
  { name: 'Registry', description: 'Networks and tokens, open to everybody.' },
  {
    name: 'Webhooks',
    description:
      'What the service tells the merchant’s server. Answer types that are not among these with 2xx too: the sandbox’s control sends webhook.test, and payment.confirmed when asked to.',
  },
] as const

const profiles = {
  default:
    'It speaks the default profile: chain ids are numbers, and a created payment has the documented envelope with the names of the public integration page beside it.',
  caip2:
    'It speaks the caip2 profile, the latest published generation: chain ids are CAIP-2 text, deposit addresses are on quotes, and an amount out of range is refused with 400.',
  seed: 'It speaks the seed profile, the public integration page: payments are flat, with amount, expectedAmount and exchangeRate, and a created payment answers 200.',
} as const

function introduction({ settings, view }: Surroundings): string {
  return [
    `A local stand-in for the SpacePay API. ${profiles[view.profile]}`,
    'Fiat amounts are whole US cents. Amounts of tokens are base units as integer text: divide by 10 to the power of the token’s decimals, and never with floating point. Instants are ISO 8601 in UTC.',
    `${rateRule(settings.rateLimit)} On 429 and on 5xx try again, waiting longer each time; do not repeat other refusals. After a POST without an answer, send the same Idempotency-Key again.`,
    'A refusal has the same body everywhere. It holds every published shape at once, so that clients written from any of the sources can read it.',
    'Faults that are switched on in the sandbox’s control may answer anything at any time; that is what they are for.',
  ].join('\n\n')
}

function rateRule(limit: RateLimit | null): string {
  return limit === null
    ? 'This sandbox counts no requests.'
    : `Each secret key may make ${limit.requests} requests in ${limit.windowMs / 1_000} seconds; more are refused with 429 and Retry-After.`
}

function answerSchemas({ view, isPayloadFull }: Surroundings): Readonly<Record<string, Schema>> {
  const registry = registryShapes(view.profile)
  const payments = paymentShapes(view, registry)
  const withdrawals = withdrawalShapes(registry)
  const webhooks = webhookShapes(
    view.profile,
    isPayloadFull ? { payment: payments.payment, withdrawal: withdrawals.withdrawal } : null,
  )
  const isSeed = view.profile === 'seed'
  return componentSchemas({
    CreatedPayment: createdPaymentShape(view, payments),
    Payment: payments.payment,
    PaymentForPayer: payments.forPayer,
    PaymentStatus: z
      .object({ id: z.string().max(64), status: z.enum(paymentStatuses) })
      .describe('Which payment, and how it stands.'),
    PaymentPage: pageShape(payments.paymentInList, paginationShape),
    PaymentInList: payments.paymentInList,
    DepositAddress: payments.depositAddress,
    Quote: payments.quote,
    QuoteInList: payments.quoteInList,
    ...(isSeed && { SeedQuote: payments.seedQuote }),
    Receipt: payments.receipt,
    ReceiptInList: payments.receiptInList,
    Withdrawal: withdrawals.withdrawal,
    WithdrawalPage: pageShape(withdrawals.withdrawal, paginationShape),
    WithdrawalReceipt: withdrawals.receipt,
    Balances: withdrawals.balances,
    Chain: registry.chain,
    ChainPage: pageShape(registry.chain, paginationShape),
    Token: registry.token,
    TokenPage: pageShape(registry.token, paginationShape),
    TokenInList: registry.tokenInList,
    Pagination: paginationShape,
    PaymentWebhook: webhooks.paymentWebhook,
    WithdrawalWebhook: webhooks.withdrawalWebhook,
    PaymentSnapshot: webhooks.paymentSnapshot,
    WithdrawalSnapshot: webhooks.withdrawalSnapshot,
    Health: z.object({ status: z.literal('ok') }).describe('The service is up.'),
    Error: errorShape,
  })
}

function bodySchemas({ settings }: Surroundings): Readonly<Record<string, Schema>> {
  return {
    ...newPaymentSchemas(settings.amountMinCents),
    NewWithdrawal: newWithdrawalSchema(),
  }
}
