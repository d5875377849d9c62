import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import { writePaymentSearch } from '@desk/shared/payments/payment-address'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'

/** A figure that leads to the payments behind it; plain where the search has no words for them. */
export function Behind({ query, children }: BehindProps) {
  if (query === null) return children
  return (
    <Link to="/payments" search={writePaymentSearch(query)} className="text-accent hover:underline">
      {children}
    </Link>
  )
}

interface BehindProps {
  readonly query: PaymentQuery | null
  readonly children: ReactNode
}

/** Leads there from a point of a drawing. */
export function useOpenBehind() {
  const navigate = useNavigate()
  return useCallback(
    (query: PaymentQuery | null | undefined) => {
      if (query) void navigate({ to: '/payments', search: writePaymentSearch(query) })
    },
    [navigate],
  )
}
