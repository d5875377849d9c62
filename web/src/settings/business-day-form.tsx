import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeBusinessDayInput,
  type RuleInForce,
} from '@desk/shared/settlements/business-day-setting'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Card } from '../ui/card.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ZoneField } from '../ui/zone-field.tsx'
import { DayBounds } from './day-bounds.tsx'

/** Asks when days are to begin, and shows what today and yesterday would be. */
export function BusinessDayForm({ inForce }: { readonly inForce: RuleInForce }) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const writeBlock = usePermissionBlock('business_day:write')
  const [zone, setZone] = useState(inForce.zone)
  const [cutOff, setCutOff] = useState(inForce.cutOff)
  const change = useMutation(
    api.businessDay.change.mutationOptions({
      onSuccess: () => announce('Payments are being counted by the new business day'),
      onSettled: () => queryClient.invalidateQueries(api.businessDay.pathFilter()),
    }),
  )
  const given = changeBusinessDayInput.safeParse({ zone, cutOff })
  const faults = given.success ? [] : given.error.issues.map(({ path }) => path[0])
  const isSame = zone === inForce.zone && cutOff === inForce.cutOff
  const block =
    writeBlock ??
    (isSame
      ? 'Choose another zone or time of day first.'
      : given.success
        ? null
        : 'Choose a zone of the list and a time of day first.')
  return (
    <Card
      title="Change it"
      about="Which day a payment is on changes, never its time or amount. Closed months and files already made keep the days they were made by."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (given.success && block === null) change.mutate(given.data)
        }}
      >
        <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_180px]">
          <ZoneField
            label="Zone"
            value={zone}
            onChange={setZone}
            hint="Type to search, such as London or Kathmandu."
            error={faults.includes('zone') ? 'This is no zone: choose one of the list.' : undefined}
          />
          <TextField
            label="Days begin at"
            type="time"
            required
            value={cutOff}
            onChange={({ target }) => setCutOff(target.value)}
            hint="A day carries the date of this moment."
            error={faults.includes('cutOff') ? 'This is no time of day.' : undefined}
          />
        </div>
        {given.success && !isSame && (
          <DayBounds
            rules={[
              { name: 'Now', rule: inForce },
              { name: 'Then', rule: given.data },
            ]}
          />
        )}
        <p className="text-sm text-muted">
          Every payment is counted anew beside the sums in use. Once that is done, all screens of
          everybody count by the new days at once; until then it can be stopped.
        </p>
        <FaultLine error={change.error} />
        <div>
          <GuardedButton block={block} type="submit" variant="primary" pending={change.isPending}>
            Change business days
          </GuardedButton>
        </div>
      </form>
    </Card>
  )
}
