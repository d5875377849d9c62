import type { ReceiptSnapshot } from '@desk/shared/payments/payment-snapshot'
import * as z from 'zod'
import { chainIdField } from './chain-id.ts'
import { quoteField } from './quote.wire.ts'
import { networkOfToken, readToken, tokenField } from './token.wire.ts'
import {
  baseUnitsField,
  countField,
  decimalField,
  hexInLowerCase,
  instantField,
  textField,
} from './wire-fields.ts'

/** Both published receipts, read at once: the pages' five fields and the OpenAPI's richer set. */
export const receiptField = z
  .object({
    txHash: textField,
    transactionHash: textField,
    txBlockNumber: textField,
    blockNumber: textField,
    txTimestamp: instantField,
    completedAt: instantField,
    createdAt: instantField,
    txSenderAddress: textField,
    confirmations: countField,
    requiredConfirmations: countField,
    selectedQuote: quoteField.nullish(),
    settledToken: tokenField.nullish(),
    settledChain: z.object({ chainId: chainIdField }).nullish(),
    settledAmountAsset: baseUnitsField,
    settledAmountUsd: decimalField,
    txRiskScore: countField,
    txRiskSeverity: textField,
    txRiskProvider: textField,
  })
  .transform((wire): ReceiptSnapshot => {
    const network =
      wire.settledChain?.chainId?.network ??
      networkOfToken(wire.settledToken) ??
      wire.selectedQuote?.network ??
      null
    return {
      txHash: hexInLowerCase(wire.txHash ?? wire.transactionHash),
      blockNumber: wire.txBlockNumber ?? wire.blockNumber,
      transactionAt: wire.txTimestamp ?? wire.completedAt,
      senderAddress: hexInLowerCase(wire.txSenderAddress),
      token:
        wire.settledToken == null
          ? (wire.selectedQuote?.token ?? null)
          : readToken(wire.settledToken, network),
      network,
      quoteId: wire.selectedQuote?.id ?? null,
      receivedBaseUnits: wire.settledAmountAsset,
      receivedUsd: wire.settledAmountUsd,
      confirmations: wire.confirmations,
      requiredConfirmations: wire.requiredConfirmations,
      riskScore: wire.txRiskScore,
      riskSeverity: wire.txRiskSeverity,
      riskProvider: wire.txRiskProvider,
      completedAt: wire.completedAt ?? wire.createdAt,
    }
  })
