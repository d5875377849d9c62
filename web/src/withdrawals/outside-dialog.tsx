import { networkName } from '@desk/shared/networks/networks'
import type { UnrequestedRow } from '@desk/shared/withdrawals/unrequested-view'
import { useBlockExplorer } from '../ui/block-explorer.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Amount } from '../ui/amount.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { Facts } from '../ui/section.tsx'

/** All that SpacePay tells of a withdrawal that nobody asked for here. */
export function OutsideDialog({
  row,
  onClose,
}: {
  readonly row: UnrequestedRow
  readonly onClose: () => void
}) {
  const { transactionUrl } = useBlockExplorer()
  const told = (value: string | null) => value ?? 'SpacePay does not say'
  return (
    <Dialog
      title="Withdrawal not requested here"
      description="This is SpacePay’s own account of it."
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {row.isSinceDesk && (
        <div className="mb-3">
          <Notice tone="bad">
            It was made while Desk could have been asked. If nobody knows of it, stop all
            withdrawals, change the secret key and call SpacePay.
          </Notice>
        </div>
      )}
      <Facts
        facts={[
          {
            name: 'Amount',
            value:
              row.amountCents === null ? (
                'SpacePay does not say'
              ) : (
                <Amount cents={row.amountCents} currency={row.currency} />
              ),
          },
          { name: 'Status', value: row.status },
          row.errorMessage === null ? null : { name: 'Error', value: row.errorMessage },
          { name: 'Network', value: row.network === null ? told(null) : networkName(row.network) },
          {
            name: 'Address',
            value:
              row.address === null ? (
                told(null)
              ) : (
                <Identifier value={row.address} label="Address" full />
              ),
          },
          { name: 'Order id', value: told(row.orderId) },
          { name: 'SpacePay id', value: <Identifier value={row.id} label="SpacePay id" full /> },
          row.txHash === null
            ? null
            : {
                name: 'Transaction',
                value: (
                  <Identifier
                    value={row.txHash}
                    label="Transaction"
                    href={row.network === null ? null : transactionUrl(row.network, row.txHash)}
                  />
                ),
              },
          { name: 'Made', value: <Moment at={row.createdAt} /> },
          { name: 'Last change', value: <Moment at={row.updatedAt} /> },
        ]}
      />
    </Dialog>
  )
}
