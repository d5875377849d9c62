import { useQuery } from '@tanstack/react-query'
import { historyBlock } from '@desk/shared/audit/history-block'
import { type PaymentId, paymentId } from '@desk/shared/payments/payment'
import { signedInRoute } from '../app/signed-in-route.tsx'

/** What people wrote and did about a payment; empty until it is read, where it cannot be, and for null. */
export function usePaymentPeople(asked: PaymentId | null) {
  const { api, me } = signedInRoute.useRouteContext()
  const id = asked ?? paymentId.parse('-')
  const about = { kind: 'payment', id } as const
  const isClosed = historyBlock({ ...me, permissions: new Set(me.permissions) }, about) !== null
  const history = useQuery({
    ...api.audit.history.queryOptions(about),
    enabled: asked !== null && !isClosed,
  })
  const attention = useQuery({
    ...api.attention.ofPayment.queryOptions({ id }),
    enabled: asked !== null,
  })
  const items = attention.data?.items ?? []
  const handOver = items.find(({ kind, state }) => kind === 'handed_over' && state === 'open')
  return {
    notes: attention.data?.notes ?? [],
    history: history.data ?? [],
    /** With whom it is; null while nobody has it. */
    handedTo: handOver?.assigned ?? null,
  }
}
