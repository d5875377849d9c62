import { keepPreviousData } from '@tanstack/react-query'
import type { AttentionQuery } from '@desk/shared/attention/attention-query'
import type { Api } from '../app/api.ts'

/** The pages of a query. Live changes have them read again where they stand. */
export function queueOptions(api: Api, query: AttentionQuery) {
  return api.attention.list.infiniteQueryOptions(
    { query },
    {
      initialCursor: null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    },
  )
}

/** What each kind counts and has at stake, whatever kinds are chosen: the totals are what chooses them. */
export function totalsOptions(api: Api, query: AttentionQuery) {
  return api.attention.summary.queryOptions(
    { query: { ...query, kinds: [], sort: 'oldest' } },
    { placeholderData: keepPreviousData },
  )
}
