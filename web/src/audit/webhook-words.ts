import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { ActionWords, EntryParts } from './entry-words.ts'

type WebhookAction = Extract<AuditAction, `webhook.${string}`>

/** What people do with what SpacePay told. */
export const webhookWords: Readonly<Record<WebhookAction, ActionWords>> = {
  'webhook.reprocess': {
    done: (parts) => `had ${webhook(parts)} processed again`,
    tried: (parts) => `have ${webhook(parts)} processed again`,
  },
  'webhook.reprocess_many': {
    done: ({ after }) => `had ${after.count('count')} webhooks processed again`,
    tried: () => 'have webhooks processed again',
  },
  'webhook.reprocess_cancel': {
    done: ({ after }) =>
      `stopped processing webhooks again after ${after.count('given')} of ${after.count('count')}`,
    tried: () => 'stop processing webhooks again',
  },
  'webhook.export': {
    done: (parts) => `exported ${webhook(parts)} as evidence`,
    tried: (parts) => `export ${webhook(parts)} as evidence`,
  },
}

function webhook({ subject, name }: EntryParts): string {
  return `${name && 'webhook '}${subject}`
}
