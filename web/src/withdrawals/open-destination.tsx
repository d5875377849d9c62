import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { networkName } from '@desk/shared/networks/networks'
import type { DestinationDetail } from '@desk/shared/withdrawals/destination-view'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { History } from '../audit/history.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { textIn } from '../ui/form-text.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { DestinationAddress } from './destination-address.tsx'
import { actWords, destinationWords } from './destination-words.ts'
import { PassportCard } from './passport-card.tsx'

/** One destination over the list: its passport, and what the reader may decide about it. */
export function OpenDestination({ id }: { readonly id: string }) {
  const { api } = signedInRoute.useRouteContext()
  const navigate = useNavigate()
  const { data, error } = useQuery(api.destinations.one.queryOptions({ id }))
  return (
    <Drawer
      open
      label="Destination"
      onClose={() => void navigate({ to: '/withdrawals/addresses', search: {} })}
    >
      {data ? (
        <Detail detail={data} />
      ) : error ? (
        <div className="p-5">
          <FaultLine error={error} />
        </div>
      ) : (
        <div className="flex flex-col gap-3 p-5">
          <Skeleton className="h-7 w-48" />
          <Skeleton className="h-48 w-full" />
        </div>
      )}
    </Drawer>
  )
}

type Reasoned = keyof typeof actWords

function Detail({ detail }: { readonly detail: DestinationDetail }) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Reasoned | null>(null)
  const approve = useMutation(
    api.destinations.approve.mutationOptions({
      onSettled: () => queries.invalidateQueries(api.destinations.pathFilter()),
    }),
  )
  const { word, tone } = destinationWords[detail.state]
  const { blocks } = detail
  const offered = reasonedActs.filter((act) => isOffered(act, detail))
  return (
    <article aria-label={`Destination ${detail.label}`}>
      <header className="px-5 pt-4 pr-16 pb-4">
        <h2 className="text-lg font-semibold wrap-anywhere">{detail.label}</h2>
        <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
          <Badge tone={tone}>{word}</Badge> {networkName(detail.network)}
        </p>
        {detail.stateReason !== null && <p className="mt-1 text-sm">{detail.stateReason}</p>}
      </header>
      <Section title="Address">
        <DestinationAddress
          address={detail.address}
          differsAt={detail.passport.lookAlike?.differsAt ?? []}
          copies
        />
        <div className="mt-3">
          <PassportCard passport={detail.passport} />
        </div>
      </Section>
      <Section title="What can be done">
        <FaultLine error={approve.error} />
        <div className="flex flex-wrap gap-2">
          {detail.state === 'proposed' && (
            <GuardedButton
              block={blocks.approve}
              variant="primary"
              pending={approve.isPending}
              onClick={() => approve.mutate({ id: detail.id })}
            >
              Approve destination
            </GuardedButton>
          )}
          {offered.map((act) => (
            <GuardedButton
              key={act}
              block={blocks[act]}
              variant={act === 'unfreeze' ? 'secondary' : 'danger'}
              onClick={() => setAsking(act)}
            >
              {actWords[act].verb}…
            </GuardedButton>
          ))}
        </div>
      </Section>
      <History kind="destination" id={detail.id} />
      {asking !== null && (
        <ActDialog act={asking} detail={detail} onClose={() => setAsking(null)} />
      )}
    </article>
  )
}

const reasonedActs: readonly Reasoned[] = ['refuse', 'freeze', 'unfreeze', 'remove']

function isOffered(act: Reasoned, { state }: DestinationDetail): boolean {
  if (act === 'refuse') return state === 'proposed'
  if (act === 'freeze') return state === 'active'
  if (act === 'unfreeze') return state === 'frozen'
  return state === 'active' || state === 'frozen' || state === 'proposed'
}

function ActDialog({
  act,
  detail,
  onClose,
}: {
  readonly act: Reasoned
  readonly detail: DestinationDetail
  readonly onClose: () => void
}) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const options = {
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries(api.destinations.pathFilter()),
  }
  const acts = {
    refuse: useMutation(api.destinations.refuse.mutationOptions(options)),
    freeze: useMutation(api.destinations.freeze.mutationOptions(options)),
    unfreeze: useMutation(api.destinations.unfreeze.mutationOptions(options)),
    remove: useMutation(api.destinations.remove.mutationOptions(options)),
  }
  const { verb, consequence } = actWords[act]
  return (
    <Dialog
      title={`${verb} “${detail.label}”?`}
      description={consequence}
      onClose={onClose}
      onSubmit={(form) => acts[act].mutate({ id: detail.id, reason: textIn(form, 'reason') })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant={act === 'unfreeze' ? 'primary' : 'danger'}
            pending={acts[act].isPending}
          >
            {verb}
          </Button>
        </>
      }
    >
      <TextArea label="Reason" name="reason" required maxLength={1_000} />
      <FaultLine error={acts[act].error} />
    </Dialog>
  )
}
