import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { networkName } from '@desk/shared/networks/networks'
import { approversText, bandText } from '@desk/shared/withdrawals/policy-band'
import type { RequestCase } from '@desk/shared/withdrawals/request-view'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { History } from '../audit/history.tsx'
import { Amount } from '../ui/amount.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { ErrorPanel, Notice } from '../ui/panel.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AttachmentView } from './attachment-view.tsx'
import { CaseAside } from './case-aside.tsx'
import { CaseBalance } from './case-balance.tsx'
import { CaseDecision } from './case-decision.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { computedFingerprint } from './computed-fingerprint.ts'
import { DestinationAddress } from './destination-address.tsx'
import { FingerprintView } from './fingerprint-view.tsx'
import { PassportCard } from './passport-card.tsx'
import { stateSentences } from './request-words.ts'
import { StateBadge } from './state-badge.tsx'
import { StopNotice } from './stop-notice.tsx'
import { withdrawalRoute } from './withdrawals.route.tsx'

/** One request with all that decides about it on one screen. */
export function CasePage() {
  const { api } = signedInRoute.useRouteContext()
  const { requestId } = withdrawalRoute.useParams()
  const shown = useQuery(
    api.withdrawals.one.queryOptions(
      { id: requestId },
      { placeholderData: keepPreviousData, refetchInterval: 10_000 },
    ),
  )
  return (
    <div className="mx-auto max-w-[1200px] px-4 pt-4 pb-28 md:px-6 md:pb-10">
      <title>{`${shown.data?.name ?? 'Withdrawal'} · SpacePay Desk`}</title>
      <Link
        to="/withdrawals"
        className="mb-3 inline-flex h-6 items-center gap-1 rounded-sm text-sm text-muted hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4" />
        All withdrawals
      </Link>
      <StopNotice />
      {shown.data ? (
        <Case shown={shown.data} />
      ) : shown.isError ? (
        <ErrorPanel
          heading="h1"
          title="This withdrawal could not be read"
          cause={readFault(shown.error).message}
          wayOut="Nothing was changed and nothing was sent by this."
          reference={readFault(shown.error).reference}
          action={<Button onClick={() => void shown.refetch()}>Try again</Button>}
        />
      ) : (
        <div className="flex flex-col gap-3">
          <Skeleton className="h-8 w-64" />
          <Skeleton className="h-96 w-full rounded-lg" />
        </div>
      )}
    </div>
  )
}

