import type { BackgroundLoop, BackgroundLoopOptions } from '../kernel/background-loop.ts'
import { announcing } from './announce-arrivals.ts'
import { startWebhookProcessing, type WebhookProcessing } from './process-webhooks.ts'
import {
  createWebhookReceiver,
  type WebhookReceiver,
  type WebhookReceiverOptions,
} from './receive-webhook.ts'

export interface Reception {
  readonly receiver: WebhookReceiver
  readonly processing: BackgroundLoop
  /** For the loops that work behind both, of which one at a time begins a round while there is much to receive. */
  readonly turn: NonNullable<BackgroundLoopOptions['turn']>
}

/** While webhooks come faster than they can be stored, what works behind them still gets on: a round a second. */
const waitedMsMax = 1_000

/** Receives webhooks, and works through them in such a way that receiving comes first. */
export function startReception(
  options: Omit<WebhookReceiverOptions, 'onStored'> & WebhookProcessing,
): Reception {
  const receiver = createWebhookReceiver({ ...options, onStored: () => processing.wake() })
  const uncrowded = () => receiver.uncrowded(waitedMsMax)
  const processing = startWebhookProcessing({ ...options, turn: uncrowded })
  let last = Promise.resolve()
  const turn = () => (last = last.then(uncrowded))
  return { receiver: announcing(receiver, options), processing, turn }
}
