import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { alarmText } from '@desk/shared/system/alarm'
import type { NotificationChannel } from '@desk/shared/system/notifications'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Badge } from '../ui/badge.tsx'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Card } from '../ui/card.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { Facts } from '../ui/section.tsx'

const ChangeChannelDialog = lazy(async () => ({
  default: (await import('./change-channel-dialogs.tsx')).ChangeChannelDialog,
}))
const RemoveChannelDialog = lazy(async () => ({
  default: (await import('./change-channel-dialogs.tsx')).RemoveChannelDialog,
}))

/** One channel: whom it tells of what, and what became of the last messages. */
export function NotificationChannelCard({ channel }: { readonly channel: NotificationChannel }) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const { zone } = useBusinessDay()
  const block = usePermissionBlock('notifications:write')
  const onSettled = () => queryClient.invalidateQueries(api.notifications.pathFilter())
  const test = useMutation(
    api.notifications.test.mutationOptions({
      onSuccess: () => announce('The test is on its way'),
      onSettled,
    }),
  )
  const [asked, setAsked] = useState<'change' | 'remove' | null>(null)
  const close = () => setAsked(null)
  const { id, label, kind, to, alarms, quiet, told } = channel
  return (
    <Card
      title={label}
      about={kind === 'mail' ? 'By mail' : 'By incoming webhook of a chat'}
      action={
        <div className="flex flex-wrap gap-2">
          <GuardedButton block={block} pending={test.isPending} onClick={() => test.mutate({ id })}>
            Send a test<span className="sr-only"> to {label}</span>
          </GuardedButton>
          <GuardedButton block={block} onClick={() => setAsked('change')}>
            Change<span className="sr-only"> {label}</span>
          </GuardedButton>
          <GuardedButton block={block} variant="ghost" onClick={() => setAsked('remove')}>
            Remove<span className="sr-only"> {label}</span>
          </GuardedButton>
        </div>
      }
    >
      <Facts
        facts={[
          { name: 'Tells', value: to.join(', ') },
          { name: 'Of', value: alarms.map((each) => alarmText[each].label).join(' · ') },
          {
            name: 'Quiet hours',
            value:
              quiet === null
                ? 'None'
                : `${quiet.from} to ${quiet.until}, ${zoneName(zone)} time; what is critical is told even then`,
          },
        ]}
      />
      <FaultLine error={test.error} />
      {told.length > 0 && <Told told={told} label={label} />}
      <Suspense>
        {asked === 'change' && <ChangeChannelDialog channel={channel} onClose={close} />}
        {asked === 'remove' && <RemoveChannelDialog channel={channel} onClose={close} />}
      </Suspense>
    </Card>
  )
}

function Told({ told, label }: Pick<NotificationChannel, 'told' | 'label'>) {
  return (
    <ul
      aria-label={`Last told to ${label}`}
      className="mt-3 divide-y divide-line border-t border-line"
    >
      {told.map((each) => (
        <li key={each.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2 text-sm">
          {each.sentAt !== null ? (
            <Badge tone="ok">Sent</Badge>
          ) : each.problem !== null ? (
            <Badge tone="bad">Failed</Badge>
          ) : (
            <Badge tone="wait">Waiting</Badge>
          )}
          <span className="min-w-0 flex-1 basis-64 break-words text-muted">
            {each.sentence}
            {each.problem !== null && (
              <span className="block text-bad">
                {each.problem} Tried {each.attempts === 1 ? 'once' : `${each.attempts} times`};
                tried again by itself.
              </span>
            )}
          </span>
          <Moment at={each.sentAt ?? each.madeAt} />
        </li>
      ))}
    </ul>
  )
}
