import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { givenReason } from '@desk/shared/attention/attention-item'
import type { Silence } from '@desk/shared/attention/silence'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { ClockText } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { TextArea } from '../ui/text-area.tsx'

/** What waits as one because no webhook told of it: since when, how many, how much, and the way out. */
export function Silences() {
  const { api } = signedInRoute.useRouteContext()
  const { data = [] } = useQuery(api.attention.silences.queryOptions())
  const [asked, setAsked] = useState<Silence | null>(null)
  return (
    <>
      {data.map((silence) => (
        <div key={silence.since} className="mb-3">
          <Notice tone="bad">
            <SilenceText silence={silence} onResolve={() => setAsked(silence)} />
          </Notice>
        </div>
      ))}
      {asked !== null && <ResolveSilenceDialog silence={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

interface SilenceTextProps {
  readonly silence: Silence
  readonly onResolve: () => void
}

function SilenceText({ silence, onResolve }: SilenceTextProps) {
  const block = usePermissionBlock('attention:write')
  const { since, endedAt, stakeCents } = silence
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-medium">
          No webhook told of {countOf(silence)} since <ClockText at={since} />:{' '}
          <Amount cents={BigInt(stakeCents)} /> at stake
        </p>
        <p>
          {endedAt === null ? (
            'None about any payment has come since then. Look whether SpacePay reaches this Desk and signs with a secret that Desk has.'
          ) : (
            <>
              They come again since <ClockText at={endedAt} />; what was missed by then is not told
              by itself.
            </>
          )}{' '}
          Desk shows what the API says; a shop that waits for the webhook heard nothing.
        </p>
      </div>
      <span className="flex flex-wrap gap-2">
        <Link
          to="/payments"
          search={{ is: 'drifted' }}
          className="inline-flex h-8 items-center underline underline-offset-2"
        >
          Show the payments
        </Link>
        <Link
          to="/webhooks"
          search={{ part: 'charts' }}
          className="inline-flex h-8 items-center underline underline-offset-2"
        >
          Arrivals
        </Link>
        <GuardedButton block={block} onClick={onResolve}>
          Resolve all
        </GuardedButton>
      </span>
    </div>
  )
}

function countOf({ count, isExact }: Silence): string {
  return `${countText(count)}${isExact ? '' : '+'} payments`
}

interface ResolveSilenceProps {
  readonly silence: Silence
  readonly onClose: () => void
}

function ResolveSilenceDialog({ silence, onClose }: ResolveSilenceProps) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const [fault, setFault] = useState<string>()
  const resolve = useMutation(
    api.attention.resolveSilence.mutationOptions({
      onSuccess: ({ resolved }) => {
        announce(`Resolved ${countText(resolved)} payments`)
        onClose()
      },
      onSettled: () => queryClient.invalidateQueries(api.attention.pathFilter()),
    }),
  )
  return (
    <Dialog
      title={`Resolve what no webhook told of ${countOf(silence)}?`}
      description="They leave the queue, and one comes back by itself should it drift further. What was handed to somebody stays theirs."
      onClose={onClose}
      onSubmit={(form) => {
        const reason = givenReason.safeParse(textIn(form, 'reason'))
        setFault(reason.success ? undefined : 'Say why in at most 500 characters.')
        if (reason.success) resolve.mutate({ since: silence.since, reason: reason.data })
      }}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={resolve.isPending}>
            Resolve all
          </Button>
        </>
      }
    >
      <TextArea
        label="Reason"
        name="reason"
        maxLength={500}
        hint="Colleagues read it on each payment and in the audit log."
        error={fault}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing the dialog asks for
        autoFocus
      />
      <FaultLine error={resolve.error} />
    </Dialog>
  )
}
