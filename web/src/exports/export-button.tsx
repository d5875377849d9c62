import { Download } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { PaymentColumn } from '@desk/shared/payments/payment-column'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { useFollowedExports } from './followed.ts'

const ExportDialog = lazy(async () => ({
  default: (await import('./export-dialog.tsx')).ExportDialog,
}))
const FollowedExports = lazy(async () => ({
  default: (await import('./followed-exports.tsx')).FollowedExports,
}))

/** Makes a file of what the list shows; beside it, how far those that were asked for are. */
export function ExportButton({ query, columns }: ExportButtonProps) {
  const { me } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('exports:create')
  const followed = useFollowedExports(me.userId)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <GuardedButton
        block={block}
        // The dialog is there by the time the click ends.
        onPointerEnter={() => block === null && void import('./export-dialog.tsx')}
        onClick={() => setOpen(true)}
      >
        <Download aria-hidden className="size-4" />
        <span className="max-md:sr-only">Export</span>
      </GuardedButton>
      <Suspense>
        {isOpen && <ExportDialog query={query} columns={columns} onClose={() => setOpen(false)} />}
        {block === null && followed.length > 0 && <FollowedExports />}
      </Suspense>
    </>
  )
}

interface ExportButtonProps {
  readonly query: PaymentQuery
  /** Those that the list shows; null are the usual ones. */
  readonly columns: readonly PaymentColumn[] | null
}
