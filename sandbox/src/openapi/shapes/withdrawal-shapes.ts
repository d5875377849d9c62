import * as z from 'zod'
import { withdrawalStatuses } from '../../withdrawals/withdrawal-record.ts'
import { baseUnits, instant, transactionFacts } from './receipt-facts.ts'
import type { registryShapes } from './registry-shapes.ts'

/** Withdrawals and the wallet in answers. */
export function withdrawalShapes({ chain, chainId, token }: ReturnType<typeof registryShapes>) {
  const receipt = z
    .object({
      withdrawalId: z.uuid(),
      settledToken: token,
      settledChain: chain,
      ...transactionFacts,
      processedBy: z.enum(['webhook', 'frontend', 'cron', 'manual']),
      createdAt: instant,
    })
    .describe('The transaction of a completed withdrawal.')
  const withdrawal = z
    .object({
      id: z.uuid(),
      merchantId: z.uuid(),
      amountInCents: z.int(),
      chainId,
      recipientAddress: z.string(),
      status: z
        .enum(withdrawalStatuses)
        .describe('pending and processing are open; the others are final.'),
      currency: z.literal('USD'),
      orderId: z.string().nullable(),
      customMetadata: z.string().nullable(),
      errorMessage: z.string().nullable().describe('Why it failed.'),
      receipt: receipt.nullable().describe('On completed withdrawals.'),
      createdAt: instant,
      updatedAt: instant,
    })
    .describe('Money on its way to an address. SpacePay chooses the token.')
  const balances = z
    .object({
      balances: z.array(
        z.object({
          chainId,
          token: z.object({ id: z.uuid(), symbol: z.string(), decimals: z.int() }),
          amountRaw: baseUnits.nullable().describe('Null when the balance could not be read.'),
          amountFormatted: z.string().nullable().describe('The same in whole tokens.'),
        }),
      ),
    })
    .describe('What the payout wallet holds, in the token that withdrawals are paid in.')
  return { receipt, withdrawal, balances }
}
