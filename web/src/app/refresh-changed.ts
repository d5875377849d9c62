import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '@desk/shared/live/live-event'
import type { Api } from './api.ts'

/** What the server says changed, but for who the person is: that is asked at once. */
export type ChangeEvent = Exclude<LiveEvent, { kind: 'person.changed' }>

/** Asks anew for what `events` touched. Fetched with the first change: no screen waits for it. */
export function refreshChanged({ api, queryClient, events }: ChangedEvents): void {
  const kinds = new Set(events.map(({ kind }) => kind))
  const isGap = kinds.has('resync')
  if (isGap || kinds.has('payment.changed')) {
    void queryClient.invalidateQueries(api.payments.summary.pathFilter())
    void queryClient.invalidateQueries(api.payments.pulse.queryFilter())
  }
  if (isGap || kinds.has('withdrawals.changed')) {
    void queryClient.invalidateQueries(api.withdrawals.pathFilter())
    void queryClient.invalidateQueries(api.withdrawalPolicy.pathFilter())
    void queryClient.invalidateQueries(api.destinations.pathFilter())
    void queryClient.invalidateQueries(api.attention.withdrawals.queryFilter())
    void queryClient.invalidateQueries(api.audit.history.pathFilter())
  }
  if (isGap || kinds.has('attention.changed')) {
    void queryClient.invalidateQueries(api.attention.pathFilter())
  }
  if (isGap || kinds.has('business_day.changed')) {
    void queryClient.invalidateQueries(api.businessDay.pathFilter())
  }
  if (isGap || kinds.has('views.changed')) {
    void queryClient.invalidateQueries(api.views.pathFilter())
  }
  for (const event of events) {
    const { detail } = api.payments
    if (event.kind === 'resync') void queryClient.invalidateQueries(detail.pathFilter())
    else if (event.kind === 'payment.changed') {
      void queryClient.invalidateQueries(detail.queryFilter({ id: event.paymentId }))
    }
  }
}

interface ChangedEvents {
  readonly api: Api
  readonly queryClient: QueryClient
  readonly events: readonly ChangeEvent[]
}
