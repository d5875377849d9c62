import type { QueryClient } from '@tanstack/react-query'
import { type AttentionSearch, readAttentionSearch } from '@desk/shared/attention/attention-query'
import type { Api } from '../app/api.ts'
import { queueOptions, totalsOptions } from './attention-queries.ts'

/** Asks for what the screen will show, beside the reading of its code. */
export function prefetchQueue(
  { api, queryClient }: { readonly api: Api; readonly queryClient: QueryClient },
  search: AttentionSearch,
): void {
  const { query } = readAttentionSearch(search)
  void queryClient.prefetchInfiniteQuery(queueOptions(api, query))
  void queryClient.prefetchQuery(totalsOptions(api, query))
}
