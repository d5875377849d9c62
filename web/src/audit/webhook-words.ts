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
  'webhook.add_secret': {
    done: ({ subject }) => `added the webhook secret ${subject}`,
    tried: () => 'add a webhook secret',
  },
  'webhook.rotate_secret': {
    done: ({ subject }) => `rotated to the webhook secret ${subject}`,
    tried: () => 'rotate a webhook secret',
  },
  'webhook.end_secret': {
    done: ({ subject }) => `changed until when the webhook secret ${subject} verifies`,
    tried: () => 'change until when a webhook secret verifies',
  },
  'webhook.set_retention': {
    done: ({ after }) => `had the bytes of webhooks kept for ${after.count('months')} months`,
    tried: () => 'change how long the bytes of webhooks are kept',
  },
  'webhook.delete_bytes': {
    done: () => 'deleted the bytes of webhooks whose time was up',
    tried: () => 'delete the bytes of old webhooks',
  },
  'webhook.test': {
    done: () => 'asked the sandbox for a test webhook',
    tried: () => 'ask the sandbox for a test webhook',
  },
}

function webhook({ subject, name }: EntryParts): string {
  return `${name && 'webhook '}${subject}`
}
