import {
  AMOUNT_MAX_CENTS,
  AMOUNT_MIN_CENTS,
  newWithdrawal,
  withdrawalQuery,
} from '../../withdrawals/withdrawals.routes.ts'
import { bodySchema, queryParameters, schemaNamed } from '../json-schema.ts'
import type { PathItem, Schema } from '../openapi-document.ts'
import { jsonBody, operation, pathId } from '../operation.ts'
import type { Surroundings } from '../surroundings.ts'
import { pageNotes } from './list-parameters.ts'

const base = '/v1/external/secretkey-auth'

/** Withdrawals, and the wallet they are paid from. */
export function withdrawalOperations(around: Surroundings): Readonly<Record<string, PathItem>> {
  const { settings, samples } = around
  return {
    [`${base}/withdrawals`]: {
      post: createWithdrawal(around),
      get: operation(settings, {
        id: 'listWithdrawals',
        tag: 'Withdrawals',
        summary: 'List withdrawals',
        description: 'A page of the merchant’s withdrawals, newest first.',
        access: 'secretKey',
        parameters: queryParameters(withdrawalQuery, {
          status: { description: 'One status only.' },
          ...pageNotes,
        }),
        answer: {
          status: 200,
          description: 'A page of withdrawals.',
          schema: schemaNamed('WithdrawalPage'),
          sample: samples.withdrawals,
        },
        errors: ['parameter_invalid'],
      }),
    },
    [`${base}/withdrawals/{withdrawalId}`]: {
      get: operation(settings, {
        id: 'getWithdrawal',
        tag: 'Withdrawals',
        summary: 'Get a withdrawal',
        description: 'One withdrawal, with its receipt or the reason why it failed.',
        access: 'secretKey',
        parameters: [pathId('withdrawalId', 'The withdrawal’s id.', samples.withdrawal.id)],
        answer: {
          status: 200,
          description: 'The withdrawal.',
          schema: schemaNamed('Withdrawal'),
          sample: samples.withdrawal,
        },
        errors: ['withdrawal_not_found'],
      }),
    },
    [`${base}/wallet/balances`]: {
      get: operation(settings, {
        id: 'getBalances',
        tag: 'Withdrawals',
        summary: 'Get the wallet’s balances',
        description: 'What the payout wallet holds on each network, in its withdrawal token.',
        access: 'secretKey',
        answer: {
          status: 200,
          description: 'The balances.',
          schema: schemaNamed('Balances'),
          sample: samples.balances,
        },
      }),
    },
  }
}

function createWithdrawal({ settings, samples, chainIdExample }: Surroundings) {
  return operation(settings, {
    id: 'createWithdrawal',
    tag: 'Withdrawals',
    summary: 'Create a withdrawal',
    description:
      'Sends money from the payout wallet to an address. It cannot be called back: there is no route to cancel it. Always send an Idempotency-Key.',
    access: 'secretKey',
    isPost: true,
    body: jsonBody(schemaNamed('NewWithdrawal'), {
      withdrawal: {
        summary: '50 US dollars on Base Sepolia',
        value: {
          amountInCents: 5_000,
          chainId: chainIdExample,
          recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
          orderId: 'PAYOUT-17',
          customMetadata: `{"note":"the supplier's share"}`,
        },
      },
    }),
    answer: {
      status: 201,
      description: 'The withdrawal, on its way.',
      schema: schemaNamed('Withdrawal'),
      sample: samples.acceptedWithdrawal,
    },
    errors: [
      'parameter_missing',
      'invalid_amount',
      'withdrawals_disabled',
      'invalid_recipient_address',
      'insufficient_funds',
    ],
  })
}

/** The body that creates a withdrawal. */
export function newWithdrawalSchema(): Schema {
  return {
    ...bodySchema(newWithdrawal, {
      amountInCents: {
        description: 'US cents.',
        type: 'integer',
        minimum: AMOUNT_MIN_CENTS,
        maximum: AMOUNT_MAX_CENTS,
      },
      chainId: { description: 'An EVM network: a number or a CAIP-2 id.' },
      recipientAddress: {
        description: 'On EVM networks 0x and 40 hex digits; mixed case must fit its checksum.',
      },
      orderId: { description: 'The merchant’s own name for it.' },
      currency: { description: 'US dollars only.', default: 'USD' },
      customMetadata: { description: 'JSON as text.' },
    }),
    description: 'A withdrawal of an amount to an address. The token is not chosen here.',
  }
}
