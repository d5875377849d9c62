import { useMutation } from '@tanstack/react-query'
import type { TeamInvitation } from '@desk/shared/identity/team'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { InvitationSent } from './team-invitation-sent.tsx'
import { useTeamChanged } from './team-queries.ts'

interface InvitationDialogProps {
  readonly invitation: TeamInvitation
  readonly onClose: () => void
}

/** The old link stops working with it, so it is asked first. */
export function RenewDialog({ invitation, onClose }: InvitationDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useTeamChanged()
  const renew = useMutation(api.team.renewInvitation.mutationOptions({ onSettled }))
  const { id, name, email, isMailed } = invitation
  if (renew.isSuccess) {
    return <InvitationSent invited={renew.data} name={name} email={email} onClose={onClose} />
  }
  return (
    <Dialog
      title={`A new link for ${name}?`}
      description={`The link that ${email} has stops working.`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={renew.isPending} onClick={() => renew.mutate({ id })}>
            {isMailed ? 'Send a new link' : 'Make a new link'}
          </Button>
        </>
      }
    >
      <FaultLine error={renew.error} />
    </Dialog>
  )
}

export function WithdrawDialog({ invitation, onClose }: InvitationDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useTeamChanged()
  const withdraw = useMutation(
    api.team.voidInvitation.mutationOptions({ onSettled, onSuccess: onClose }),
  )
  const { id, name, email } = invitation
  return (
    <Dialog
      title={`Withdraw the invitation for ${name}?`}
      description={`The link that ${email} has stops working. You can invite them again.`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            pending={withdraw.isPending}
            onClick={() => withdraw.mutate({ id })}
          >
            Withdraw invitation
          </Button>
        </>
      }
    >
      <FaultLine error={withdraw.error} />
    </Dialog>
  )
}
