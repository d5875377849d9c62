import { quoteWish, refreshWish } from '../../payments/payer.routes.ts'
import { bodySchema, schemaNamed } from '../json-schema.ts'
import type { PathItem, Schema } from '../openapi-document.ts'
import { jsonBody, operation, pathId, type RoutePlan } from '../operation.ts'
import type { Surroundings } from '../surroundings.ts'

const base = '/v1/external/payment-secret-auth/payments/{paymentId}'

/** What the payer's page does with the secret of its one payment. */
export function payerOperations(around: Surroundings): Readonly<Record<string, PathItem>> {
  const { samples } = around
  const route = (plan: Omit<RoutePlan, 'tag' | 'access' | 'parameters'>) =>
    operation(around.settings, {
      ...plan,
      tag: 'Payer',
      access: 'paymentSecret',
      parameters: [
        pathId('paymentId', 'The payment that the secret belongs to.', samples.status.id),
      ],
    })
  const answer = (description: string, schema: Schema, sample: unknown) => ({
    status: 200,
    description,
    schema,
    sample,
  })
  return {
    [base]: {
      get: route({
        id: 'getPaymentAsPayer',
        summary: 'Get the payment',
        description: 'The payment without what the merchant gets of it.',
        answer: answer('The payment.', schemaNamed('PaymentForPayer'), samples.forPayer),
      }),
    },
    [`${base}/status`]: {
      get: route({
        id: 'getPaymentStatus',
        summary: 'Get the status',
        description: 'Small, for pages that ask again and again.',
        answer: answer('The status.', schemaNamed('PaymentStatus'), samples.status),
      }),
    },
    [`${base}/quotes`]: {
      get: route({
        id: 'listQuotes',
        summary: 'List the active quotes',
        description: 'A bare array of the quotes that can still be paid.',
        answer: answer(
          'The active quotes.',
          { type: 'array', items: schemaNamed(around.quoteName) },
          samples.quotes,
        ),
      }),
      post: createQuote(around, route),
    },
    [`${base}/refresh-status`]: { post: refreshStatus(around, route) },
  }
}

type MakeRoute = (plan: Omit<RoutePlan, 'tag' | 'access' | 'parameters'>) => PathItem['post'] & {}

function createQuote({ samples, quoteName, chainIdExample }: Surroundings, route: MakeRoute) {
  return route({
    id: 'createQuote',
    summary: 'Get a quote in a token',
    description:
      'Makes the payer’s choice of token the leading quote. A quote that is still active in that token is kept; otherwise there is a new one. With neither address nor network it is Base Sepolia USDC.',
    isPost: true,
    body: jsonBody(
      bodySchema(quoteWish, {
        contractAddress: {
          description: 'Address of the token; alone, its first network is meant.',
        },
        chainId: { description: 'A number or a CAIP-2 id; alone, its first token is meant.' },
        forceDepositAmount: { description: 'US cents; in deposits only.' },
      }),
      {
        token: {
          summary: 'USDT on Base Sepolia',
          value: {
            chainId: chainIdExample,
            contractAddress: '0xe290136a17a1804d4e538bd747b7a48d1a44a629',
          },
        },
      },
      false,
    ),
    answer: {
      status: 201,
      description: 'The quote.',
      schema: schemaNamed(quoteName),
      sample: samples.quote,
    },
    errors: ['payment_not_pending'],
  })
}

function refreshStatus({ samples, chainIdExample }: Surroundings, route: MakeRoute) {
  return route({
    id: 'refreshStatus',
    summary: 'Look for the money again',
    description:
      'Checks on the chain, for when a page waits longer than it should. The body is required; its members are hints.',
    isPost: true,
    body: jsonBody(
      bodySchema(refreshWish, {
        transactionHash: { description: 'The transaction the payer made.' },
        chainId: { description: 'Its network: a number or a CAIP-2 id.' },
        tokenContractAddress: { description: 'The token it moved.' },
      }),
      {
        hint: { summary: 'With a hint', value: { chainId: chainIdExample } },
        nothing: { summary: 'Without hints', value: {} },
      },
    ),
    answer: {
      status: 200,
      description: 'The status.',
      schema: schemaNamed('PaymentStatus'),
      sample: samples.status,
    },
  })
}
