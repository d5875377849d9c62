import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { ChoiceCards } from '../ui/choice-cards.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { moneyText } from '../ui/money-text.ts'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'

interface CaseDialogProps {
  readonly shown: RequestCase
  readonly onClose: () => void
}

function useAfterwards({ onClose }: Pick<CaseDialogProps, 'onClose'>, said: string) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  return {
    onSuccess: () => {
      announce(said)
      onClose()
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(api.withdrawals.pathFilter()),
        queries.invalidateQueries(api.attention.pathFilter()),
      ]),
  }
}

/** Gives it back to whoever asked. */
export function RejectDialog({ shown, onClose }: CaseDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const reject = useMutation(
    api.withdrawals.reject.mutationOptions(
      useAfterwards({ onClose }, 'Rejected: it is back with who asked'),
    ),
  )
  const { id, revision } = shown
  return (
    <Dialog
      title={`Reject ${shown.name}, ${moneyText(shown.amountCents)}?`}
      description={`It goes back to ${shown.requestedBy.name}, who reads your reason.`}
      onClose={onClose}
      onSubmit={(form) => reject.mutate({ id, revision, reason: textIn(form, 'reason') })}
      actions={
        <>
          <Button onClick={onClose}>Keep it waiting</Button>
          <Button type="submit" variant="danger" pending={reject.isPending}>
            Reject withdrawal
          </Button>
        </>
      }
    >
      <TextArea label="Reason" name="reason" required maxLength={1_000} />
      <FaultLine error={reject.error} />
    </Dialog>
  )
}

export function CancelDialog({ shown, onClose }: CaseDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const cancel = useMutation(
    api.withdrawals.cancel.mutationOptions(useAfterwards({ onClose }, 'The request is cancelled')),
  )
  const { id, revision } = shown
  return (
    <Dialog
      title={`Cancel ${shown.name}, ${moneyText(shown.amountCents)}?`}
      description="It is given up for good, with what was approved of it. Nothing was sent."
      onClose={onClose}
      onSubmit={() => cancel.mutate({ id, revision })}
      actions={
        <>
          <Button onClick={onClose}>Keep request</Button>
          <Button type="submit" variant="danger" pending={cancel.isPending}>
            Cancel request
          </Button>
        </>
      }
    >
      <FaultLine error={cancel.error} />
    </Dialog>
  )
}

export function BreakGlassDialog({ shown, onClose }: CaseDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const breakGlass = useMutation(
    api.withdrawals.breakGlass.mutationOptions(
      useAfterwards({ onClose }, 'It is an emergency now: two admins decide'),
    ),
  )
  const { id, revision } = shown
  return (
    <Dialog
      title={`Call ${shown.name} an emergency?`}
      description="Two admins then approve it in person, and cooling-off, business hours and limits do not hold it. Everybody who watches withdrawals is told."
      onClose={onClose}
      onSubmit={(form) => breakGlass.mutate({ id, revision, reason: textIn(form, 'reason') })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger" pending={breakGlass.isPending}>
            Call it an emergency
          </Button>
        </>
      }
    >
      <TextArea label="Why it cannot wait" name="reason" required maxLength={1_000} />
      <FaultLine error={breakGlass.error} />
    </Dialog>
  )
}

/** A named person says what became of a sending that nobody could tell. */
export function ResolveDialog({ shown, onClose }: CaseDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const [kind, setKind] = useState<'adopt' | 'absent'>('adopt')
  const resolve = useMutation(
    api.withdrawals.resolve.mutationOptions(useAfterwards({ onClose }, 'It is settled')),
  )
  return (
    <Dialog
      title={`What became of ${shown.name}?`}
      description="Nothing is ever sent again for it. Your name and what you rely on stay with it."
      onClose={onClose}
      onSubmit={(form) =>
        resolve.mutate({
          id: shown.id,
          outcome:
            kind === 'adopt'
              ? { kind, withdrawalId: textIn(form, 'withdrawalId').trim() }
              : { kind },
          evidence: textIn(form, 'evidence'),
        })
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={resolve.isPending}>
            Settle it
          </Button>
        </>
      }
    >
      <ChoiceCards
        legend="What happened"
        value={kind}
        choices={[
          {
            value: 'adopt',
            label: 'SpacePay has it',
            hint: 'Desk reads the withdrawal you name and compares it.',
          },
          {
            value: 'absent',
            label: 'It never arrived',
            hint: 'The request fails; a new one is approved anew.',
          },
        ]}
        onChange={setKind}
      />
      {kind === 'adopt' && (
        <TextField label="Withdrawal id at SpacePay" name="withdrawalId" required maxLength={64} />
      )}
      <TextArea
        label="Evidence"
        name="evidence"
        required
        maxLength={4_000}
        hint="What you looked at and who told you, so that an auditor can follow it."
      />
      <FaultLine error={resolve.error} />
    </Dialog>
  )
}
