import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BuildingRule } from '@desk/shared/settlements/business-day-setting'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Card } from '../ui/card.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { countText } from '../ui/readers-locale.ts'

/** How far another business day has come, and the way back while it is not in force. */
export function BusinessDayBuilding({ rule }: { readonly rule: BuildingRule }) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const writeBlock = usePermissionBlock('business_day:write')
  const cancel = useMutation(
    api.businessDay.cancel.mutationOptions({
      onSuccess: () => announce('Business days stay as they are'),
      onSettled: () => queryClient.invalidateQueries(api.businessDay.pathFilter()),
    }),
  )
  const percent = rule.payments === 0 ? 0 : Math.floor((rule.counted / rule.payments) * 100)
  return (
    <Card
      title={`Changing to ${rule.cutOff} in ${zoneName(rule.zone)}`}
      about={
        <>
          Asked for{rule.setBy !== null && ` by ${rule.setBy}`} <Moment at={rule.setAt} />. Until
          every payment is counted, days stay as they are.
        </>
      }
      action={
        <GuardedButton
          block={writeBlock}
          pending={cancel.isPending}
          onClick={() => cancel.mutate({ id: rule.id })}
        >
          Stop the change
        </GuardedButton>
      }
    >
      <progress
        aria-label="Payments counted"
        value={rule.counted}
        max={Math.max(rule.payments, 1)}
        className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken accent-accent [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
      />
      <p className="mt-2 text-sm text-muted tabular-nums">
        {percent} %: {countText(rule.counted)} of {countText(rule.payments)} payments
      </p>
      <FaultLine error={cancel.error} />
    </Card>
  )
}
