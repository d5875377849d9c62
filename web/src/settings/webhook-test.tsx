import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TestOutcome } from '@desk/shared/webhooks/webhook-settings'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { PreciseText } from '../ui/moment.tsx'
import { verdictWords } from '../webhooks/webhook-words.ts'
import { useWebhookSettingsChanged } from './webhook-settings-queries.ts'

/** Has the sandbox deliver something, and shows what arrived. */
export function WebhookTest({ block }: { readonly block: string | null }) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useWebhookSettingsChanged()
  const test = useMutation(api.webhookSettings.sendTest.mutationOptions({ onSettled }))
  return (
    <Card
      title="Test delivery"
      about="The sandbox signs a test and delivers it to the address above, as SpacePay would."
      action={
        <GuardedButton block={block} pending={test.isPending} onClick={() => test.mutate()}>
          Send a test delivery
        </GuardedButton>
      }
    >
      <div aria-live="polite" className="text-sm">
        {test.data && !test.isPending && <Outcome outcome={test.data} />}
      </div>
      <FaultLine error={test.error} />
    </Card>
  )
}

function Outcome({ outcome: { status, kept } }: { readonly outcome: TestOutcome }) {
  if (kept === null) {
    return (
      <p>
        Nothing of it arrived
        {status === null
          ? ': the sandbox heard no answer. Is its endpoint the address above?'
          : `, although the sandbox was answered ${status}.`}
      </p>
    )
  }
  const { word, tone, todo } = verdictWords[kept.verdict]
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={tone}>{word}</Badge>
        Arrived <PreciseText at={kept.receivedAt} />
        <Link
          to="/webhooks/$deliveryId"
          params={{ deliveryId: kept.id }}
          className="underline underline-offset-2 hover:text-text"
        >
          Look at it
        </Link>
      </p>
      {kept.reason !== null && <p className="mt-1 text-muted">{kept.reason}</p>}
      {todo !== null && <p className="mt-1 text-muted">{todo}</p>}
    </>
  )
}
