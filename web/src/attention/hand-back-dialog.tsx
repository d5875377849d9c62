import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PersonName } from '@desk/shared/attention/assignee'
import { givenReason } from '@desk/shared/attention/attention-item'
import type { PaymentId } from '@desk/shared/payments/payment'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextArea } from '../ui/text-area.tsx'

/** Gives the payment back to whoever handed it over, and says why. */
export function HandBackDialog({ paymentId, giver, onClose }: HandBackDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const [fault, setFault] = useState<string>()
  const handBack = useMutation(
    api.attention.handBack.mutationOptions({
      onSuccess: () => {
        announce(`Handed back to ${giver.name}`)
        onClose()
      },
      onSettled: () => queryClient.invalidateQueries(api.attention.pathFilter()),
    }),
  )
  return (
    <Dialog
      title={`Hand back to ${giver.name}`}
      description="It leaves your list and waits in theirs, with your reason."
      onClose={onClose}
      onSubmit={(form) => {
        const reason = givenReason.safeParse(textIn(form, 'reason'))
        setFault(reason.success ? undefined : 'Say why in at most 500 characters.')
        if (reason.success) handBack.mutate({ id: paymentId, reason: reason.data })
      }}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={handBack.isPending}>
            Hand back
          </Button>
        </>
      }
    >
      <TextArea
        label="Reason"
        name="reason"
        maxLength={500}
        error={fault}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing the dialog asks for
        autoFocus
      />
      <FaultLine error={handBack.error} />
    </Dialog>
  )
}

interface HandBackDialogProps {
  readonly paymentId: PaymentId
  readonly giver: PersonName
  readonly onClose: () => void
}
