import * as z from 'zod'
import { paymentStatuses, paymentTypes } from '../../payments/payment-record.ts'
import type { PaymentView } from '../../payments/serialise-payment.ts'
import { baseUnits, instant, transactionFacts } from './receipt-facts.ts'
import type { registryShapes } from './registry-shapes.ts'

type RegistryShapes = ReturnType<typeof registryShapes>

const id = z.string().max(64)
const cents = z.int()
const settledCents = cents.nullable()

/** Payments in answers, as the profile has them. */
export function paymentShapes(view: Omit<PaymentView, 'now'>, registry: RegistryShapes) {
  const depositAddress = z
    .object({
      id,
      paymentId: id,
      type: addressType(view),
      address: z.string().describe('In lower case on EVM networks.'),
      createdAt: instant,
    })
    .describe('Where the payer sends the money.')
  const around = { ...registry, depositAddress }
  const quote = quoteShape(around, registry.token).describe(
    'What the payment costs in one token, for ten minutes.',
  )
  const quoteInList = quoteShape(around, registry.tokenInList).describe(
    'A quote within a list of payments.',
  )
  const receipt = receiptShape(registry, quote).describe(
    'The transaction that paid: the names of the OpenAPI document and of the hand-written pages beside each other.',
  )
  const receiptInList = receiptShape(registry, quoteInList).describe(
    'A receipt within a list of payments.',
  )
  const seedQuote = seedQuoteShape(around)
  const isSeed = view.profile === 'seed'
  const members = (quotes: z.ZodType, paid: z.ZodType) =>
    paymentMembers(view, { quote: isSeed ? seedQuote : quotes, receipt: paid, depositAddress })
  const payment = z
    .object(members(quote, receipt))
    .describe('A payment, or a deposit, as the merchant sees it.')
  const paymentInList = z
    .object(members(quoteInList, receiptInList))
    .describe('A payment within a list.')
  const forPayer = z
    .object(members(quote, receipt))
    .omit({ amountMerchantNetCents: true, ...(view.echoMetadata && { customMetadata: true }) })
    .describe('A payment as its payer sees it: without what the merchant gets.')
  return {
    depositAddress,
    quote,
    quoteInList,
    seedQuote,
    receipt,
    receiptInList,
    payment,
    paymentInList,
    forPayer,
  }
}

/** The answer to a created payment. */
export function createdPaymentShape(
  view: Omit<PaymentView, 'now'>,
  shapes: ReturnType<typeof paymentShapes>,
) {
  const { payment } = shapes
  const hostedPage = z
    .url()
    .describe('Send the payer here. It carries the payment secret: treat it as one.')
  const aliases = { checkout_url: hostedPage, payment_id: id }
  if (view.profile === 'seed') {
    return payment
      .extend(aliases)
      .describe('The new payment, flat, as the public integration page has it.')
  }
  return z
    .object({
      payment,
      paymentId: id,
      paymentUrl: hostedPage,
      secret: z.string().describe('The payment secret, for the routes of this one payment.'),
      id,
      status: z.enum(paymentStatuses),
      amount: cents,
      currency: z.literal('USD'),
      orderId: z.string(),
      ...(view.profile !== 'caip2' && { depositAddress: shapes.depositAddress }),
      quotes: z.array(shapes.quote),
      ...aliases,
    })
    .describe(
      'The documented envelope of payment, paymentId, paymentUrl and secret. The members after these repeat it under the names that the public integration page reads.',
    )
}

/** EVM is the one published address type. */
function addressType(view: Pick<PaymentView, 'profile'>) {
  if (view.profile === 'caip2') {
    return z
      .enum(['EVM', 'BIP122', 'TRON', 'SOLANA', 'TVM', 'XRPL'])
      .describe('EVM, the one that is published, or the CAIP-2 namespace of other networks.')
  }
  return view.profile === 'seed'
    ? z.enum(['evm', 'EVM']).describe('evm on the payment, EVM on its quotes.')
    : z.literal('EVM')
}

type Around = RegistryShapes & { readonly depositAddress: z.ZodType }

