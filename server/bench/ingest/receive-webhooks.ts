import { startAttentionSweep } from '../../src/attention/sweep.ts'
import type { Db } from '../../src/database.ts'
import { startRollups } from '../../src/settlements/rollups.ts'
import { startDigesting } from '../../src/webhooks/digest.ts'
import { startMovingBytes } from '../../src/webhooks/keep-bodies.ts'
import type { WebhookReceiver } from '../../src/webhooks/receive-webhook.ts'
import { startReception } from '../../src/webhooks/reception.ts'
import { benchSecret } from './signed-events.ts'

export interface BenchReception {
  readonly receiver: WebhookReceiver
  readonly stop: () => Promise<void>
}

const log = {
  info: () => {},
  warn: () => {},
  error: (facts: object, message: string) =>
    process.stderr.write(`${message} ${JSON.stringify(facts)}\n`),
}

/** The receiver and all that works behind it, as Desk wires them; SpacePay itself is not asked anything. */
export function receiveWebhooks(db: Db): BenchReception {
  const now = () => new Date()
  const { receiver, processing, turn } = startReception({
    db,
    now,
    log,
    secrets: () => [benchSecret],
    requestRefresh: async () => {},
    requestWithdrawalRefresh: async () => {},
  })
  const behind = { db, now, log, turn, zone: 'Europe/London' }
  const loops = [
    processing,
    startDigesting(behind),
    startMovingBytes(behind),
    startAttentionSweep(behind),
    startRollups(behind),
  ]
  return {
    receiver,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}
