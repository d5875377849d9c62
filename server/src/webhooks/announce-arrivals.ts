import { setTimeout as delay } from 'node:timers/promises'
import type { Db } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import type { WebhookReceiver } from './receive-webhook.ts'

const gatherMs = 400

export interface Announcing {
  readonly db: Db
  readonly log: { warn(facts: object, message: string): void }
}

/**
 * The same receiver, telling open browsers that something came: once for all that comes within a moment, and
 * apart from storing it, which must not wait for anybody's screen.
 */
export function announcing(receiver: WebhookReceiver, { db, log }: Announcing): WebhookReceiver {
  let isDue = false
  const tell = async (): Promise<void> => {
    await delay(gatherMs, undefined, { ref: false })
    isDue = false
    try {
      await db.transaction().execute((trx) => publish(trx, { kind: 'webhooks.changed' }))
    } catch (error) {
      // Screens read again at the next one, or when somebody looks.
      log.warn({ err: error }, 'Open screens were not told of a webhook')
    }
  }
  return {
    receive: async (webhook) => {
      const answer = await receiver.receive(webhook)
      if (!isDue) {
        isDue = true
        void tell()
      }
      return answer
    },
  }
}
