import { type PaymentColumn, usualColumns } from '@desk/shared/payments/payment-column'

/** What stands over each column, and in the list to choose from. */
export const columnNames = {
  created: 'Created',
  order: 'Order',
  status: 'Status',
  amount: 'Amount',
  received: 'Received',
  network: 'Network',
  address: 'Address',
  id: 'Payment id',
  type: 'Type',
  net: 'Net',
  fees: 'Fees',
  token: 'Token',
  tx: 'Transaction',
  sender: 'Sender',
  tags: 'Tags',
  assignee: 'With whom',
} as const satisfies Record<PaymentColumn, string>

/** Whether a column needs what people did about each payment, which a list is asked for. */
export function needsWork(chosen: readonly PaymentColumn[] | null): boolean {
  return (chosen ?? usualColumns).some((column) => column === 'tags' || column === 'assignee')
}
