import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type AttentionQuery, writeAttentionSearch } from '@desk/shared/attention/attention-query'

/** Puts a query into the address, which is where the screen reads it from; what is open stays open. */
export function useChangeQueue() {
  const navigate = useNavigate()
  return useCallback(
    (query: AttentionQuery) =>
      navigate({
        to: '/attention',
        search: ({ open, item }) => ({
          ...writeAttentionSearch(query),
          ...(open && { open }),
          ...(item && { item }),
        }),
      }),
    [navigate],
  )
}
