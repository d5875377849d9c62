import { Button } from '../ui/button.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'

/** The button that sends a form: over its whole width on a page, beside "Cancel" in a dialog. */
export function FormFoot({ verb, pending, onCancel }: FormFootProps) {
  if (!onCancel) {
    return (
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {verb}
      </Button>
    )
  }
  return (
    <DialogFoot isInBody>
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" variant="primary" pending={pending}>
        {verb}
      </Button>
    </DialogFoot>
  )
}

interface FormFootProps {
  readonly verb: string
  readonly pending: boolean
  /** Only in a dialog; a page is left in other ways. */
  readonly onCancel?: (() => void) | undefined
}
