import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import {
  NOTE_CHARACTERS_MAX,
  noteEditBlock,
  noteText,
  type PaymentNote,
} from '@desk/shared/attention/payment-note'
import type { PaymentId } from '@desk/shared/payments/payment'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { textIn } from '../ui/form-text.ts'
import { Moment } from '../ui/moment.tsx'
import { useNow } from '../ui/now.ts'
import { TextArea } from '../ui/text-area.tsx'

/** One note with what it said before; whoever wrote it may change it while it is young. */
export function NoteLine({ paymentId, note }: NoteLineProps) {
  const { me } = signedInRoute.useRouteContext()
  const [isEditing, setEditing] = useState(false)
  const mayEdit = useNow((nowMs) => noteEditBlock(note, { userId: me.userId, nowMs }) === null)
  return (
    <li className="flex flex-col gap-1 border-l-2 border-line pl-3 text-sm">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{note.author.name}</span>
        <span className="text-xs text-faint">
          <Moment at={note.writtenAt} />
          {note.editedAt !== null && ' · changed'}
        </span>
        {mayEdit && !isEditing && (
          <button
            type="button"
            onClick={() => setEditing(true)}
            className="h-6 rounded-sm px-1 text-xs text-muted hover:bg-hover hover:text-text"
          >
            Change
          </button>
        )}
      </span>
      {isEditing ? (
        <Editor paymentId={paymentId} note={note} onClose={() => setEditing(false)} />
      ) : (
        <p className="break-words whitespace-pre-wrap">{note.text}</p>
      )}
      {note.earlier.length > 0 && (
        <details className="text-xs">
          <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-text">
            {note.earlier.length === 1
              ? 'What it said before'
              : `${note.earlier.length} versions before`}
          </summary>
          <ol className="mt-1 flex flex-col gap-2">
            {note.earlier.map(({ version, text, at }) => (
              <li key={version} className="text-muted">
                <Moment at={at} />
                <p className="break-words whitespace-pre-wrap">{text}</p>
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  )
}

interface NoteLineProps {
  readonly paymentId: PaymentId
  readonly note: PaymentNote
}

function Editor({ paymentId, note, onClose }: NoteLineProps & { readonly onClose: () => void }) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  // What was read when the change began: a change in another window meanwhile is not overwritten.
  const [{ version, text }] = useState(note)
  const [fault, setFault] = useState<string>()
  const edit = useMutation(
    api.notes.edit.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queryClient.invalidateQueries(api.attention.pathFilter()),
    }),
  )
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = noteText.safeParse(textIn(new FormData(event.currentTarget), 'text'))
    setFault(given.success ? undefined : 'A note says something, in 4,000 characters at most.')
    if (given.success) edit.mutate({ id: paymentId, noteId: note.id, version, text: given.data })
  }
  return (
    <form className="flex flex-col gap-2" onSubmit={save}>
      <TextArea
        label="Note"
        isLabelHidden
        name="text"
        defaultValue={text}
        maxLength={NOTE_CHARACTERS_MAX}
        error={fault}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it stands where the text was that is changed
        autoFocus
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={edit.isPending}>
          Save change
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
      <FaultLine error={edit.error} />
    </form>
  )
}
