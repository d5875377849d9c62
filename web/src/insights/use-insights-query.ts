import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { writePaymentSearch } from '@desk/shared/payments/payment-address'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'

/** Puts a question into the address, where the charts read it from. */
export function useInsightsQuery() {
  const navigate = useNavigate()
  return useCallback(
    (query: PaymentQuery) =>
      void navigate({ to: '/insights', search: writePaymentSearch(query), resetScroll: false }),
    [navigate],
  )
}
