import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { knownNetworks } from '@desk/shared/networks/networks'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { SelectField } from '../ui/select-field.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'

interface AddDialogProps {
  readonly onClose: () => void
}

function useBookChanged() {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  return () => queries.invalidateQueries(api.destinations.pathFilter())
}

/** Proposes one address; a second person approves it. */
export function AddDestinationDialog({ onClose }: AddDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useBookChanged()
  const propose = useMutation(
    api.destinations.propose.mutationOptions({
      onSuccess: () => {
        announce('Proposed: a second person approves it')
        onClose()
      },
      onSettled,
    }),
  )
  return (
    <Dialog
      title="Add a destination"
      description="A second person approves it, then it cools off before it can be paid."
      onClose={onClose}
      onSubmit={(form) =>
        propose.mutate({
          network: textIn(form, 'network'),
          address: textIn(form, 'address').trim(),
          label: textIn(form, 'label'),
        })
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={propose.isPending}>
            Propose destination
          </Button>
        </>
      }
    >
      <SelectField label="Network" name="network">
        {knownNetworks.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField label="Address" name="address" autoComplete="off" spellCheck={false} required />
      <TextField label="Label" name="label" autoComplete="off" maxLength={80} required />
      <FaultLine error={propose.error} />
    </Dialog>
  )
}

/** Proposes a whole file, or nothing of it where one row is wrong. */
export function ImportDialog({ onClose }: AddDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useBookChanged()
  const [text, setText] = useState('')
  const read = useMutation(api.destinations.importCsv.mutationOptions({ onSettled }))
  const rows = read.data?.rows
  return (
    <Dialog
      title="Import destinations"
      description="A CSV with the columns network, address and label. One wrong row keeps the whole file out, and says why."
      onClose={onClose}
      onSubmit={() => read.mutate({ text })}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" variant="primary" pending={read.isPending}>
            Import
          </Button>
        </>
      }
    >
      <input
        type="file"
        accept=".csv,text/csv"
        aria-label="CSV file"
        className="text-sm"
        onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
      />
      <TextArea
        label="Or paste it"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={'network,address,label\nbase,0x52ae…,Acme Supplies'}
      />
      <FaultLine error={read.error} />
      {rows !== undefined && (
        <ul className="max-h-60 overflow-y-auto text-sm" aria-label="Rows of the file">
          {rows.map((row) => (
            <li key={row.line} className={row.problem === null ? '' : 'text-bad'}>
              Row {row.line}: {row.label} — {row.problem ?? outcomeWords[row.outcome]}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

const outcomeWords = {
  added: 'proposed',
  known: 'in the book already',
  waits: 'right, but kept out while another row is wrong',
  wrong: 'wrong',
} as const