function quoteMembers({ chainId, depositAddress }: Around) {
  return {
    id,
    paymentId: id,
    chainId,
    depositAddress,
    amountDueCents: cents
      .nullable()
      .describe('What is to be paid, the fee of the network included.'),
    expiresAt: instant,
    status: z.enum(['active', 'expired', 'used', 'failed']),
    createdAt: instant,
  }
}

function quoteShape(around: Around, token: z.ZodType) {
  return z.object({
    ...quoteMembers(around),
    token,
    expectedAmountAsset: baseUnits.describe('What to send, in base units of the token.'),
    rateUsdAsset: z
      .string()
      .regex(/^\d+\.\d{8}$/)
      .describe('US dollars for one whole token.'),
  })
}

function seedQuoteShape(around: Around) {
  return z
    .object({
      ...quoteMembers(around),
      token: z.string().describe('The symbol of the token.'),
      expectedAmount: z
        .string()
        .regex(/^\d+(\.\d+)?$/)
        .describe('What to send, in whole tokens.'),
      exchangeRate: z
        .string()
        .regex(/^\d+\.\d{8}$/)
        .describe('US dollars for one whole token.'),
    })
    .describe('A quote as the public integration page has it.')
}

function receiptShape({ token, chain }: RegistryShapes, quote: z.ZodType) {
  return z.object({
    paymentId: id,
    selectedQuote: quote,
    settledToken: token,
    settledChain: chain,
    ...transactionFacts,
    processedBy: z.enum(['webhook', 'frontend', 'cron', 'manual', 'shout_webhook']),
    txRiskScore: z.int().min(1).max(100).nullable().describe('Higher is safer.'),
    txRiskSeverity: z
      .enum(['CRITICAL_RISK', 'HIGH_RISK', 'MEDIUM_RISK', 'LOW_RISK', 'NO_RISK'])
      .nullable(),
    txRiskProvider: z.string().nullable(),
    createdAt: instant,
    transactionHash: z.string().describe('Equal to txHash.'),
    blockNumber: z.int().describe('Equal to txBlockNumber.'),
    confirmations: z.int(),
    requiredConfirmations: z.int(),
    completedAt: instant.describe('Equal to createdAt.'),
  })
}

function paymentMembers(
  view: Omit<PaymentView, 'now'>,
  parts: { quote: z.ZodType; receipt: z.ZodType; depositAddress: z.ZodType },
) {
  const amount = cents.describe('What was asked for, in US cents. 0 in a deposit until it is paid.')
  return {
    id: id.describe('Opaque; at most 64 characters.'),
    merchantId: z.uuid(),
    merchantShortName: z.string(),
    merchantLogoUrl: z.url().nullable(),
    type: z.enum(paymentTypes),
    ...(view.profile === 'seed' ? { amount } : { amountInCents: amount }),
    amountDueCents: cents.describe('What the payer owes. Provisional until a quote was paid.'),
    convenienceFeeCents: settledCents.describe('Paid by the payer; null until settled.'),
    merchantFeeCents: settledCents.describe('Taken from the merchant; null until settled.'),
    swapFeeCents: settledCents.describe('Taken from the merchant; null until settled.'),
    amountMerchantNetCents: cents.describe('What the merchant gets after fees.'),
    currency: z.literal('USD'),
    status: z
      .enum(paymentStatuses)
      .describe('pending and processing are open; the others are final.'),
    ...(view.profile !== 'caip2' && { depositAddress: parts.depositAddress }),
    quotes: z.array(parts.quote),
    receipt: parts.receipt
      .nullable()
      .describe(
        view.receiptUnsettled
          ? 'On completed payments. This sandbox shows it on underpaid and late ones too.'
          : 'On completed payments.',
      ),
    orderId: z.string().nullable(),
    redirectUrl: z.url().nullable(),
    ...(view.echoMetadata && {
      customMetadata: z
        .string()
        .nullable()
        .describe('As it was sent. No published source has it here; this sandbox adds it.'),
    }),
    createdAt: instant,
  }
}
