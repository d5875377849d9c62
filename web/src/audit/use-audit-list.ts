import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AuditEntry } from '@desk/shared/audit/audit-entry'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { headOptions, listOptions } from './audit-list-queries.ts'
import { isNarrowed } from './audit-search.ts'

/**
 * The entries of a query, page by page, and the end of the chain. `newer` says how many entries were
 * written since; of a narrowed list nobody knows how many of them would belong to it, so it is 0.
 */
export function useAuditList(query: AuditQuery) {
  const { api } = signedInRoute.useRouteContext()
  const list = useInfiniteQuery(listOptions(api, query))
  const head = useQuery(headOptions(api))
  const pages = list.data?.pages
  const entries = useMemo(() => pages?.flatMap((page) => page.entries) ?? none, [pages])
  const [newest] = entries
  const isWhole = newest !== undefined && !isNarrowed(query) && !list.isPlaceholderData
  const newer = isWhole && head.data ? Math.max(0, head.data.seq - newest.seq) : 0
  return { list, entries, head, newer, readAgain: () => list.refetch() }
}

const none: readonly AuditEntry[] = []
