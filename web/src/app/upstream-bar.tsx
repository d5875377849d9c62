import { useQuery } from '@tanstack/react-query'
import type { MirrorPulse } from '@desk/shared/payments/mirror-pulse'
import { ClockText } from '../ui/moment.tsx'
import { useNow } from '../ui/now.ts'
import { silentSince } from './pulse-text.ts'
import { usePulse } from './use-pulse.ts'

/** A quiet bar above every screen while SpacePay does not answer: since when, and what still works. */
export function UpstreamBar() {
  const { data: pulse } = useQuery(usePulse())
  return pulse ? <Bar pulse={pulse} /> : null
}

function Bar({ pulse }: { readonly pulse: MirrorPulse }) {
  const since = useNow((nowMs) => silentSince(pulse, nowMs) ?? '')
  if (since === '') return null
  return (
    <output className="block border-b border-line bg-warn-soft px-6 py-2 text-sm text-text">
      <b className="font-medium">
        SpacePay has not answered since <ClockText at={since} />.
      </b>{' '}
      Everything Desk has learned stays readable and searchable, and webhooks are still taken.
      Refreshing from SpacePay has to wait.
    </output>
  )
}
