import { useMutation } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { useChangedMatches } from './use-changed-matches.ts'

/** Takes a match back, with a reason. */
export function UndoMatch({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { api } = signedInRoute.useRouteContext()
  const changed = useChangedMatches()
  const undo = useMutation(
    api.bank.undoMatch.mutationOptions({
      onSuccess: () => {
        announce('The match was undone')
        onClose()
      },
      onSettled: changed,
    }),
  )
  return (
    <ReasonDialog
      title="Undo this match"
      about="The line waits again, and its days lack its money. The match stays on record with your name and reason."
      verb="Undo match"
      isPending={undo.isPending}
      error={undo.error}
      onGive={(reason) => undo.mutate({ id, reason })}
      onClose={onClose}
    />
  )
}
