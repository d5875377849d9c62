import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { useMemo, useRef, useState } from 'react'
import type { LiveEvent } from '@desk/shared/live/live-event'
import { everyPayment } from '@desk/shared/payments/payment-query'
import { useLiveEvent } from '../app/live.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { useRounds } from '../app/use-rounds.ts'
import { type LoadedPage, type LoadedRow, newRows, withNewerRows } from './live-merge.ts'
import { type ListQuestion, listOptions } from './payment-list-queries.ts'

/** A burst of webhooks must not become a burst of reads. */
const GATHER_MS = 800
/** Rows read anew at once; the rest wait for the next round. */
const ROWS_AT_ONCE = 20
/** Pages read anew when changes may have been missed. Rows further down are old and rarely change. */
const PAGES_AFTER_A_GAP = 5

/**
 * The rows of a query, page by page. Changes are taken over without moving anything: known rows are
 * read anew where they stand, and new ones wait in `waiting` until `takeWaiting`.
 */
export function usePaymentList({ query, withWork, asOf }: ListQuestion) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const options = listOptions(api, { query, withWork, asOf })
  const asked = { query, ...(withWork && { withWork }), ...(asOf !== null && { asOf }) }
  const list = useInfiniteQuery(options)
  const pages = list.data?.pages
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? none, [pages])
  const key = JSON.stringify(query) + asOf
  const loaded = useMemo(() => new Set<string>(items.map((item) => item.id)), [items])
  const [head, setHead] = useState<{ key: string; page: LoadedPage } | null>(null)
  const waiting = useMemo(
    () => (head?.key === key && pages ? newRows(pages, head.page) : none),
    [head, key, pages],
  )

  /** Always asked: an answer from before the change would hide it. */
  const read = (input: Parameters<typeof api.payments.list.queryOptions>[0]) =>
    queryClient.query({ ...api.payments.list.queryOptions(input), staleTime: 0, gcTime: 0 })

  const patch = (newer: readonly LoadedRow[]) =>
    queryClient.setQueryData(options.queryKey, (data) => {
      const patched = data && withNewerRows(data.pages, newer)
      return patched && patched !== data.pages ? { ...data, pages: patched } : data
    })
  const replace = (page: LoadedPage) => {
    queryClient.setQueryData(options.queryKey, { pages: [page], pageParams: [null] })
    setHead(null)
  }
  /** Reads the rows of one round of changes and the first page; false when Desk did not answer. */
  const catchUp = async ({ ids, isAfterGap }: Round): Promise<boolean> => {
    const cursors = queryClient.getQueryData(options.queryKey)?.pageParams.slice(1) ?? []
    try {
      const [first, ...others] = await Promise.all([
        read(asked),
        ...ids.map((id) => read({ ...asked, query: { ...everyPayment, text: id } })),
        ...(isAfterGap ? cursors.slice(0, PAGES_AFTER_A_GAP) : []).map((cursor) =>
          read({ ...asked, cursor }),
        ),
      ])
      patch([...first.items, ...others.flatMap((page) => page.items)])
      // In front of an empty list there is nothing that could move.
      if (queryClient.getQueryData(options.queryKey)?.pages[0]?.items.length === 0) replace(first)
      else setHead({ key, page: first })
      return true
    } catch (error) {
      if (error instanceof TRPCClientError) return false
      throw error
    }
  }
  useChangeRounds(catchUp, {
    isLoaded: (id) => loaded.has(id),
    withWork,
    isPast: asOf !== null,
  })

  return { list, items, waiting, takeWaiting: () => head && replace(head.page), key }
}

const none: readonly LoadedRow[] = []

interface Round {
  readonly ids: readonly string[]
  readonly isAfterGap: boolean
}

interface Following {
  readonly isLoaded: (id: string) => boolean
  /** Whether what people do changes rows, too. */
  readonly withWork: boolean
  /** The past does not change. */
  readonly isPast: boolean
}

/** Gathers changes and hands them over in rounds; what could not be read goes into the next one. */
function useChangeRounds(
  catchUp: (round: Round) => Promise<boolean>,
  { isLoaded, withWork, isPast }: Following,
): void {
  const changed = useRef(new Set<string>())
  const hasGap = useRef(false)
  const ask = useRounds(async () => {
    const known = [...changed.current].filter(isLoaded)
    const round = { ids: known.slice(0, ROWS_AT_ONCE), isAfterGap: hasGap.current }
    changed.current = new Set(known.slice(ROWS_AT_ONCE))
    hasGap.current = false
    const nextMs = changed.current.size > 0 ? GATHER_MS : null
    if (await catchUp(round)) return nextMs
    for (const id of round.ids) changed.current.add(id)
    // The stream tells of the gap again once Desk is back.
    hasGap.current ||= round.isAfterGap
    return null
  })

  useLiveEvent((event: LiveEvent) => {
    if (isPast) return
    // Of one payment: its row may say that it drifted now, or no longer.
    const isWork = event.kind === 'attention.changed' && (withWork || event.paymentId !== null)
    if (event.kind === 'resync') hasGap.current = true
    else if (event.kind !== 'payment.changed' && !isWork) return
    else if (event.paymentId === null) hasGap.current = true
    else changed.current.add(event.paymentId)
    ask(GATHER_MS)
  })
}
