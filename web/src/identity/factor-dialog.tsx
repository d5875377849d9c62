import { useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { AddAuthenticator } from './add-authenticator.tsx'
import { AddPasskey } from './add-passkey.tsx'
import { MakeCodesDialog } from './make-codes-dialog.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { RemoveFactorDialog } from './remove-factor-dialog.tsx'
import { useFactorsChanged } from './use-factors-changed.ts'

/** What somebody is about to do with their second factors. */
export type FactorTask =
  | { readonly kind: 'add_app'; readonly isReplacing: boolean }
  | { readonly kind: 'add_passkey' }
  | { readonly kind: 'make_codes'; readonly left: number }
  | ({ readonly kind: 'remove' } & FactorToRemove)

export interface FactorToRemove {
  readonly name: string
  /** Null for the authenticator app. */
  readonly passkeyId: string | null
  readonly isLast: boolean
}

/** The dialog for a task; where new recovery codes came of it, they are shown until they are saved. */
export function FactorDialog({ task, onClose }: FactorDialogProps) {
  const changed = useFactorsChanged()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  if (codes !== null) {
    return (
      <Dialog
        title="Save your recovery codes"
        {...(task.kind === 'make_codes' &&
          task.left > 0 && { description: 'Codes you had before no longer work.' })}
        onClose={onClose}
        isHeld
      >
        <RecoveryCodes codes={codes} verb="Done" onSaved={onClose} isInDialog />
      </Dialog>
    )
  }
  const onAdded = (made: readonly string[] | null) => {
    void changed()
    if (made === null) onClose()
    else setCodes(made)
  }
  switch (task.kind) {
    case 'add_app':
      return (
        <Dialog
          title={task.isReplacing ? 'Replace the authenticator app' : 'Add an authenticator app'}
          description={
            task.isReplacing
              ? 'The one you have goes on working until the new one is confirmed. Then your sessions in other browsers end.'
              : 'Your sessions in other browsers end.'
          }
          onClose={onClose}
        >
          <AddAuthenticator onAdded={onAdded} onCancel={onClose} />
        </Dialog>
      )
    case 'add_passkey':
      return (
        <Dialog
          title="Add a passkey"
          description="Your sessions in other browsers end."
          onClose={onClose}
        >
          <AddPasskey onAdded={onAdded} onCancel={onClose} />
        </Dialog>
      )
    case 'make_codes':
      return <MakeCodesDialog left={task.left} onMade={onAdded} onClose={onClose} />
    case 'remove':
      return <RemoveFactorDialog factor={task} onClose={onClose} />
  }
}

interface FactorDialogProps {
  readonly task: FactorTask
  readonly onClose: () => void
}
