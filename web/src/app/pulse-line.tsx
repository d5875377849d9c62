import { useQuery } from '@tanstack/react-query'
import type { MirrorPulse } from '@desk/shared/payments/mirror-pulse'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { bothClocks } from '../ui/moment-text.ts'
import { useNow } from '../ui/now.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { tip } from '../ui/tooltip.tsx'
import { historyText, pulseText, silentSince } from './pulse-text.ts'
import { usePulse } from './use-pulse.ts'

/** How fresh everything on screen is. `compact` leaves the dot alone below `lg`. */
export function PulseLine({ compact = false }: { readonly compact?: boolean }) {
  const { data: pulse } = useQuery(usePulse())
  if (!pulse) return <Skeleton className="m-2 h-4" />
  return <Pulse pulse={pulse} compact={compact} />
}

function Pulse({ pulse, compact }: { readonly pulse: MirrorPulse; readonly compact: boolean }) {
  const zone = useViewZone()
  const history = historyText(pulse)
  const freshness = useNow((nowMs) => pulseText(pulse, nowMs))
  const isSilent = useNow((nowMs) => silentSince(pulse, nowMs) !== null)
  const tone = isSilent ? 'bg-warn' : history === null ? 'bg-ok' : 'bg-wait'
  return (
    <p
      {...tip(lines(pulse, { zone, summary: history ?? freshness }))}
      className={`flex items-center gap-2 px-2 py-2 text-xs text-muted tabular-nums ${compact ? 'justify-center lg:justify-start' : ''}`}
    >
      <span aria-hidden className={`size-2 flex-none rounded-full ${tone}`} />
      <span className={`truncate ${compact ? 'max-lg:sr-only' : ''}`}>{history ?? freshness}</span>
    </p>
  )
}

function lines(pulse: MirrorPulse, { zone, summary }: { zone: string; summary: string }): string {
  const of = (at: string | null) => (at ? bothClocks(at, zone).replace('\n', ' · ') : 'never')
  return `${summary}\nLast webhook: ${of(pulse.lastWebhookAt)}\nLast API read: ${of(pulse.lastApiReadAt)}`
}
