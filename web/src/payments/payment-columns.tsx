import { type PaymentColumn, usualColumns } from '@desk/shared/payments/payment-column'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import { ClockText } from '../ui/moment.tsx'
import type { DataColumn } from '../ui/data-table.tsx'
import { PickAllBox, PickBox } from '../ui/row-selection.tsx'
import {
  Copied,
  DateAndTime,
  Fees,
  Money,
  Network,
  PaymentLink,
  Received,
  Status,
  Tags,
  Text,
  TimeOfDay,
  TwoLines,
} from './payment-cells.tsx'
import { columnNames } from './column-names.ts'

type Column = DataColumn<PaymentListItem>

/**
 * The columns that somebody chose, in their order, or the usual ones as far as the window has room. `isByDay`
 * says that titles between the rows name the day.
 */
export function columnsOf(
  chosen: readonly PaymentColumn[] | null,
  { isByDay }: { readonly isByDay: boolean },
): Column[] {
  const shown = (chosen ?? usualColumns).map((id) => {
    const { shownWhen, ...meta } = looks[id]
    return {
      id,
      header: columnNames[id],
      meta: { ...meta, ...(chosen === null && shownWhen && { shownWhen }) },
      cell: id === 'created' && isByDay ? timeOfDay : cells[id],
    }
  })
  return [pickColumn, ...shown]
}

const pickColumn: Column = {
  id: 'pick',
  header: () => <PickAllBox />,
  meta: { width: 36, isFixed: true },
  cell: ({ row: { original } }) => (
    <PickBox id={original.id} name={original.orderId ?? original.id} />
  ),
}

/** Pixels; undefined takes what is left. */
export function usualWidthOf(column: PaymentColumn): number | undefined {
  return looks[column].width
}

/** In pixels; the order takes what is left. What has a `shownWhen` gives way in narrower windows. */
const looks: Readonly<Record<PaymentColumn, NonNullable<Column['meta']>>> = {
  created: { width: 112, sortable: true },
  order: {},
  status: { width: 228 },
  amount: { width: 116, align: 'right', sortable: true },
  received: { width: 160, align: 'right', shownWhen: '(min-width: 940px)' },
  network: { width: 140, shownWhen: '(min-width: 1220px)' },
  address: { width: 112, shownWhen: '(min-width: 1330px)' },
  id: { width: 116 },
  type: { width: 92 },
  net: { width: 116, align: 'right' },
  fees: { width: 92, align: 'right' },
  token: { width: 84 },
  tx: { width: 116 },
  sender: { width: 116 },
  tags: { width: 180 },
  assignee: { width: 140 },
}

const cells: Readonly<Record<PaymentColumn, NonNullable<Column['cell']>>> = {
  created: ({ row }) => <DateAndTime at={row.original.createdAt} />,
  order: ({ row }) => <PaymentLink item={row.original} />,
  status: ({ row }) => <Status item={row.original} />,
  amount: ({ row: { original } }) => (
    <Money cents={original.amountCents} currency={original.currency} />
  ),
  received: ({ row }) => <Received item={row.original} />,
  network: ({ row }) => <Network network={row.original.network} />,
  address: ({ row }) => <Copied value={row.original.depositAddress} label="Deposit address" />,
  id: ({ row }) => <Copied value={row.original.id} label="Payment id" />,
  type: ({ row }) => <Text value={row.original.type} />,
  net: ({ row: { original } }) => <Money cents={original.netCents} currency={original.currency} />,
  fees: ({ row }) => <Fees item={row.original} />,
  token: ({ row }) => <Text value={row.original.tokenSymbol} />,
  tx: ({ row }) => <Copied value={row.original.txHash} label="Transaction" />,
  sender: ({ row }) => <Copied value={row.original.senderAddress} label="Sender" />,
  tags: ({ row }) => <Tags tags={row.original.work?.tags ?? []} />,
  assignee: ({ row }) => <Text value={row.original.work?.assignee ?? null} />,
}

const timeOfDay: NonNullable<Column['cell']> = ({ row }) => (
  <TimeOfDay at={row.original.createdAt} />
)

export const narrowUnderDays: Column[] = [
  {
    id: 'payment',
    header: 'Payment',
    cell: ({ row }) => (
      <TwoLines item={row.original}>
        <TimeOfDay at={row.original.createdAt} />
      </TwoLines>
    ),
  },
]

export const narrowWithDates: Column[] = [
  {
    id: 'payment',
    header: 'Payment',
    cell: ({ row }) => (
      <TwoLines item={row.original}>
        <ClockText at={row.original.createdAt} focusable={false} />
      </TwoLines>
    ),
  },
]
