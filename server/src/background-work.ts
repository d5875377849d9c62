import type { Logger } from 'pino'
import { startAttentionSweep } from './attention/sweep.ts'
import { startProvingAudit } from './audit/prove-audit.ts'
import type { Db } from './database.ts'
import type { Gateway } from './gateway/gateway.ts'
import type { BackgroundLoop } from './kernel/background-loop.ts'
import { startRollups } from './settlements/rollups.ts'
import { startSync } from './sync/start-sync.ts'
import { startDigesting } from './webhooks/digest.ts'
import { startMovingBytes } from './webhooks/keep-bodies.ts'
import { startReprocessing } from './webhooks/run-reprocessing.ts'
import { startResolving } from './withdrawals/resolve-unclear.ts'
import { startLearningTokens } from './withdrawals/token-contracts.ts'
import { startWatchingBalances } from './withdrawals/watch-balances.ts'

/** What goes on by itself for as long as Desk runs, and is asked nothing. */
export function startBackgroundWork(desk: {
  readonly db: Db
  readonly gateway: Gateway
  readonly now: () => Date
  readonly zone: string
  readonly log: Logger
  /** See `BackgroundLoopOptions`. */
  readonly turn: () => Promise<void>
  /** Webhooks were given back to be processed. */
  readonly onGiven: () => void
}): readonly Pick<BackgroundLoop, 'stop'>[] {
  return [
    startMovingBytes(desk),
    startDigesting(desk),
    startReprocessing(desk),
    startSync(desk),
    startAttentionSweep(desk),
    startRollups(desk),
    startProvingAudit(desk),
    startResolving(desk),
    startWatchingBalances(desk),
    startLearningTokens(desk),
  ]
}