function Case({ shown }: { readonly shown: RequestCase }) {
  const { submission, passport, attachment } = shown
  // Of the document that this page offers: approving means this one, whatever the content says.
  const attachmentSha256 = attachment?.sha256 ?? null
  const fingerprint =
    submission === null ? null : computedFingerprint({ ...submission.content, attachmentSha256 })
  const isTampered = submission !== null && fingerprint !== submission.fingerprint
  return (
    <article aria-label={`Withdrawal ${shown.name}`}>
      <header className="mb-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="text-xl font-semibold tracking-tight">Withdrawal {shown.name}</h1>
          <StateBadge state={shown.state} />
          {shown.isBreakGlass && (
            <span className="text-sm font-semibold text-bad">Emergency: two admins decide</span>
          )}
          <div className="ml-auto flex flex-wrap gap-2">
            <PayAgain shown={shown} />
            <EvidenceLink requestId={shown.id} />
          </div>
        </div>
        <p className="mt-0.5 text-sm text-muted">
          Asked by {shown.requestedBy.name} <Moment at={shown.submittedAt ?? shown.createdAt} />
          {shown.expiresAt !== null && shown.state === 'pending_approval' && (
            <>
              {' '}
              · expires <Moment at={shown.expiresAt} />
            </>
          )}
        </p>
      </header>
      {isTampered && (
        <div className="mb-4" role="alert">
          <Notice tone="bad">
            <strong className="font-semibold">
              Your browser computes another fingerprint than Desk.
            </strong>{' '}
            What you see is not what would be sent. Do not approve it; tell an admin.
          </Notice>
        </div>
      )}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="rounded-lg border border-line bg-surface">
          <div className="px-5 py-4">
            <h2 className="sr-only">What is asked for</h2>
            <p className="text-lg">
              <strong className="text-2xl font-semibold tracking-tight tabular-nums">
                <Amount cents={shown.amountCents} currency={shown.currency} />
              </strong>{' '}
              to <strong className="font-semibold">{shown.destination.label}</strong> on{' '}
              <strong className="font-semibold">{networkName(shown.network)}</strong>
            </p>
            <p className="mt-1 text-sm text-muted">
              SpacePay chooses the token. {stateSentences[shown.state]}
            </p>
            {shown.stateReason !== null && (
              <p className="mt-1 text-sm">
                <span className="text-faint">Because: </span>
                {shown.stateReason}
              </p>
            )}
            <div className="mt-3 empty:hidden">
              <CaseBalance shown={shown} />
            </div>
            {shown.heldBecause !== null && (
              <div className="mt-3">
                <Notice tone="wait">It does not leave yet. {shown.heldBecause}</Notice>
              </div>
            )}
          </div>
          <Section title="Destination">
            <DestinationAddress
              address={shown.destination.address}
              differsAt={passport.lookAlike?.differsAt ?? []}
              copies
            />
            <div className="mt-3">
              <PassportCard passport={passport} />
            </div>
          </Section>
          <Section title="Reason">
            <p className="text-sm wrap-anywhere whitespace-pre-wrap">{shown.reason}</p>
          </Section>
          {attachment !== null && (
            <Section title="Attachment">
              <AttachmentView requestId={shown.id} attachment={attachment} />
            </Section>
          )}
          {submission !== null && fingerprint !== null && (
            <Section
              title="Fingerprint"
              aside="Computed by your browser from what you see: compare it with the requester"
            >
              <FingerprintView fingerprint={fingerprint} />
            </Section>
          )}
          {submission !== null && (
            <Section title="Who has to approve">
              <p className="text-sm">
                {bandText(submission.band)} needs {approversText(submission.band.approvers)}, by
                policy {submission.policyVersion}.
              </p>
              <Votes shown={shown} />
            </Section>
          )}
          <Section title="Story">
            <CaseTimeline shown={shown} />
          </Section>
          <History kind="withdrawal" id={shown.id} />
        </div>
        <CaseAside shown={shown} />
      </div>
      <CaseDecision
        shown={shown}
        fingerprint={isTampered ? null : fingerprint}
        key={`${shown.id} ${shown.revision}`}
      />
    </article>
  )
}

/** A new request filled in as this one was, once this one is over: approved and sent like any other. */
function PayAgain({ shown: { id, state } }: { readonly shown: RequestCase }) {
  const block = usePermissionBlock('withdrawals:request')
  if (block !== null || (state !== 'completed' && state !== 'failed')) return null
  return (
    <Link to="/withdrawals/new" search={{ again: id }} className={buttonClass({})}>
      Pay again
    </Link>
  )
}

/** To the file that proves itself; whoever may not have it reads why. */
function EvidenceLink({ requestId }: { readonly requestId: string }) {
  const block = usePermissionBlock('withdrawals:export')
  if (block !== null) {
    return <GuardedButton block={block}>Evidence</GuardedButton>
  }
  return (
    <Link to="/withdrawals/$requestId/evidence" params={{ requestId }} className={buttonClass({})}>
      Evidence
    </Link>
  )
}

function Votes({ shown: { votes, submission } }: { readonly shown: RequestCase }) {
  return (
    <ul className="mt-2 flex flex-col gap-1 text-sm">
      {votes.map((vote) => (
        <li
          key={`${vote.voter.userId} ${vote.at}`}
          className={vote.voided === null ? '' : 'text-faint'}
        >
          <strong className="font-medium">{vote.voter.name}</strong> approved{' '}
          <Moment at={vote.at} />
          {vote.onBehalfOf !== null && ` in place of ${vote.onBehalfOf.name}`}
          {vote.voided !== null && ` · void: ${vote.voided.reason}`}
        </li>
      ))}
      {submission !== null && submission.missing.length > 0 && (
        <li className="text-muted">Missing: {approversText(submission.missing)}</li>
      )}
    </ul>
  )
}
