import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MonthClose, Reopening } from '@desk/shared/settlements/settlement-month'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { TextArea } from '../ui/text-area.tsx'

/** Opening a closed month again: one person proposes it, another decides. */
export function ReopenCard({ close, decideBlock }: ReopenCardProps) {
  const permission = usePermissionBlock('settlements:close')
  const [isAsking, setAsking] = useState(false)
  const proposed = close.reopenings.find(({ state }) => state === 'proposed')
  const refused = close.reopenings.find(({ state }) => state === 'refused')
  if (proposed) return <Proposed proposed={proposed} block={permission ?? decideBlock} />
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3 text-sm text-muted">
      <GuardedButton block={permission} onClick={() => setAsking(true)}>
        Propose to reopen…
      </GuardedButton>
      {refused && (
        <span>
          {refused.decidedBy?.name ?? 'Somebody'} refused to reopen it: {refused.decisionNote}
        </span>
      )}
      {isAsking && <ProposeDialog closeId={close.id} onClose={() => setAsking(false)} />}
    </div>
  )
}

interface ReopenCardProps {
  readonly close: MonthClose
  /** Why the viewer may not decide on the proposed reopening; null where they may. */
  readonly decideBlock: string | null
}

function useMonthChanged() {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  return () => queries.invalidateQueries(api.settlementMonths.pathFilter())
}

function ProposeDialog({
  closeId,
  onClose,
}: {
  readonly closeId: number
  readonly onClose: () => void
}) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useMonthChanged()
  const propose = useMutation(
    api.settlementMonths.proposeReopening.mutationOptions({ onSuccess: onClose, onSettled }),
  )
  return (
    <Dialog
      title="Propose to reopen this month?"
      description="Somebody else has to decide. Until then it stays closed."
      onClose={onClose}
      onSubmit={(form) => propose.mutate({ closeId, reason: textIn(form, 'reason') })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={propose.isPending}>
            Propose to reopen
          </Button>
        </>
      }
    >
      <TextArea label="Reason" name="reason" required maxLength={1_000} />
      <FaultLine error={propose.error} />
    </Dialog>
  )
}

function Proposed({
  proposed,
  block,
}: {
  readonly proposed: Reopening
  readonly block: string | null
}) {
  const { api, me } = signedInRoute.useRouteContext()
  const onSettled = useMonthChanged()
  const [isAsking, setAsking] = useState(false)
  const takeBack = useMutation(
    api.settlementMonths.takeBackReopening.mutationOptions({ onSettled }),
  )
  return (
    <div className="mb-4">
      <Notice tone="warn">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-64">
            <strong className="font-semibold">
              {proposed.proposedBy.name} proposed to reopen this month
            </strong>{' '}
            <Moment at={proposed.proposedAt} />: {proposed.reason}
          </p>
          {proposed.proposedBy.id === me.userId && (
            <Button
              pending={takeBack.isPending}
              onClick={() => takeBack.mutate({ id: proposed.id })}
            >
              Take back
            </Button>
          )}
          <GuardedButton block={block} onClick={() => setAsking(true)}>
            Decide…
          </GuardedButton>
        </div>
      </Notice>
      <FaultLine error={takeBack.error} />
      {isAsking && <DecideDialog id={proposed.id} onClose={() => setAsking(false)} />}
    </div>
  )
}

function DecideDialog({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useMonthChanged()
  const [note, setNote] = useState('')
  const decide = useMutation(
    api.settlementMonths.decideReopening.mutationOptions({ onSuccess: onClose, onSettled }),
  )
  return (
    <Dialog
      title="Reopen this month?"
      description="It then counts as payments stand, with all that was adjusted, until it is closed again."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            pending={decide.isPending}
            onClick={() => decide.mutate({ id, decision: 'refuse', note })}
          >
            Refuse
          </Button>
          <Button
            variant="primary"
            pending={decide.isPending}
            onClick={() => decide.mutate({ id, decision: 'reopen' })}
          >
            Reopen month
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
