import type { CountedPayment } from '@desk/shared/exports/control-totals'
import type { ExportColumn } from '@desk/shared/exports/export-columns'
import { centsToDecimal } from '@desk/shared/money/amount-cents'
import { baseUnitsToDecimal } from '@desk/shared/money/base-units'
import { networkName } from '@desk/shared/networks/networks'
import type { PaymentWork } from '@desk/shared/payments/payment-list'
import type { ListRow } from '../payments/payment-row.ts'

/** A payment as the snapshot holds it. */
export interface ExportedPayment extends ListRow {
  readonly amount_due_cents: number | null
  readonly convenience_fee_cents: number | null
  readonly custom_metadata: string | null
}

/** Text as it came, exact decimals, or milliseconds since 1970 for times; null is nothing. */
export type FileValue = string | number | null

/** What stands in one column for one payment; `work` is what people did about it. */
export function fileValue(
  column: ExportColumn,
  payment: ExportedPayment,
  work: PaymentWork,
): FileValue {
  if (column === 'created') return epochOf(payment.created_utc)
  if (column === 'updated') return epochOf(payment.updated_utc)
  if (column === 'tags') return work.tags.join(', ') || null
  return column === 'assignee' ? work.assignee : storedValue(column, payment)
}

type StoredColumn = Exclude<ExportColumn, 'created' | 'updated' | 'tags' | 'assignee'>

/** The same for what stands in the payment itself and is no time. */
export function storedValue(column: StoredColumn, payment: ExportedPayment): string | null {
  return storedValues[column](payment)
}

const storedValues: Readonly<Record<StoredColumn, (payment: ExportedPayment) => string | null>> = {
  id: ({ id }) => id,
  order: ({ order_id }) => order_id,
  type: ({ type }) => type,
  status: ({ status }) => status,
  flags: ({ flags }) => flags.join(', ') || null,
  currency: ({ currency }) => currency,
  amount: ({ amount_cents }) => decimal(amount_cents),
  amount_due: ({ amount_due_cents }) => decimal(amount_due_cents),
  convenience_fee: ({ convenience_fee_cents }) => decimal(convenience_fee_cents),
  merchant_fee: ({ merchant_fee_cents }) => decimal(merchant_fee_cents),
  swap_fee: ({ swap_fee_cents }) => decimal(swap_fee_cents),
  net: ({ net_cents }) => decimal(net_cents),
  token: ({ token_symbol }) => token_symbol,
  received: ({ received_base_units: baseUnits, token_decimals: decimals }) =>
    baseUnits === null || decimals === null ? null : baseUnitsToDecimal({ baseUnits, decimals }),
  received_base_units: ({ received_base_units }) => received_base_units,
  token_decimals: ({ token_decimals }) => (token_decimals === null ? null : String(token_decimals)),
  network: ({ network }) => network && networkName(network),
  chain: ({ network }) => network,
  address: ({ deposit_address }) => deposit_address,
  tx: ({ tx_hash }) => tx_hash,
  sender: ({ sender_address }) => sender_address,
  metadata: ({ custom_metadata }) => custom_metadata,
}

/** What it adds to the control totals. */
export function countedPayment(payment: ExportedPayment): CountedPayment {
  return {
    currency: payment.currency,
    amountCents: payment.amount_cents,
    convenienceFeeCents: payment.convenience_fee_cents,
    merchantFeeCents: payment.merchant_fee_cents,
    swapFeeCents: payment.swap_fee_cents,
    netCents: payment.net_cents,
    token: payment.token_symbol,
    tokenDecimals: payment.token_decimals,
    receivedBaseUnits: payment.received_base_units,
  }
}

function decimal(cents: number | null): string | null {
  return cents === null ? null : centsToDecimal(cents)
}

/** `2026-11-22 12:00:00.1234` of UTC. */
function epochOf(utc: string): number {
  return Date.parse(`${utc.slice(0, 10)}T${utc.slice(11, 23)}Z`)
}
