import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { businessDayOf } from '@desk/shared/time/business-day'
import { userId } from '@desk/shared/identity/session'
import type { ApprovalDelegation } from '@desk/shared/withdrawals/policy-view'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { addDays } from '../ui/business-day.ts'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'

/** Who approves in whose place while somebody is away; a person still counts once. */
export function DelegationsCard() {
  const { api } = signedInRoute.useRouteContext()
  const block = usePermissionBlock('delegations:write')
  const [isAsking, setAsking] = useState(false)
  const shown = useQuery(api.withdrawalPolicy.delegations.queryOptions())
  return (
    <Card
      title="In another’s place"
      about="While somebody is away another approver can vote for them, until a day that is set. A person still counts once, and nobody approves what they asked for."
      action={
        <GuardedButton block={block} onClick={() => setAsking(true)}>
          Let somebody vote for me
        </GuardedButton>
      }
    >
      {shown.data ? (
        <Delegations delegations={shown.data.delegations} />
      ) : shown.isError ? (
        <FaultLine error={shown.error} />
      ) : (
        <Skeleton className="h-6 w-64" />
      )}
      {isAsking && shown.data && (
        <DelegateDialog candidates={shown.data.candidates} onClose={() => setAsking(false)} />
      )}
    </Card>
  )
}

function Delegations({ delegations }: { readonly delegations: readonly ApprovalDelegation[] }) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const end = useMutation(
    api.withdrawalPolicy.endDelegation.mutationOptions({
      onSettled: () => queries.invalidateQueries(api.withdrawalPolicy.pathFilter()),
    }),
  )
  if (delegations.length === 0) return <p className="text-sm text-muted">Nobody does now.</p>
  return (
    <>
      <ul className="flex flex-col gap-2 text-sm">
        {delegations.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className={one.state === 'over' ? 'text-faint' : ''}>
              {one.to.name} for {one.from.name}, {stateWords[one.state]}{' '}
              <Moment at={one.state === 'to_come' ? one.startsAt : (one.endedAt ?? one.endsAt)} />
            </span>
            {one.state !== 'over' && (
              <GuardedButton
                block={one.endBlock}
                variant="ghost"
                pending={end.isPending}
                onClick={() => end.mutate({ id: one.id })}
              >
                End now
              </GuardedButton>
            )}
          </li>
        ))}
      </ul>
      <FaultLine error={end.error} />
    </>
  )
}

const stateWords = { to_come: 'from', held: 'ends', over: 'ended' } as const

function DelegateDialog({ candidates, onClose }: DelegateDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const rule = useBusinessDay()
  const queries = useQueryClient()
  const [today] = useState(() => businessDayOf(Date.now(), rule))
  const delegate = useMutation(
    api.withdrawalPolicy.delegate.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queries.invalidateQueries(api.withdrawalPolicy.pathFilter()),
    }),
  )
  return (
    <Dialog
      title="Let somebody vote for me"
      description="From now until the end of the day below (UTC). You can end it at any time."
      onClose={onClose}
      onSubmit={(form) => {
        const to = userId.safeParse(textIn(form, 'to'))
        const day = textIn(form, 'until')
        if (!to.success || day === '') return
        delegate.mutate({
          toUserId: to.data,
          startsAt: new Date().toISOString(),
          endsAt: `${addDays(day, 1)}T00:00:00.000Z`,
        })
      }}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={delegate.isPending}>
            Let them vote
          </Button>
        </>
      }
    >
      <SelectField
        label="Who"
        name="to"
        hint={candidates.length === 0 ? 'Nobody else may approve withdrawals.' : undefined}
      >
        {candidates.map((one) => (
          <option key={one.userId} value={one.userId}>
            {one.name}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Until the end of"
        name="until"
        type="date"
        required
        min={today}
        max={addDays(today, 88)}
        defaultValue={addDays(today, 7)}
      />
      <FaultLine error={delegate.error} />
    </Dialog>
  )
}

interface DelegateDialogProps {
  readonly candidates: readonly { readonly userId: string; readonly name: string }[]
  readonly onClose: () => void
}
