import { useMutation, useQueryClient } from '@tanstack/react-query'
import { permits } from '@desk/shared/identity/permissions'
import type { PaymentId } from '@desk/shared/payments/payment'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { tip } from '../ui/tooltip.tsx'

/** Asks SpacePay now; the answer, good or bad, is said beside the button. */
export function RefreshPayment({ paymentId }: { readonly paymentId: PaymentId }) {
  const { api, me } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const refresh = useMutation(
    api.payments.refresh.mutationOptions({
      onSuccess: (detail) => {
        queryClient.setQueryData(api.payments.detail.queryKey({ id: paymentId }), detail)
      },
    }),
  )
  const isAllowed = permits(me.roles, 'payments:refresh')
  const why = isAllowed
    ? 'Reads this payment from SpacePay now'
    : 'Your roles may read payments, not refresh them'
  return (
    <>
      <span {...tip(why)}>
        <Button
          pending={refresh.isPending}
          disabled={!isAllowed}
          title={isAllowed ? undefined : why}
          onClick={() => refresh.mutate({ id: paymentId })}
        >
          {refresh.isPending ? 'Asking SpacePay' : 'Refresh from SpacePay'}
        </Button>
      </span>
      <output className="text-xs text-muted">
        {refresh.isSuccess && 'Up to date with SpacePay'}
        {refresh.isError && <span className="text-bad">{readFault(refresh.error).message}</span>}
      </output>
    </>
  )
}
