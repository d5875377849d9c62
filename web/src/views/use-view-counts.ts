import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { SavedView, ViewCount } from '@desk/shared/views/saved-view'
import { useLiveEvent } from '../app/live.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { countsOptions } from './view-queries.ts'

/** Counting many views costs more than reading a row, so a stream of changes is one new count now and then. */
const COUNTED_EVERY_MS = 10_000

/** How many payments each view holds, by its id; counted once `isWanted` and again when payments change. */
export function useViewCounts(
  views: readonly SavedView[],
  isWanted: boolean,
): ReadonlyMap<string, ViewCount> {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const options = countsOptions(api, views)
  const { data = [] } = useQuery({ ...options, enabled: isWanted && options.enabled })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useLiveEvent(({ kind }) => {
    if (kind !== 'payment.changed' && kind !== 'resync' && kind !== 'attention.changed') return
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void queryClient.invalidateQueries(api.views.counts.pathFilter())
    }, COUNTED_EVERY_MS)
  })
  // The clock is the outside system.
  useEffect(() => () => clearTimeout(timer.current), [])
  return new Map(data.map((count) => [count.id, count]))
}
