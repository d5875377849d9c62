import { useMutation } from '@tanstack/react-query'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { FactorToRemove } from './factor-dialog.tsx'
import { useFactorsChanged } from './use-factors-changed.ts'

/** Names the factor and what becomes of signing in without it. */
export function RemoveFactorDialog({ factor, onClose }: RemoveFactorDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useFactorsChanged()
  const onSuccess = () => {
    announce(`${factor.name} is removed`)
    onClose()
  }
  const removeApp = useMutation(
    api.profile.removeAuthenticator.mutationOptions({ onSuccess, onSettled }),
  )
  const removePasskey = useMutation(
    api.profile.removePasskey.mutationOptions({ onSuccess, onSettled }),
  )
  const remove = () =>
    factor.passkeyId === null ? removeApp.mutate() : removePasskey.mutate({ id: factor.passkeyId })
  return (
    <Dialog
      title={
        factor.passkeyId === null
          ? 'Remove the authenticator app?'
          : `Remove the passkey ${factor.name}?`
      }
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            pending={removeApp.isPending || removePasskey.isPending}
            onClick={remove}
          >
            {factor.passkeyId === null ? 'Remove app' : 'Remove passkey'}
          </Button>
        </>
      }
    >
      <p>
        {factor.isLast
          ? 'It is your only second factor: your password alone then signs you in, and your recovery codes stop working.'
          : 'It no longer signs you in or confirms that it is you. Your other second factors stay.'}{' '}
        Your sessions in other browsers end.
      </p>
      <FaultLine error={removeApp.error ?? removePasskey.error} />
    </Dialog>
  )
}

interface RemoveFactorDialogProps {
  readonly factor: FactorToRemove
  readonly onClose: () => void
}
