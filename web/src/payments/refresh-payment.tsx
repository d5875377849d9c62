import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PaymentId } from '@desk/shared/payments/payment'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { refreshOptions } from './refresh-options.ts'

/** Asks SpacePay now; the answer, good or bad, is said beside the button. */
export function RefreshPayment({ paymentId }: { readonly paymentId: PaymentId }) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const block = usePermissionBlock('payments:refresh')
  const refresh = useMutation(refreshOptions({ api, queryClient }, paymentId))
  return (
    <>
      <GuardedButton
        block={block}
        pending={refresh.isPending}
        onClick={() => refresh.mutate({ id: paymentId })}
      >
        {refresh.isPending ? 'Asking SpacePay' : 'Refresh from SpacePay'}
      </GuardedButton>
      <output className="text-xs text-muted">
        {refresh.isSuccess && 'Up to date with SpacePay'}
        {refresh.isError && <span className="text-bad">{readFault(refresh.error).message}</span>}
      </output>
    </>
  )
}
