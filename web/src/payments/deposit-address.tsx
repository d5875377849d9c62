import { lazy, Suspense } from 'react'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { useBlockExplorer } from '../ui/block-explorer.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const QrCode = lazy(async () => ({ default: (await import('../ui/qr-code.tsx')).QrCode }))

/** Where the customer was asked to send the tokens. */
export function DepositAddress({ payment }: { readonly payment: PaymentDetail }) {
  const { depositAddress, network } = payment
  const explorer = useBlockExplorer()
  if (depositAddress === null) {
    return <p className="text-sm text-muted">SpacePay has not named a deposit address.</p>
  }
  return (
    <div className="flex gap-4">
      <Suspense fallback={<Skeleton className="size-[120px] flex-none" />}>
        <QrCode text={depositAddress} label="Deposit address as a QR code" />
      </Suspense>
      <div className="min-w-0 text-sm">
        <Identifier
          value={depositAddress}
          label="Deposit address"
          href={explorer.addressUrl(network, depositAddress)}
        />
        <p className="mt-2 font-mono text-xs leading-5 text-muted select-all">
          {inGroups(depositAddress)}
        </p>
      </div>
    </div>
  )
}

/** Four characters at a time, as people read an address aloud. */
function inGroups(address: string): string {
  return address.match(/.{1,4}/g)?.join(' ') ?? address
}
