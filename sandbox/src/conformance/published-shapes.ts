import * as z from 'zod'

/*
 * What SpacePay published, in every generation at once: the marketing page, the hand-written pages
 * and both OpenAPI documents. Members beyond these are welcome.
 */

const CAIP_2 = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/

/** A number, or CAIP-2 text. */
export const chainId = z.union(
  [z.int().positive(), z.string().regex(CAIP_2)],
  'must be a chain number or CAIP-2 text such as eip155:137',
)
export type ChainId = z.infer<typeof chainId>

/** Opaque: a uuid in the pages, `pay_…` in the marketing page. */
const id = z.string().min(1).max(64)
const cents = z.int().nonnegative()
const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'must be ISO 8601 in UTC')
const baseUnits = z.string().regex(/^\d+$/, 'must be whole base units as text')
const decimalText = z.string().regex(/^\d+(\.\d+)?$/, 'must be a decimal number as text')
const rate = z.union([decimalText, z.number().positive()], 'must be a decimal number')

export const paymentStatus = z.enum([
  'pending',
  'processing',
  'completed',
  'failed',
  'expired',
  'cancelled',
])
export const withdrawalStatus = z.enum([
  'pending',
  'processing',
  'completed',
  'failed',
  'cancelled',
])

export const chain = z
  .looseObject({
    chainId,
    name: z.string().min(1),
    nativeSymbol: z.string().min(1),
    nativeDecimals: z.int().nonnegative(),
    isEnabled: z.boolean(),
    isTestnet: z.boolean().optional(),
  })
  .describe('a chain')

export const token = z
  .looseObject({
    id,
    coingeckoApiId: z.string().nullish(),
    chain: chain.optional(),
    symbol: z.string().min(1),
    contractAddress: z.string().min(1),
    decimals: z.int().nonnegative(),
    type: z.enum(['stablecoin', 'volatile']),
    assetType: z.enum(['native', 'erc20']),
    status: z.enum(['active', 'deprecated', 'blocked']),
    tokenPriceUsd: z.number().nullable(),
  })
  .describe('a token')

/** `EVM` is the one published type; networks announced besides have addresses of other forms. */
const depositAddress = z
  .looseObject({ type: z.string().optional(), address: z.string().min(1) })
  .refine(
    ({ type = 'EVM', address }) => !/^evm$/i.test(type) || /^0x[\da-f]{40}$/i.test(address),
    'must be 0x and 40 hex digits',
  )

export const quote = z
  .looseObject({
    id: id.optional(),
    paymentId: id.optional(),
    token: z.union([token, z.string().min(1)], 'must be a token or its symbol'),
    chainId,
    depositAddress: depositAddress.nullish(),
    expectedAmountAsset: baseUnits.optional(),
    expectedAmount: decimalText.optional(),
    rateUsdAsset: rate.optional(),
    exchangeRate: rate.optional(),
    amountDueCents: cents.nullish(),
    expiresAt: instant,
    status: z.enum(['active', 'expired', 'used', 'failed']),
    createdAt: instant.optional(),
  })
  .refine(
    (read) => read.expectedAmountAsset !== undefined || read.expectedAmount !== undefined,
    'needs expectedAmountAsset, or expectedAmount',
  )
  .refine(
    (read) => read.rateUsdAsset !== undefined || read.exchangeRate !== undefined,
    'needs rateUsdAsset, or exchangeRate',
  )
  .describe('a quote')
export type Quote = z.infer<typeof quote>

/** Two sets of names are published; either will do. */
const paymentReceipt = z
  .looseObject({
    txHash: z.string().nullish(),
    transactionHash: z.string().nullish(),
    txBlockNumber: z.int().nullish(),
    blockNumber: z.int().nullish(),
    settledAmountAsset: baseUnits.optional(),
    settledAmountUsd: decimalText.optional(),
    txTimestamp: instant.nullish(),
    completedAt: instant.nullish(),
  })
  .refine(
    (read) => read.txHash !== undefined || read.transactionHash !== undefined,
    'needs txHash, or transactionHash',
  )

export const payment = z
  .looseObject({
    id,
    merchantId: z.string().optional(),
    merchantShortName: z.string().optional(),
    merchantLogoUrl: z.string().nullish(),
    type: z.enum(['payment', 'deposit']).optional(),
    amountInCents: cents.optional(),
    amount: cents.optional(),
    amountDueCents: cents.optional(),
    convenienceFeeCents: cents.nullish(),
    merchantFeeCents: cents.nullish(),
    swapFeeCents: cents.nullish(),
    amountMerchantNetCents: z.int().optional(),
    currency: z.literal('USD'),
    status: paymentStatus,
    depositAddress: depositAddress.nullish(),
    quotes: z.array(quote),
    receipt: paymentReceipt.nullish(),
    orderId: z.string().max(255).nullable(),
    redirectUrl: z.string().nullish(),
    createdAt: instant,
  })
  .refine(
    (read) => read.amountInCents !== undefined || read.amount !== undefined,
    'needs amountInCents, or amount',
  )
  .describe('a payment')
export type Payment = z.infer<typeof payment>

const withdrawalReceipt = z.looseObject({
  withdrawalId: id,
  settledToken: token,
  settledChain: chain,
  settledAmountAsset: baseUnits,
  settledAmountUsd: decimalText,
  txHash: z.string().nullable(),
})

export const withdrawal = z
  .looseObject({
    id,
    merchantId: z.string().optional(),
    amountInCents: cents,
    chainId,
    recipientAddress: z.string().min(1),
    status: withdrawalStatus,
    currency: z.literal('USD'),
    orderId: z.string().nullable(),
    customMetadata: z.string().nullish(),
    errorMessage: z.string().nullish(),
    receipt: withdrawalReceipt.nullish(),
    createdAt: instant,
    updatedAt: instant.optional(),
  })
  .describe('a withdrawal')

export const balances = z
  .looseObject({
    balances: z.array(
      z.looseObject({
        chainId,
        token: z.looseObject({ id, symbol: z.string().min(1), decimals: z.int().nonnegative() }),
        amountRaw: baseUnits.nullable(),
        amountFormatted: decimalText.nullable(),
      }),
    ),
  })
  .describe('wallet balances')

export const statusOnly = z
  .looseObject({ id, status: paymentStatus })
  .describe('the id and status of a payment')

/** One page of a list. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z
    .looseObject({
      data: z.array(row),
      pagination: z.looseObject({
        total: z.int().nonnegative(),
        limit: z.int().positive(),
        offset: z.int().nonnegative(),
        hasMore: z.boolean(),
        totalPages: z.int().nonnegative(),
        currentPage: z.int().positive(),
      }),
    })
    .describe('a page of a list')
}

/** What a webhook tells of a payment or withdrawal, whole objects included. */
export const snapshot = z
  .looseObject({
    id,
    type: z.enum(['payment', 'deposit']).optional(),
    merchantId: z.string().optional(),
    amountInCents: cents.optional(),
    amount: cents.optional(),
    amountDueCents: cents.optional(),
    currency: z.literal('USD'),
    status: paymentStatus,
    orderId: z.string().nullable(),
    createdAt: instant,
  })
  .refine(
    (read) => read.amountInCents !== undefined || read.amount !== undefined,
    'needs amountInCents, or amount',
  )
  .describe('a webhook about a payment or withdrawal')
