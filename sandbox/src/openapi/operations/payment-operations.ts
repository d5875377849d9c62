import {
  AMOUNT_MAX_CENTS,
  newDeposit,
  newPayment,
  paymentQuery,
} from '../../payments/payments.routes.ts'
import { bodySchema, queryParameters, schemaNamed } from '../json-schema.ts'
import type { PathItem, Schema } from '../openapi-document.ts'
import { jsonBody, operation, pathId } from '../operation.ts'
import type { Surroundings } from '../surroundings.ts'
import { pageNotes } from './list-parameters.ts'

const base = '/v1/external/secretkey-auth/payments'

/** What the merchant's server does with payments. */
export function paymentOperations(around: Surroundings): Readonly<Record<string, PathItem>> {
  return {
    [base]: { post: createPayment(around), get: listPayments(around) },
    [`${base}/{paymentId}`]: { get: getPayment(around) },
  }
}

function createPayment({ settings, samples }: Surroundings) {
  return operation(settings, {
    id: 'createPayment',
    tag: 'Payments',
    summary: 'Create a payment or a deposit',
    description:
      'Opens a payment of a fixed amount, or a deposit in which the payer chooses the amount. Send the payer to the hosted page in the answer, and keep the answer: the payment secret is not shown again.',
    access: 'secretKey',
    isPost: true,
    body: jsonBody(
      { oneOf: [schemaNamed('NewPayment'), schemaNamed('NewDeposit')] },
      {
        payment: {
          summary: 'A payment of 149.99 US dollars',
          value: {
            type: 'payment',
            amount: 14_999,
            currency: 'USD',
            orderId: 'ORDER-8827',
            redirectUrl: 'https://shop.example/thanks',
            customMetadata: '{"cartId":"c-51"}',
          },
        },
        deposit: {
          summary: 'A deposit of a known customer',
          value: {
            type: 'deposit',
            currency: 'USD',
            orderId: 'TOP-UP-12',
            customerRefId: 'customer-204',
          },
        },
      },
    ),
    answer: {
      // The integration page's table says 200, every other source 201.
      status: settings.profile === 'seed' ? 200 : 201,
      description: 'The new payment.',
      schema: schemaNamed('CreatedPayment'),
      sample: samples.created,
    },
    errors: ['parameter_missing', 'invalid_amount', 'deposits_disabled'],
  })
}

function listPayments({ settings, samples }: Surroundings) {
  return operation(settings, {
    id: 'listPayments',
    tag: 'Payments',
    summary: 'List payments',
    description:
      'A page of the merchant’s payments and deposits. There is no filter by date and none by order id.',
    access: 'secretKey',
    parameters: queryParameters(paymentQuery, {
      type: { description: 'Payments or deposits only.' },
      status: { description: 'One status only.' },
      search: {
        description:
          'Part of a payment id, deposit address, merchant name, transaction hash or sender’s address. Not of an order id.',
      },
      sortBy: { description: 'What the list is sorted by.' },
      sortOrder: { description: 'Descending is newest or largest first.' },
      ...pageNotes,
    }),
    answer: {
      status: 200,
      description: 'A page of payments.',
      schema: schemaNamed('PaymentPage'),
      sample: samples.payments,
    },
    errors: ['parameter_invalid'],
  })
}

function getPayment({ settings, samples }: Surroundings) {
  return operation(settings, {
    id: 'getPayment',
    tag: 'Payments',
    summary: 'Get a payment',
    description: 'One payment or deposit, with its quotes and its receipt.',
    access: 'secretKey',
    parameters: [pathId('paymentId', 'The payment’s id.', samples.status.id)],
    answer: {
      status: 200,
      description: 'The payment.',
      schema: schemaNamed('Payment'),
      sample: samples.payment,
    },
    errors: ['payment_not_found'],
  })
}

const openNotes = {
  currency: { description: 'US dollars only.' },
  orderId: { description: 'The merchant’s own name for it. It need not be unique.' },
  redirectUrl: { description: 'Where the payer goes after paying.' },
  customMetadata: { description: 'JSON as text. It is appended to redirectUrl as a query.' },
  customerRefId: {
    description: 'A stable id of the customer: deposits with the same one share an address.',
  },
} as const

/** The two bodies that create a payment. */
export function newPaymentSchemas(amountMinCents: number): Readonly<Record<string, Schema>> {
  const payment = bodySchema(newPayment, {
    amount: {
      description: 'US cents.',
      type: 'integer',
      minimum: amountMinCents,
      maximum: AMOUNT_MAX_CENTS,
    },
    ...openNotes,
  })
  const deposit = bodySchema(newDeposit, openNotes)
  return {
    NewPayment: {
      ...payment,
      description: 'A payment of a fixed amount.',
      properties: {
        type: { type: 'string', const: 'payment', default: 'payment' },
        ...payment.properties,
      },
    },
    NewDeposit: {
      ...deposit,
      description: 'A deposit: the payer chooses the amount. An amount is ignored.',
      properties: { type: { type: 'string', const: 'deposit' }, ...deposit.properties },
      required: ['type', ...(deposit.required ?? [])],
    },
  }
}
