import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isZone } from '@desk/shared/time/time-zone'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { useBusinessDay, useViewZone } from '../ui/business-day-rule.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { ZoneField } from '../ui/zone-field.tsx'
import { FaultLine } from './fault-line.tsx'
import { signedInRoute } from './signed-in-route.tsx'

/** Asks in which zone the viewer reads times. */
export function ViewZoneDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = signedInRoute.useRouteContext()
  const business = useBusinessDay()
  const [zone, setZone] = useState(useViewZone())
  const isKnown = isZone(zone)
  const change = useMutation(
    api.profile.changeViewZone.mutationOptions({
      onSuccess: () => {
        announce('Times are shown in another zone')
        onClose()
      },
    }),
  )
  return (
    <Dialog
      title="Zone of times"
      description={`In which zone you read times. Which day something is on, and every total, stays as it is for everybody: days begin at ${business.cutOff} in ${zoneName(business.zone)}.`}
      onClose={onClose}
      onSubmit={() => isKnown && change.mutate({ zone: zone === business.zone ? null : zone })}
      actions={
        <>
          <Button onClick={() => change.mutate({ zone: null })}>Business zone</Button>
          <Button type="submit" variant="primary" pending={change.isPending}>
            Show times so
          </Button>
        </>
      }
    >
      <ZoneField
        label="Zone"
        value={zone}
        onChange={setZone}
        hint="Type to search, such as London or Kathmandu."
        error={isKnown ? undefined : 'This is no zone: choose one of the list.'}
      />
      <FaultLine error={change.error} />
    </Dialog>
  )
}
