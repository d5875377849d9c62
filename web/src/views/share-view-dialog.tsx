import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { roleText } from '@desk/shared/identity/roles'
import type { SavedView } from '@desk/shared/views/saved-view'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { RoleField } from './role-field.tsx'
import { useViewsChanged } from './use-views-changed.ts'

export function ShareViewDialog({ view, onClose }: ShareViewDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const changed = useViewsChanged()
  const [sharedWith, setSharedWith] = useState(view.sharedWith)
  const { sharedWith: kept } = view
  const share = useMutation(
    api.views.change.mutationOptions({
      onSuccess: async () => {
        announce(
          sharedWith === null ? 'Not shared any more' : `Shared with ${roleText[sharedWith].label}`,
        )
        await changed()
        onClose()
      },
      onError: () => void changed(),
    }),
  )
  return (
    <Dialog
      title={`Share “${view.name}”`}
      onClose={onClose}
      onSubmit={() => share.mutate({ id: view.id, version: view.version, sharedWith })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={share.isPending}>
            {sharedWith === null ? 'Keep to myself' : `Share with ${roleText[sharedWith].label}`}
          </Button>
        </>
      }
    >
      <RoleField
        value={sharedWith}
        kept={kept}
        isOwned={view.owner !== null}
        onChange={setSharedWith}
      />
      {kept !== null && sharedWith !== kept && (
        <p>It disappears at once for everybody in {roleText[kept].label} who does not own it.</p>
      )}
      <FaultLine error={share.error} />
    </Dialog>
  )
}

interface ShareViewDialogProps {
  readonly view: SavedView
  readonly onClose: () => void
}
