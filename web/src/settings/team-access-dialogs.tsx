import { useMutation } from '@tanstack/react-query'
import { needsSecondFactor } from '@desk/shared/identity/permissions'
import type { TeamPerson } from '@desk/shared/identity/team'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useTeamChanged } from './team-queries.ts'
import { factorsText } from './team-words.ts'

interface AccessDialogProps {
  readonly person: TeamPerson
  readonly onClose: () => void
}

export function EnableDialog({ person, onClose }: AccessDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useTeamChanged()
  const { userId, name, email } = person
  const enable = useMutation(
    api.team.enable.mutationOptions({
      onSuccess: () => {
        announce(`${name} is enabled`)
        onClose()
      },
      onSettled,
    }),
  )
  return (
    <Dialog
      title={`Enable ${name}?`}
      description={email}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={enable.isPending}
            onClick={() => enable.mutate({ userId })}
          >
            Enable person
          </Button>
        </>
      }
    >
      <p>They can sign in again, with the roles, password and second factors they had.</p>
      <p>What was voided when they were disabled stays void.</p>
      <FaultLine error={enable.error} />
    </Dialog>
  )
}

export function ResetFactorsDialog({ person, onClose }: AccessDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useTeamChanged()
  const { userId, name, email, factors, roles } = person
  const reset = useMutation(
    api.team.resetFactors.mutationOptions({
      onSuccess: () => {
        announce(`The second factors of ${name} are reset`)
        onClose()
      },
      onSettled,
    }),
  )
  return (
    <Dialog
      title={`Reset the second factors of ${name}?`}
      description={email}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            pending={reset.isPending}
            onClick={() => reset.mutate({ userId })}
          >
            Reset second factors
          </Button>
        </>
      }
    >
      <p>
        {factorsText(factors)} and all recovery codes stop working, and every open session of theirs
        ends. Do this only after you have made sure that it is {name} who asks.
      </p>
      <p>
        {needsSecondFactor(roles)
          ? 'Their password alone then opens nothing but the page on which they add a new factor.'
          : 'Their password alone then signs them in, until they add a new factor.'}
      </p>
      <FaultLine error={reset.error} />
    </Dialog>
  )
}
