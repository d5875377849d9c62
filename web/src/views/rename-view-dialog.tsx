import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type SavedView, VIEW_NAME_MAX } from '@desk/shared/views/saved-view'
import { viewName } from '@desk/shared/views/saved-view-input'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextField } from '../ui/text-field.tsx'
import { useViewsChanged } from './use-views-changed.ts'

export function RenameViewDialog({ view, onClose }: RenameViewDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const changed = useViewsChanged()
  const [fault, setFault] = useState<string>()
  const rename = useMutation(
    api.views.change.mutationOptions({
      onSuccess: async (_, { name }) => {
        announce(`Renamed to ${name ?? view.name}`)
        await changed()
        onClose()
      },
      onError: (error) => {
        setFault(readFault(error).message)
        void changed()
      },
    }),
  )
  const send = (form: FormData) => {
    const name = viewName.safeParse(textIn(form, 'name'))
    setFault(name.success ? undefined : `Give it a name of at most ${VIEW_NAME_MAX} characters.`)
    if (name.success) rename.mutate({ id: view.id, version: view.version, name: name.data })
  }
  return (
    <Dialog
      title={`Rename “${view.name}”`}
      description={
        view.sharedWith === null ? undefined : 'Everybody who sees it sees the new name.'
      }
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={rename.isPending}>
            Rename view
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        name="name"
        defaultValue={view.name}
        maxLength={VIEW_NAME_MAX}
        autoComplete="off"
        error={fault}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the only field of a dialog that was asked for
        autoFocus
      />
    </Dialog>
  )
}

interface RenameViewDialogProps {
  readonly view: SavedView
  readonly onClose: () => void
}
