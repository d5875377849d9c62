import * as z from 'zod'

/** An instant in ISO 8601, UTC, with milliseconds. */
export const instant = z.iso.datetime()

/** Base units as integer text: they are too large for numbers. */
export const baseUnits = z
  .string()
  .regex(/^\d+$/)
  .describe('Base units of the token, as integer text.')

/** What every receipt says of its transaction. */
export const transactionFacts = {
  settledAmountAsset: baseUnits,
  settledAmountUsd: z
    .string()
    .regex(/^\d+\.\d{2}$/)
    .describe('What that was worth, in US dollars.'),
  txHash: z.string().nullable(),
  txBlockNumber: z.int().nullable(),
  txTimestamp: instant.nullable(),
  txSenderAddress: z.string(),
  txGasUsed: z.int().nullable(),
  txTotalCost: baseUnits.nullable().describe('Cost in base units of the native coin.'),
  txTotalCostUsdFractions: z.int().nullable().describe('Cost in millionths of a US dollar.'),
  txIsSponsored: z.boolean().nullable(),
}
