import { keepPreviousData } from '@tanstack/react-query'
import { type SavedView, VIEWS_COUNTED_MAX } from '@desk/shared/views/saved-view'
import type { Api } from '../app/api.ts'

/** Every view the signed-in person may see, by name. */
export function viewsOptions(api: Api) {
  return api.views.list.queryOptions()
}

/** How many payments each of them holds, in one request. */
export function countsOptions(api: Api, views: readonly SavedView[]) {
  const ids = views.slice(0, VIEWS_COUNTED_MAX).map(({ id }) => id)
  return {
    ...api.views.counts.queryOptions({ ids }, { trpc: { abortOnUnmount: true } }),
    placeholderData: keepPreviousData,
    enabled: ids.length > 0,
  }
}
