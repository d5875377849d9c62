import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { writeWebhooksSearch } from './webhooks-search.ts'

/** Puts a query into the address, which is where the screen reads it from; what is open stays open. */
export function useChangeWebhooksQuery() {
  const navigate = useNavigate()
  return useCallback(
    (query: DeliveryQuery, { replace = false }: { readonly replace?: boolean } = {}) =>
      navigate({
        to: '/webhooks',
        search: ({ open, tail }) => ({
          ...writeWebhooksSearch(query),
          ...(open && { open }),
          ...(tail && { tail }),
        }),
        replace,
      }),
    [navigate],
  )
}
