import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { writePaymentSearch } from '@desk/shared/payments/payment-address'
import { viewKept } from '../views/view-address.ts'
import { type PaymentQuery } from '@desk/shared/payments/payment-query'

/** Puts a query into the address, which is where the screen reads it from; what is open stays open. */
export function useChangeQuery() {
  const navigate = useNavigate()
  return useCallback(
    (query: PaymentQuery, { replace = false }: { readonly replace?: boolean } = {}) =>
      void navigate({
        to: '/payments',
        search: ({ open, asOf, ...search }) => ({
          ...writePaymentSearch(query),
          ...viewKept(search, query),
          ...(open && { open }),
          ...(asOf && { asOf }),
        }),
        replace,
      }),
    [navigate],
  )
}
