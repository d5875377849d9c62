import { keepPreviousData } from '@tanstack/react-query'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import type { Api } from '../app/api.ts'

/** The pages of a query. Newer deliveries come in only where the screen says so. */
export function listOptions(api: Api, query: DeliveryQuery) {
  return api.webhooks.list.infiniteQueryOptions(
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

/** How far the run over many is; looked at often only while there is one. */
export function reprocessingOptions(api: Api) {
  return api.webhooks.reprocessing.queryOptions(undefined, {
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 1_000 : false),
  })
}
