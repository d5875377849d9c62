import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { useLiveEvent } from '../app/live.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { type LoadedPage, type LoadedRow, newRows, withNewerRows } from './delivery-merge.ts'
import { listOptions } from './webhook-queries.ts'

/** A burst of webhooks must not become a burst of reads. */
const GATHER_MS = 600

/**
 * The deliveries of a query, page by page. While `isFollowing`, what arrives stands on top at once, unless
 * the reader has gone further down; else it waits in `waiting` until `takeWaiting`. What becomes of known
 * rows is shown where they stand.
 */
export function useDeliveryList(query: DeliveryQuery, isFollowing: boolean) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const options = listOptions(api, query)
  const list = useInfiniteQuery(options)
  const pages = list.data?.pages
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? none, [pages])
  const key = JSON.stringify(query)
  const [head, setHead] = useState<{ key: string; page: LoadedPage } | null>(null)
  const waiting = useMemo(
    () => (head?.key === key && pages ? newRows(pages, head.page) : none),
    [head, key, pages],
  )

  const replace = (page: LoadedPage) => {
    queryClient.setQueryData(options.queryKey, { pages: [page], pageParams: [null] })
    setHead(null)
  }
  const catchUp = async () => {
    const first = await readOrNull(() =>
      queryClient.query({
        ...api.webhooks.list.queryOptions({ query }),
        staleTime: 0,
        gcTime: 0,
      }),
    )
    const loaded = queryClient.getQueryData(options.queryKey)
    if (first === null || !loaded) return
    if (loaded.pages[0]?.items.length === 0 || (isFollowing && loaded.pages.length === 1)) {
      replace(first)
      return
    }
    const patched = withNewerRows(loaded.pages, first)
    if (patched !== loaded.pages) {
      queryClient.setQueryData(options.queryKey, { ...loaded, pages: patched })
    }
    setHead({ key, page: first })
  }
  useRounds(catchUp, isFollowing)

  return { list, items, waiting, takeWaiting: () => head && replace(head.page), key }
}

export type DeliveryList = ReturnType<typeof useDeliveryList>

const none: readonly LoadedRow[] = []

/** Null when Desk did not answer: the next change, or the stream that opens again, asks anew. */
async function readOrNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof TRPCClientError) return null
    throw error
  }
}

/** Gathers changes and looks once for all of them; also when the tail goes on. */
function useRounds(catchUp: () => Promise<void>, isFollowing: boolean): void {
  const [isDue, setDue] = useState(false)
  useLiveEvent((event) => {
    if (
      event.kind === 'webhooks.changed' ||
      event.kind === 'payment.changed' ||
      event.kind === 'resync'
    ) {
      setDue(true)
    }
  })
  const run = useEffectEvent(async () => {
    setDue(false)
    await catchUp()
  })
  // The stream of changes is the outside system.
  useEffect(() => {
    if (!isDue) return undefined
    const timer = setTimeout(() => void run(), GATHER_MS)
    return () => clearTimeout(timer)
  }, [isDue])
  // What gathered while the tail stood still.
  useEffect(() => {
    if (!isFollowing) return undefined
    const timer = setTimeout(() => void run(), 0)
    return () => clearTimeout(timer)
  }, [isFollowing])
}
