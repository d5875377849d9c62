import type { WithdrawalSnapshot } from '@desk/shared/withdrawals/withdrawal-snapshot'
import * as z from 'zod'
import { chainIdField } from './chain-id.ts'
import { decodeWith } from './decode-error.ts'
import { receiptField } from './receipt.wire.ts'
import {
  centsField,
  hexInLowerCase,
  instantField,
  metadataField,
  textField,
} from './wire-fields.ts'
import { readStatus } from './wire-status.ts'

/** A withdrawal, whole or a webhook's minimum. Throws DecodeError. */
export function decodeWithdrawal(json: unknown): WithdrawalSnapshot {
  return decodeWith(withdrawalWire, json)
}

const withdrawalWire = z
  .object({
    id: z.string().min(1).max(64),
    amountInCents: centsField,
    amount: centsField,
    currency: textField,
    chainId: chainIdField,
    recipientAddress: textField,
    status: z.string().min(1),
    orderId: textField,
    customMetadata: metadataField,
    errorMessage: textField,
    receipt: receiptField.nullish(),
    createdAt: instantField,
    updatedAt: instantField,
  })
  .transform((wire): WithdrawalSnapshot => ({
    extent: wire.recipientAddress === null ? 'minimal' : 'full',
    id: wire.id,
    amountCents: wire.amountInCents ?? wire.amount,
    currency: (wire.currency ?? 'USD').toUpperCase(),
    network: wire.chainId?.network ?? null,
    recipientAddress: hexInLowerCase(wire.recipientAddress),
    ...readStatus(wire.status),
    orderId: wire.orderId,
    customMetadata: wire.customMetadata,
    errorMessage: wire.errorMessage,
    receipt: wire.receipt ?? null,
    createdAt: wire.createdAt,
    updatedAt: wire.updatedAt,
  }))
