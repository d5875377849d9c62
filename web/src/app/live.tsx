import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from 'react'
import type { LiveEvent } from '@desk/shared/live/live-event'
import type { Api } from './api.ts'
import { followChanges, type LiveState } from './follow-changes.ts'
import type { ChangeEvent } from './refresh-changed.ts'

/** Whether changes arrive as they happen; `reconnecting` only once it has lasted. */
export function useLiveState(): LiveState {
  return use(Live).state
}

/**
 * Calls `handle` for each change while the component is on screen. Details, totals and freshness are
 * refreshed without it; this is for what must not move under the reader, such as new rows of a list.
 */
export function useLiveEvent(handle: (event: LiveEvent) => void): void {
  const { listeners } = use(Live)
  const onEvent = useEffectEvent(handle)
  // The stream of changes is the outside system.
  useEffect(() => {
    const listener = (event: LiveEvent) => onEvent(event)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [listeners])
}

/** Holds the one stream of changes that everything on screen shares. */
export function LiveProvider({
  api,
  children,
}: {
  readonly api: Api
  readonly children: ReactNode
}) {
  const queryClient = useQueryClient()
  const router = useRouter()
  const [state, setState] = useState<LiveState>('live')
  const [listeners] = useState(() => new Set<(event: LiveEvent) => void>())
  // The stream of changes is the outside system.
  useEffect(() => {
    const refresh = batchedRefresh(api, queryClient)
    // The first opening tells nothing that the screen was not drawn by.
    let wasOpen = false
    return followChanges(api, {
      onState: setState,
      onEvent: (event) => {
        refresh(event)
        // What the person may see changed, or their session ended: both are asked anew.
        if (event.kind === 'person.changed') {
          queryClient.removeQueries(api.identity.me.queryFilter())
          void router.invalidate()
        }
        if (event.kind === 'business_day.changed' || (event.kind === 'resync' && wasOpen)) {
          void import('./follow-rule.ts').then(({ followRule }) =>
            followRule({ api, queryClient, invalidateRoutes: () => router.invalidate() }),
          )
        }
        wasOpen = true
        for (const listener of listeners) listener(event)
      },
      onRefused: () => void queryClient.refetchQueries(api.payments.pulse.queryFilter()),
    })
  }, [api, queryClient, router, listeners])
  return <Live value={{ state, listeners }}>{children}</Live>
}

const Live = createContext<LiveContext>({ state: 'reconnecting', listeners: new Set() })

interface LiveContext {
  readonly state: LiveState
  readonly listeners: Set<(event: LiveEvent) => void>
}

/** A burst of webhooks must not become a burst of reads. */
const REFRESH_EVERY_MS = 1_000

/** Lists are left alone: only the screen knows whether its rows may move. */
function batchedRefresh(api: Api, queryClient: QueryClient): (event: LiveEvent) => void {
  let changed = new Map<string, ChangeEvent>()
  let timer: ReturnType<typeof setTimeout> | null = null
  const flush = () => {
    timer = null
    const events = [...changed.values()]
    changed = new Map()
    void import('./refresh-changed.ts').then(({ refreshChanged }) =>
      refreshChanged({ api, queryClient, events }),
    )
  }
  return (event) => {
    if (event.kind === 'person.changed') return
    changed.set(event.kind === 'payment.changed' ? event.paymentId : event.kind, event)
    timer ??= setTimeout(flush, REFRESH_EVERY_MS)
  }
}
