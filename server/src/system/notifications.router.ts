import * as z from 'zod'
import {
  channelChange,
  channelInput,
  type NotificationSettings,
} from '@desk/shared/system/notifications'
import { allow, allowStepUp, router } from '../kernel/trpc.ts'
import {
  addChannel,
  changeChannel,
  readNotificationSettings,
  removeChannel,
  testChannel,
} from './manage-channels.ts'

const one = z.object({ id: z.string().min(1).max(64) })

export const notificationsRouter = router({
  /** Where alarms are told, what was told last, and which are open. */
  read: allow('notifications:read').query(({ ctx }): Promise<NotificationSettings> =>
    readNotificationSettings(ctx.db, ctx.notifications.isMailOn),
  ),

  add: allowStepUp('notifications:write')
    .input(channelInput)
    .mutation(({ ctx, input }) => addChannel(ctx, input)),

  change: allowStepUp('notifications:write')
    .input(channelChange)
    .mutation(({ ctx, input }) => changeChannel(ctx, input)),

  remove: allowStepUp('notifications:write')
    .input(one)
    .mutation(({ ctx, input }) => removeChannel(ctx, input.id)),

  /** Sends one message now. */
  test: allow('notifications:write')
    .input(one)
    .mutation(({ ctx, input }) => testChannel(ctx, input.id)),
})
