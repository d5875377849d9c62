import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { LiveEvent } from '@desk/shared/live/live-event'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import { useLiveEvent } from '../app/live.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { type LoadedPage, type LoadedRow, newRows, withNewerRows } from './live-merge.ts'
import { listOptions } from './payment-list-queries.ts'

/** A burst of webhooks must not become a burst of reads. */
const GATHER_MS = 800
/** Rows read anew at once; the rest wait for the next round. */
const ROWS_AT_ONCE = 20

/**
 * The rows of a query, page by page. Changes are taken over without moving anything: known rows are
 * read anew where they stand, and new ones wait in `waiting` until `takeWaiting`.
 */
export function usePaymentList(query: PaymentQuery) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const options = listOptions(api, query)
  const list = useInfiniteQuery(options)
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? none, [list.data])
  const key = JSON.stringify(query)
  const [head, setHead] = useState<{ key: string; page: LoadedPage } | null>(null)
  const changed = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const loadedPages = () => queryClient.getQueryData(options.queryKey)?.pages ?? []
  const patch = (newer: readonly LoadedRow[]) =>
    queryClient.setQueryData(options.queryKey, (data) => {
      if (!data) return data
      const pages = withNewerRows(data.pages, newer)
      return pages === data.pages ? data : { ...data, pages }
    })
  /** Always asked: an answer from before the change would hide it. */
  const read = async (text: string | null) => {
    const input = { query: text === null ? query : { ...everyPayment, text } }
    return queryClient.query({ ...api.payments.list.queryOptions(input), staleTime: 0 })
  }
  const catchUp = async () => {
    const loaded = new Set<string>(
      loadedPages().flatMap((page) => page.items.map((item) => item.id)),
    )
    const ids = [...changed.current].filter((id) => loaded.has(id))
    changed.current = new Set(ids.slice(ROWS_AT_ONCE))
    if (changed.current.size > 0) soon()
    const [page, ...rows] = await Promise.all([
      read(null),
      ...ids.slice(0, ROWS_AT_ONCE).map((id) => read(id)),
    ])
    patch([...page.items, ...rows.flatMap((row) => row.items)])
    setHead({ key, page })
  }
  const soon = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void catchUp(), GATHER_MS)
  }
  useLiveEvent((event: LiveEvent) => {
    if (event.kind === 'payment.changed') changed.current.add(event.paymentId)
    soon()
  })

  const pages = list.data?.pages
  const waiting = useMemo(
    () => (head?.key === key && pages ? newRows(pages, head.page) : none),
    [head, key, pages],
  )
  const takeWaiting = () => {
    if (!head) return
    queryClient.setQueryData(options.queryKey, { pages: [head.page], pageParams: [null] })
    setHead(null)
  }
  return { list, items, waiting, takeWaiting }
}

const none: readonly LoadedRow[] = []
