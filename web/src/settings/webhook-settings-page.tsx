import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { isVerifying } from '@desk/shared/webhooks/webhook-secret'
import type { WebhookSettings } from '@desk/shared/webhooks/webhook-settings'
import { readFault } from '../app/fault.ts'
import { useLiveEvent } from '../app/live.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { WebhookEndpoint } from './webhook-endpoint.tsx'
import { WebhookRetention } from './webhook-retention.tsx'
import { WebhookSecrets } from './webhook-secrets.tsx'
import { useWebhookSettingsChanged } from './webhook-settings-queries.ts'
import { WebhookTest } from './webhook-test.tsx'

const AddSecretDialog = lazy(async () => ({
  default: (await import('./webhook-secret-dialogs.tsx')).AddSecretDialog,
}))

/** Where SpacePay delivers, what proves that it was SpacePay, and for how long the proof is kept. */
export function WebhookSettingsPage() {
  const { api } = signedInRoute.useRouteContext()
  const readBlock = usePermissionBlock('webhook_settings:read')
  const writeBlock = usePermissionBlock('webhook_settings:write')
  const [isAdding, setAdding] = useState(false)
  const settings = useQuery({
    ...api.webhookSettings.read.queryOptions(),
    enabled: readBlock === null,
  })
  const onChanged = useWebhookSettingsChanged()
  useLiveEvent(({ kind }) => {
    if (kind === 'webhook_secrets.changed' || kind === 'resync') onChanged()
  })
  const title = <title>Webhook settings · SpacePay Desk</title>

  if (readBlock !== null) {
    return (
      <>
        {title}
        <EmptyState heading="h1" title="Webhook settings are not among your roles">
          {readBlock}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      {title}
      <PageHeader
        title="Webhooks"
        state={
          settings.data
            ? stateText(settings.data)
            : settings.isPending && <Skeleton className="h-5 w-64" />
        }
        actions={
          <GuardedButton block={writeBlock} variant="primary" onClick={() => setAdding(true)}>
            <KeyRound aria-hidden className="size-4" strokeWidth={1.7} />
            Add a secret
          </GuardedButton>
        }
      />
      {settings.data ? (
        <div className="max-w-4xl">
          <WebhookSecrets secrets={settings.data.secrets} block={writeBlock} />
          <WebhookEndpoint settings={settings.data} />
          {settings.data.canTest && <WebhookTest block={writeBlock} />}
          <WebhookRetention months={settings.data.retentionMonths} block={writeBlock} />
        </div>
      ) : settings.isPending ? (
        <SettingsSkeleton />
      ) : (
        <SettingsFault error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      <Suspense>{isAdding && <AddSecretDialog onClose={() => setAdding(false)} />}</Suspense>
    </>
  )
}

function stateText({ secrets }: WebhookSettings): string {
  const live = secrets.filter(({ state }) => isVerifying(state))
  const ending = live.filter(({ state }) => state === 'ends').length
  if (live.length === 0) return 'No secret: every webhook is refused'
  return [
    live.length === 1 ? '1 secret verifies' : `${live.length} secrets verify`,
    ...(ending > 0 ? [`${ending} of them until a day you chose`] : []),
  ].join(' · ')
}

/** The size of what is coming, so that nothing moves when it does. */
function SettingsSkeleton() {
  return (
    <div aria-busy="true" className="max-w-4xl">
      <span className="sr-only">Loading the webhook settings</span>
      {['h-44', 'h-64', 'h-24'].map((height) => (
        <Skeleton key={height} className={`mb-4 w-full rounded-lg ${height}`} />
      ))}
    </div>
  )
}

function SettingsFault({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry: () => void
}) {
  const fault = readFault(error)
  return (
    <div className="max-w-2xl">
      <ErrorPanel
        title="The webhook settings could not be read"
        cause={
          fault.kind === 'unreachable'
            ? 'The connection to Desk was lost, or Desk is restarting.'
            : fault.kind === 'forbidden'
              ? fault.message
              : 'A fault in Desk kept them from being read.'
        }
        wayOut="Nothing was changed, and what arrives is verified as before. Try again in a moment."
        reference={fault.reference}
        action={<Button onClick={onRetry}>Try again</Button>}
      />
    </div>
  )
}
