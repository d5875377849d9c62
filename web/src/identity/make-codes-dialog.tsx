import { useMutation } from '@tanstack/react-query'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Says what becomes of the codes there are before it makes new ones. */
export function MakeCodesDialog({ left, onMade, onClose }: MakeCodesDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const make = useMutation(
    api.profile.makeRecoveryCodes.mutationOptions({
      onSuccess: ({ recoveryCodes }) => onMade(recoveryCodes),
    }),
  )
  return (
    <Dialog
      title="Make new recovery codes?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={make.isPending} onClick={() => make.mutate()}>
            Make codes
          </Button>
        </>
      }
    >
      <p>
        {left > 0
          ? 'The codes you saved before stop working as soon as the new ones are made.'
          : 'With a recovery code you get in when your phone is lost. Each works once.'}{' '}
        Have a safe place for them ready: they are shown once only.
      </p>
      <FaultLine error={make.error} />
    </Dialog>
  )
}

interface MakeCodesDialogProps {
  /** How many of the present ones still work. */
  readonly left: number
  readonly onMade: (codes: readonly string[]) => void
  readonly onClose: () => void
}
