import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PolicyVersion } from '@desk/shared/withdrawals/policy-view'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { useState } from 'react'

/** The second person's word on a proposed policy. */
export function DecideDialog({
  proposed: { version },
  onClose,
}: {
  readonly proposed: PolicyVersion
  readonly onClose: () => void
}) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const decide = useMutation(
    api.withdrawalPolicy.decide.mutationOptions({
      onSuccess: onClose,
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries(api.withdrawalPolicy.pathFilter()),
          queries.invalidateQueries(api.withdrawals.pathFilter()),
        ]),
    }),
  )
  return (
    <Dialog
      title={`Decide on policy ${version}`}
      description="Once it is in force, everything that waits for approval goes back to who asked and is submitted anew."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            pending={decide.isPending}
            onClick={() => decide.mutate({ version, decision: 'refuse', note })}
          >
            Refuse policy
          </Button>
          <Button
            variant="primary"
            pending={decide.isPending}
            onClick={() => decide.mutate({ version, decision: 'activate' })}
          >
            Put it in force
          </Button>
        </>
      }
    >
      <TextArea
        label="Reason, where you refuse it"
        value={note}
        onChange={(event) => setNote(event.target.value)}
        maxLength={1_000}
      />
      <FaultLine error={decide.error} />
    </Dialog>
  )
}
