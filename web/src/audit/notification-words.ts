import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { ActionWords } from './entry-words.ts'

type NotificationAction = Extract<AuditAction, `notification.${string}`>

/** Where alarms are told. */
export const notificationWords: Readonly<Record<NotificationAction, ActionWords>> = {
  'notification.add_channel': {
    done: ({ subject }) => `had alarms told to ${subject}`,
    tried: () => 'have alarms told somewhere else, too',
  },
  'notification.change_channel': {
    done: ({ subject }) => `changed how alarms are told to ${subject}`,
    tried: () => 'change how alarms are told',
  },
  'notification.remove_channel': {
    done: ({ subject }) => `had alarms no longer told to ${subject}`,
    tried: () => 'have alarms told in one place less',
  },
  'notification.test_channel': {
    done: ({ subject }) => `sent a test notification to ${subject}`,
    tried: () => 'send a test notification',
  },
}
