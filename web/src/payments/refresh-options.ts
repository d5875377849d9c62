import type { QueryClient } from '@tanstack/react-query'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { Api } from '../app/api.ts'

/** Has SpacePay asked now; the answer is put before everybody who shows the payment. */
export function refreshOptions(
  { api, queryClient }: { readonly api: Api; readonly queryClient: QueryClient },
  paymentId: PaymentId,
) {
  return api.payments.refresh.mutationOptions({
    onSuccess: (detail) => {
      queryClient.setQueryData(api.payments.detail.queryKey({ id: paymentId }), detail)
    },
    // Who asked, and who was refused, stands in the history at once.
    onSettled: () =>
      void queryClient.invalidateQueries(
        api.audit.history.queryFilter({ kind: 'payment', id: paymentId }),
      ),
  })
}
