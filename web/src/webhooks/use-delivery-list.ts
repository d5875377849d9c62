import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { useEffect, useMemo, useState } from 'react'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { useLiveEvent } from '../app/live.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { useRounds } from '../app/use-rounds.ts'
import {
  type LoadedPage,
  type LoadedRow,
  newRows,
  withHead,
  withNewerRows,
} from './delivery-merge.ts'
import { listOptions } from './webhook-queries.ts'

/** A burst of webhooks must not become a burst of reads. */
const GATHER_MS = 600

/**
 * The deliveries of a query, page by page. While `isFollowing`, what arrives stands on top at once, unless
 * the reader has gone further down; else it waits in `waiting` until `takeWaiting`. What becomes of known
 * rows is shown where they stand.
 */
export function useDeliveryList(query: DeliveryQuery, { isFollowing, isAtTop }: Reading) {
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
  const show = (first: LoadedPage, shown: LoadedPage[]) => {
    // More pages are loaded than the reader has seen: how far down they are, only the screen knows.
    const isLetIn = isFollowing && isAtTop()
    const pages = isLetIn && shown.length > 1 ? withHead(shown, first) : null
    if (pages !== null) {
      queryClient.setQueryData(options.queryKey, (data) => data && { ...data, pages })
      setHead(null)
      return
    }
    if (isLetIn || shown[0]?.items.length === 0) {
      replace(first)
      return
    }
    const patched = withNewerRows(shown, first)
    if (patched !== shown) {
      queryClient.setQueryData(options.queryKey, (data) => data && { ...data, pages: patched })
    }
    setHead({ key, page: first })
  }
  const catchUp = async (): Promise<number | null> => {
    const first = await readOrNull(() =>
      queryClient.query({
        ...api.webhooks.list.queryOptions({ query }),
        staleTime: 0,
        gcTime: 0,
      }),
    )
    const { data: loaded, fetchStatus } = queryClient.getQueryState(options.queryKey) ?? {}
    if (first !== null && loaded) show(first, loaded.pages)
    // What the list itself is reading may be from before the change, and will take the place of all this.
    return fetchStatus === 'fetching' ? GATHER_MS : null
  }
  const ask = useRounds(catchUp)
  useLiveEvent(({ kind }) => {
    if (kind === 'webhooks.changed' || kind === 'payment.changed' || kind === 'resync') {
      ask(GATHER_MS)
    }
  })
  // What gathered while the tail stood still.
  useEffect(() => {
    if (isFollowing) ask(0)
  }, [isFollowing, ask])

  return { list, items, waiting, takeWaiting: () => head && replace(head.page), key }
}

interface Reading {
  /** Whether the tail goes on. */
  readonly isFollowing: boolean
  /** Whether the reader stands at the first row. */
  readonly isAtTop: () => boolean
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
