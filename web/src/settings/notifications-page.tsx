import { useQuery } from '@tanstack/react-query'
import { BellPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { alarmText } from '@desk/shared/system/alarm'
import type { NotificationSettings } from '@desk/shared/system/notifications'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel, Notice } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { NotificationChannelCard } from './notification-channel-card.tsx'

const AddChannelDialog = lazy(async () => ({
  default: (await import('./add-channel-dialog.tsx')).AddChannelDialog,
}))

const READ_EVERY_MS = 5_000

/** Where alarms are told, what was told last and whether it went out. */
export function NotificationsPage() {
  const { api } = signedInRoute.useRouteContext()
  const readBlock = usePermissionBlock('notifications:read')
  const writeBlock = usePermissionBlock('notifications:write')
  const [isAdding, setAdding] = useState(false)
  const settings = useQuery({
    ...api.notifications.read.queryOptions(undefined, { refetchInterval: READ_EVERY_MS }),
    enabled: readBlock === null,
  })
  const title = <title>Notifications · SpacePay Desk</title>
  if (readBlock !== null) {
    return (
      <>
        {title}
        <EmptyState heading="h1" title="Notifications are not among your roles">
          {readBlock}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      {title}
      <PageHeader
        title="Notifications"
        state="Who is told, by mail or chat, when something needs a person."
        actions={
          <GuardedButton block={writeBlock} variant="primary" onClick={() => setAdding(true)}>
            <BellPlus aria-hidden className="size-4" strokeWidth={1.7} />
            Add a channel
          </GuardedButton>
        }
      />
      {settings.data ? (
        <Channels settings={settings.data} />
      ) : settings.isPending ? (
        <Skeleton className="h-48" />
      ) : (
        <ErrorPanel
          title="The notifications could not be read"
          cause="The connection to Desk was lost, or a fault in Desk kept them from being read."
          wayOut="Nothing was changed. Try again in a moment."
          reference={readFault(settings.error).reference}
          action={<Button onClick={() => void settings.refetch()}>Try again</Button>}
        />
      )}
      <Suspense>
        {isAdding && settings.data && (
          <AddChannelDialog isMailOn={settings.data.isMailOn} onClose={() => setAdding(false)} />
        )}
      </Suspense>
    </>
  )
}

function Channels({ settings: { channels, open } }: { readonly settings: NotificationSettings }) {
  return (
    <>
      {open.map(({ kind, openedAt }) => (
        <div key={kind} className="mb-3">
          <Notice tone="warn">
            {alarmText[kind].label}, since <Moment at={openedAt} />
          </Notice>
        </div>
      ))}
      {channels.length === 0 ? (
        <EmptyState title="Nobody is told yet">
          Add a mail address or a chat room. Until then alarms stand on the system status alone.
        </EmptyState>
      ) : (
        channels.map((channel) => <NotificationChannelCard key={channel.id} channel={channel} />)
      )}
    </>
  )
}
