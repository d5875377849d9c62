import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PolicyVersion } from '@desk/shared/withdrawals/policy-view'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, Notice } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { DelegationsCard } from './delegations-card.tsx'
import { DecideDialog } from './decide-policy-dialog.tsx'
import { PolicyEditor } from './policy-editor.tsx'
import { PolicyRules } from './policy-rules.tsx'
import { RoomTabs } from './room-tabs.tsx'
import { StopButton, StopNotice } from './stop-notice.tsx'

/** By what requests are judged, what is proposed instead, and the switch that stops them all. */
export function PolicyPage() {
  const block = usePermissionBlock('withdrawals:read')
  if (block !== null) {
    return (
      <EmptyState heading="h1" title="The policy is not among your roles">
        {block}
      </EmptyState>
    )
  }
  return (
    <div className="mx-auto max-w-[960px] px-4 pt-5 pb-10 md:px-6">
      <title>Withdrawal policy · SpacePay Desk</title>
      <PageHeader
        title="Withdrawal policy"
        state="Two people change it: one proposes, another decides"
        actions={<StopButton />}
      />
      <StopNotice />
      <RoomTabs current="policy" />
      <Policy />
    </div>
  )
}

function Policy() {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'edit' | 'decide' | null>(null)
  const shown = useQuery(api.withdrawalPolicy.read.queryOptions())
  const takeBack = useMutation(
    api.withdrawalPolicy.takeBack.mutationOptions({
      onSettled: () => queries.invalidateQueries(api.withdrawalPolicy.pathFilter()),
    }),
  )
  if (shown.data === undefined) {
    return shown.isError ? (
      <FaultLine error={shown.error} />
    ) : (
      <Skeleton className="h-96 w-full rounded-lg" />
    )
  }
  const { active, proposed, history, warnings, blocks } = shown.data
  if (asking === 'edit') {
    return (
      <PolicyEditor
        begun={active.policy}
        version={active.version}
        onClose={() => setAsking(null)}
      />
    )
  }
  return (
    <>
      {warnings.map(({ sentence }) => (
        <div key={sentence} className="mb-3">
          <Notice tone="warn">{sentence}</Notice>
        </div>
      ))}
      {proposed !== null && (
        <Card
          title={`Proposed: policy ${proposed.version}`}
          about={<Version version={proposed} />}
          action={
            <div className="flex gap-2">
              {blocks.take_back === null && (
                <Button
                  pending={takeBack.isPending}
                  onClick={() => takeBack.mutate({ version: proposed.version })}
                >
                  Take it back
                </Button>
              )}
              <GuardedButton
                block={blocks.decide}
                variant="primary"
                onClick={() => setAsking('decide')}
              >
                Decide…
              </GuardedButton>
            </div>
          }
        >
          <PolicyRules policy={proposed.policy} against={active.policy} />
          <FaultLine error={takeBack.error} />
        </Card>
      )}
      <Card
        title={`In force: policy ${active.version}`}
        about={<Version version={active} />}
        action={
          <GuardedButton block={blocks.propose} onClick={() => setAsking('edit')}>
            Propose a change
          </GuardedButton>
        }
      >
        <PolicyRules policy={active.policy} />
      </Card>
      <DelegationsCard />
      {history.length > 0 && (
        <Card title="Earlier versions">
          <ul className="flex flex-col gap-1 text-sm">
            {history.map((version) => (
              <li key={version.version}>
                Policy {version.version}, {version.state.replaceAll('_', ' ')}:{' '}
                <Version version={version} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {asking === 'decide' && proposed !== null && (
        <DecideDialog proposed={proposed} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

function Version({ version }: { readonly version: PolicyVersion }) {
  const { note, proposedBy, proposedAt, decidedBy, decidedAt } = version
  return (
    <>
      {note} · {proposedBy?.name ?? 'Desk'} <Moment at={proposedAt} />
      {decidedBy !== null && decidedAt !== null && (
        <>
          , decided by {decidedBy.name} <Moment at={decidedAt} />
        </>
      )}
    </>
  )
}
