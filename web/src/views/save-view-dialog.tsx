import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { usualColumns } from '@desk/shared/payments/payment-column'
import type { Role } from '@desk/shared/identity/roles'
import { VIEW_NAME_MAX } from '@desk/shared/views/saved-view'
import { viewName } from '@desk/shared/views/saved-view-input'
import { FaultLine } from '../app/fault-line.tsx'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextField } from '../ui/text-field.tsx'
import { RoleField } from './role-field.tsx'
import { type OpenView, useShowView } from './use-open-view.ts'
import { useViewsChanged } from './use-views-changed.ts'

/** Gives what the list shows a name. */
export function SaveViewDialog({ open, onClose }: SaveViewDialogProps) {
  const { api, me } = signedInRoute.useRouteContext()
  const changed = useViewsChanged()
  const show = useShowView()
  const [sharedWith, setSharedWith] = useState<Role | null>(null)
  const [hasColumns, setHasColumns] = useState(
    open.addressColumns !== null || (open.view?.columns ?? null) !== null,
  )
  const [fault, setFault] = useState<string>()
  const { query } = open
  const columns = hasColumns ? [...(open.columns ?? usualColumns)] : null
  const save = useMutation(
    api.views.save.mutationOptions({
      onSuccess: async ({ id }, { name }) => {
        announce(`Saved as ${name}`)
        await changed()
        const owner = { id: me.userId, name: me.name }
        await show({ id, name, owner, query, columns, sharedWith, version: 1 })
        onClose()
      },
      onError: (error) => {
        if (readFault(error).refusal === 'view_name_taken') setFault(readFault(error).message)
      },
    }),
  )
  const send = (form: FormData) => {
    const name = viewName.safeParse(textIn(form, 'name'))
    setFault(name.success ? undefined : `Give it a name of at most ${VIEW_NAME_MAX} characters.`)
    if (name.success) save.mutate({ name: name.data, query, columns, sharedWith })
  }
  const isNamed = fault !== undefined && save.isError
  return (
    <Dialog
      title="Save view"
      description="Keeps the search, the filters and the order under a name. Days such as “last 7 days” move along."
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={save.isPending}>
            Save view
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        name="name"
        maxLength={VIEW_NAME_MAX}
        autoComplete="off"
        error={fault}
        placeholder="Underpaid this week"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing that cannot be guessed
        autoFocus
      />
      <RoleField value={sharedWith} onChange={setSharedWith} />
      <Checkbox
        label="With the columns as they are now"
        hint="Otherwise everybody sees the columns they like."
        checked={hasColumns}
        onChange={setHasColumns}
      />
      {!isNamed && <FaultLine error={save.error} />}
    </Dialog>
  )
}

interface SaveViewDialogProps {
  readonly open: OpenView
  readonly onClose: () => void
}
