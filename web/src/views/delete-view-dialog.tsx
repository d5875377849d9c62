import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { roleText } from '@desk/shared/identity/roles'
import type { UserId } from '@desk/shared/identity/session'
import type { SavedView } from '@desk/shared/views/saved-view'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useViewsChanged } from './use-views-changed.ts'

export function DeleteViewDialog({ view, onClose }: DeleteViewDialogProps) {
  const { api, me } = signedInRoute.useRouteContext()
  const changed = useViewsChanged()
  const navigate = useNavigate()
  const remove = useMutation(
    api.views.delete.mutationOptions({
      onSuccess: async () => {
        announce(`${view.name} is deleted`)
        // What it showed stays on screen, without its name.
        await navigate({
          to: '/payments',
          search: ({ view: _view, ...rest }) => rest,
          replace: true,
          resetScroll: false,
        })
        await changed()
      },
    }),
  )
  return (
    <Dialog
      title={`Delete the view “${view.name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="danger"
            pending={remove.isPending}
            onClick={() => remove.mutate({ id: view.id })}
          >
            Delete view
          </Button>
        </>
      }
    >
      <p>{deletionText(view, me.userId)}</p>
      <FaultLine error={remove.error} />
    </Dialog>
  )
}

interface DeleteViewDialogProps {
  readonly view: SavedView
  readonly onClose: () => void
}

/** What deleting a view does, for whom. */
function deletionText({ sharedWith, owner }: SavedView, me: UserId): string {
  const links = 'Links to it still show what it asked for. No payment is changed.'
  if (sharedWith === null) return `Nobody but you sees it. ${links}`
  const role = roleText[sharedWith].label
  const whose = owner !== null && owner.id !== me ? `${owner.name} and everybody` : 'everybody'
  return `It disappears at once for ${whose} who holds ${role}. ${links}`
}
