import { keepPreviousData } from '@tanstack/react-query'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import type { Api } from '../app/api.ts'

const HEAD_EVERY_MS = 10_000

/** The pages of a query. Newer entries do not push the rows: the screen offers to read again. */
export function listOptions(api: Api, query: AuditQuery) {
  return api.audit.list.infiniteQueryOptions(
    { query },
    {
      initialCursor: null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 5_000,
    },
  )
}

/** No event tells of new entries, so the end of the chain is looked at now and then. */
export function headOptions(api: Api) {
  return api.audit.head.queryOptions(undefined, { staleTime: 0, refetchInterval: HEAD_EVERY_MS })
}

export function peopleOptions(api: Api) {
  return api.audit.people.queryOptions()
}
