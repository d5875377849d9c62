import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { NOTE_CHARACTERS_MAX, noteText } from '@desk/shared/attention/payment-note'
import type { PaymentId } from '@desk/shared/payments/payment'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextArea } from '../ui/text-area.tsx'

/** Asks for a note on the payment. Ctrl+Enter saves, as beneath the payment itself. */
export function AddNoteDialog({ paymentId, onClose }: AddNoteProps) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const [fault, setFault] = useState<string>()
  const write = useMutation(
    api.notes.write.mutationOptions({
      onSuccess: () => {
        announce('Note saved')
        onClose()
      },
      onSettled: () => queryClient.invalidateQueries(api.attention.pathFilter()),
    }),
  )
  const save = (form: FormData) => {
    const given = noteText.safeParse(textIn(form, 'text'))
    setFault(given.success ? undefined : 'A note says something, in 4,000 characters at most.')
    if (given.success && !write.isPending) write.mutate({ id: paymentId, text: given.data })
  }
  return (
    <Dialog
      title="Add a note"
      description="Everybody who opens the payment reads it. You can change it for 15 minutes."
      onClose={onClose}
      onSubmit={save}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={write.isPending}>
            Save note
          </Button>
        </>
      }
    >
      <TextArea
        label="Note"
        isLabelHidden
        name="text"
        maxLength={NOTE_CHARACTERS_MAX}
        error={fault}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing that is asked for
        autoFocus
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }}
      />
      <FaultLine error={write.error} />
    </Dialog>
  )
}

interface AddNoteProps {
  readonly paymentId: PaymentId
  readonly onClose: () => void
}
