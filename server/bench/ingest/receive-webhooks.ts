import type { Db } from '../../src/database.ts'
import { announcing } from '../../src/webhooks/announce-arrivals.ts'
import { startDigesting } from '../../src/webhooks/digest.ts'
import { startMovingBytes } from '../../src/webhooks/keep-bodies.ts'
import { startWebhookProcessing } from '../../src/webhooks/process-webhooks.ts'
import { createWebhookReceiver, type WebhookReceiver } from '../../src/webhooks/receive-webhook.ts'
import { benchSecret } from './signed-events.ts'

export interface Reception {
  readonly receiver: WebhookReceiver
  readonly stop: () => Promise<void>
}

const log = {
  info: () => {},
  warn: () => {},
  error: (facts: object, message: string) =>
    process.stderr.write(`${message} ${JSON.stringify(facts)}\n`),
}

/** The receiver and what works behind it, as Desk wires them; SpacePay itself is not asked anything. */
export function receiveWebhooks(db: Db): Reception {
  const now = () => new Date()
  const processing = startWebhookProcessing({
    db,
    now,
    log,
    requestRefresh: async () => {},
    requestWithdrawalRefresh: async () => {},
  })
  const loops = [processing, startDigesting({ db, now, log }), startMovingBytes({ db, log })]
  const receiver = createWebhookReceiver({
    db,
    now,
    log,
    secrets: () => [benchSecret],
    onStored: () => processing.wake(),
  })
  return {
    receiver: announcing(receiver, { db, log }),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}
