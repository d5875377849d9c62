import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { writeAuditSearch } from './audit-search.ts'

/** Puts a query into the address, which is where the screen reads it from; what is open stays open. */
export function useChangeAuditQuery() {
  const navigate = useNavigate()
  return useCallback(
    (query: AuditQuery, { replace = false }: { readonly replace?: boolean } = {}) =>
      navigate({
        to: '/audit',
        search: ({ entry }) => ({ ...writeAuditSearch(query), ...(entry && { entry }) }),
        replace,
      }),
    [navigate],
  )
}
