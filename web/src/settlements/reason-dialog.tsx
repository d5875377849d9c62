import type { ReactNode } from 'react'
import { FaultLine } from '../app/fault-line.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextArea } from '../ui/text-area.tsx'

/** Asks why before it is done. */
export function ReasonDialog({ title, about, verb, onGive, onClose, ...state }: ReasonDialogProps) {
  return (
    <Dialog
      title={title}
      description={about}
      onClose={onClose}
      onSubmit={(form) => onGive(textIn(form, 'reason'))}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={state.isPending}>
            {verb}
          </Button>
        </>
      }
    >
      <TextArea label="Why" name="reason" required maxLength={500} />
      <FaultLine error={state.error} />
    </Dialog>
  )
}

interface ReasonDialogProps {
  readonly title: string
  readonly about: ReactNode
  readonly verb: string
  readonly isPending: boolean
  readonly error: unknown
  readonly onGive: (reason: string) => void
  readonly onClose: () => void
}
