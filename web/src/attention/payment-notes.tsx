import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import {
  NOTE_CHARACTERS_MAX,
  noteText,
  type PaymentNote,
} from '@desk/shared/attention/payment-note'
import type { PaymentId } from '@desk/shared/payments/payment'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { NoteLine } from './note-line.tsx'

/** What people wrote on the payment, oldest first, and room for more. */
export function PaymentNotes({ paymentId, notes }: PaymentNotesProps) {
  const block = usePermissionBlock('notes:write')
  return (
    <div className="flex flex-col gap-3">
      {notes.length > 0 && (
        <ol aria-label="Notes" className="flex flex-col gap-3">
          {notes.map((note) => (
            <NoteLine key={note.id} paymentId={paymentId} note={note} />
          ))}
        </ol>
      )}
      {block === null ? (
        <Composer paymentId={paymentId} />
      ) : (
        <p className="text-sm text-muted">
          {notes.length === 0 && 'Nobody has written a note yet. '}
          {block}
        </p>
      )}
    </div>
  )
}

interface PaymentNotesProps {
  readonly paymentId: PaymentId
  readonly notes: readonly PaymentNote[]
}

/** Ctrl+Enter saves, as in other places where people write. */
function Composer({ paymentId }: { readonly paymentId: PaymentId }) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const write = useMutation(
    api.notes.write.mutationOptions({
      onSuccess: () => {
        setText('')
        announce('Note saved')
      },
      onSettled: () => queryClient.invalidateQueries(api.attention.pathFilter()),
    }),
  )
  const save = () => {
    const given = noteText.safeParse(text)
    if (given.success && !write.isPending) write.mutate({ id: paymentId, text: given.data })
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        save()
      }}
    >
      <TextArea
        label="New note"
        isLabelHidden
        placeholder="Write a note for your colleagues"
        value={text}
        maxLength={NOTE_CHARACTERS_MAX}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          save()
        }}
      />
      {text.trim() !== '' && (
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={write.isPending}>
            Save note
          </Button>
          <span className="text-xs text-faint">You can change it for 15 minutes.</span>
        </div>
      )}
      <FaultLine error={write.error} />
    </form>
  )
}
