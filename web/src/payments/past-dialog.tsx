import { useState } from 'react'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { zoneName } from '../ui/moment-text.ts'
import { TextField } from '../ui/text-field.tsx'
import { clockOfInstant, instantOfClock } from '../ui/zoned-time.ts'

/** Asks for which moment; `asOf` is the one that is shown, null while that is now. */
export function PastDialog({ asOf, what, onPick, onClose }: PastDialogProps) {
  const zone = useViewZone()
  // What is offered at first does not move while somebody thinks.
  const [now] = useState(() => new Date().toISOString())
  const [fault, setFault] = useState<string>()
  const pick = (form: FormData) => {
    const at = instantOfClock(textIn(form, 'at'), zone)
    if (at === null) return setFault('Choose a day and a time.')
    if (at > now) return setFault('That is still to come.')
    onPick(at)
  }
  return (
    <Dialog
      title={`${what} as it was known`}
      description="What Desk had learned by that moment. Something may have happened before and been learned after: then it was not known yet."
      onClose={onClose}
      onSubmit={pick}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Show
          </Button>
        </>
      }
    >
      <TextField
        label={`Day and time in ${zoneName(zone)}`}
        name="at"
        type="datetime-local"
        max={clockOfInstant(now, zone)}
        defaultValue={clockOfInstant(asOf ?? now, zone)}
        error={fault}
        required
      />
    </Dialog>
  )
}

interface PastDialogProps {
  readonly asOf: string | null
  /** "This payment" or "The list". */
  readonly what: string
  readonly onPick: (at: string) => void
  readonly onClose: () => void
}
