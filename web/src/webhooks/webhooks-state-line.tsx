import { useQuery } from '@tanstack/react-query'
import type { ArrivalGap } from '@desk/shared/webhooks/arrival-gap'
import { useLiveEvent } from '../app/live.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Flag } from '../ui/badge.tsx'
import { Moment } from '../ui/moment.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { tip } from '../ui/tooltip.tsx'
import { lagText } from './lag-text.ts'

const READ_EVERY_MS = 30_000

/** How long nothing came, against what is usual at this time of the week. */
export function WebhooksStateLine() {
  const { api } = signedInRoute.useRouteContext()
  const gap = useQuery(
    api.webhooks.gap.queryOptions(undefined, { refetchInterval: READ_EVERY_MS, staleTime: 2_000 }),
  )
  useLiveEvent(({ kind }) => {
    if (kind === 'webhooks.changed' && gap.data?.isAlarming !== false)
      void gap.refetch({ cancelRefetch: false })
  })
  if (!gap.data) {
    return gap.isError ? (
      'When the last one came could not be read'
    ) : (
      <Skeleton className="h-5 w-72 max-w-full" />
    )
  }
  return <GapText gap={gap.data} />
}

function GapText({ gap }: { readonly gap: ArrivalGap }) {
  if (gap.lastAt === null) return 'No webhook has arrived yet'
  return (
    <>
      Newest <Moment at={gap.lastAt} />
      {gap.usualIntervalMs !== null && (
        <> · at this time usually one every {lagText(gap.usualIntervalMs)}</>
      )}
      {gap.isAlarming && (
        <span
          {...tip(
            `In a stretch of the week like this silence ${countText(Math.round(gap.expected ?? 0))} usually come. Check at SpacePay that the endpoint is on, and that its address reaches Desk.`,
          )}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what hover shows, focus has to show too
          tabIndex={0}
          className="ml-2 rounded-sm"
        >
          <Flag tone="bad">
            unusually silent: about {countText(Math.round(gap.expected ?? 0))} missing
          </Flag>
        </span>
      )}
    </>
  )
}
