import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { moneyText } from '../ui/money-text.ts'
import { buttonClass } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { BreakGlassDialog, CancelDialog, RejectDialog, ResolveDialog } from './case-dialogs.tsx'

interface CaseDecisionProps {
  readonly shown: RequestCase
  /** Null where there is none yet, or where the browser's own is another: then nothing can be approved. */
  readonly fingerprint: string | null
}

type Asking = 'reject' | 'cancel' | 'resolve' | 'break_glass' | null

/** What the reader can do now; on a phone within reach of a thumb, over the end of the page. */
export function CaseDecision({ shown, fingerprint }: CaseDecisionProps) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking>(null)
  const onSettled = () =>
    Promise.all([
      queries.invalidateQueries(api.withdrawals.pathFilter()),
      queries.invalidateQueries(api.attention.pathFilter()),
    ])
  const approve = useMutation(
    api.withdrawals.approve.mutationOptions({
      onSuccess: ({ isApproved }) =>
        announce(isApproved ? 'Approved: Desk sends it now' : 'Approved: others must approve too'),
      onSettled,
    }),
  )
  const submit = useMutation(api.withdrawals.submit.mutationOptions({ onSettled }))
  const { blocks, state, id, revision } = shown
  const isApprovable = state === 'pending_approval'
  // One's own approval first; where it would not count, that of whoever lets one vote in their place.
  const [inPlaceOf = null] = shown.approvesFor
  const isOwn = blocks.cancel === null
  const isMine = isOwn || blocks.approve === null || blocks.reject === null
  const isShown = isMine || isApprovable || blocks.resolve === null
  if (!isShown) return null
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface px-4 py-3 md:static md:mt-4 md:rounded-lg md:border">
      <FaultLine error={approve.error ?? submit.error} />
      <div className="flex flex-wrap items-center justify-end gap-2 max-md:*:flex-1">
        {blocks.resolve === null && (
          <GuardedButton block={null} variant="primary" onClick={() => setAsking('resolve')}>
            Resolve…
          </GuardedButton>
        )}
        {isOwn && (
          <>
            <GuardedButton
              block={blocks.cancel}
              variant="danger"
              onClick={() => setAsking('cancel')}
            >
              Cancel request…
            </GuardedButton>
            {blocks.edit === null && (
              <Link
                to="/withdrawals/$requestId/edit"
                params={{ requestId: id }}
                className={buttonClass({})}
              >
                Edit
              </Link>
            )}
            {state === 'draft' && (
              <GuardedButton
                block={blocks.submit}
                variant="primary"
                pending={submit.isPending}
                onClick={() => submit.mutate({ id, revision })}
              >
                Ask for approval
              </GuardedButton>
            )}
          </>
        )}
        {blocks.break_glass === null && (
          <GuardedButton block={null} variant="ghost" onClick={() => setAsking('break_glass')}>
            Emergency…
          </GuardedButton>
        )}
        {isApprovable && !isOwn && (
          <>
            <GuardedButton
              block={blocks.reject}
              variant="danger"
              size="lg"
              onClick={() => setAsking('reject')}
            >
              Reject…
            </GuardedButton>
            <GuardedButton
              block={
                fingerprint === null
                  ? 'The fingerprints differ: do not approve it.'
                  : blocks.approve
              }
              variant="primary"
              size="lg"
              pending={approve.isPending}
              onClick={() =>
                fingerprint !== null &&
                approve.mutate({ id, revision, fingerprint, onBehalfOf: inPlaceOf?.userId ?? null })
              }
            >
              Approve {moneyText(shown.amountCents)}
              {inPlaceOf != null && ` for ${inPlaceOf.name}`}
            </GuardedButton>
          </>
        )}
      </div>
      {isApprovable && blocks.approve === null && (
        <p className="mt-2 text-right text-xs text-faint max-md:hidden">
          Approving asks for your second factor and records this fingerprint.
        </p>
      )}
      {asking === 'reject' && <RejectDialog shown={shown} onClose={() => setAsking(null)} />}
      {asking === 'cancel' && <CancelDialog shown={shown} onClose={() => setAsking(null)} />}
      {asking === 'resolve' && <ResolveDialog shown={shown} onClose={() => setAsking(null)} />}
      {asking === 'break_glass' && (
        <BreakGlassDialog shown={shown} onClose={() => setAsking(null)} />
      )}
    </div>
  )
}
