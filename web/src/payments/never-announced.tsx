import { useQuery } from '@tanstack/react-query'
import { usePulse } from '../app/use-pulse.ts'
import { Notice } from '../ui/panel.tsx'

/** Said once where SpacePay never told this Desk anything, instead of once for every payment. */
export function NeverAnnounced() {
  const pulse = useQuery(usePulse())
  if (!pulse.isSuccess || pulse.data.lastWebhookAt !== null) return null
  return (
    <div className="my-2">
      <Notice tone="warn">
        <p className="font-medium">No webhook has ever been verified here.</p>
        <p>
          So Desk cannot tell which payments SpacePay failed to announce; what it shows comes from
          the API alone. Add Desk’s webhook address in SpacePay’s dashboard under Settings →
          Developers → Webhooks.
        </p>
      </Notice>
    </div>
  )
}
