import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { startLoop, type BackgroundLoop } from '../kernel/background-loop.ts'
import { backfillPage } from './backfill.ts'
import { leadWhenFree } from './leadership.ts'
import type { SyncDependencies } from './list-page.ts'
import { sweepOpenPayments } from './open-payments.ts'
import { sweepNewest } from './sweep.ts'
import { sweepOpenWithdrawals, sweepWithdrawals, type WithdrawalSync } from './withdrawals.ts'

export interface SyncIntervals {
  /** Between sweeps of the newest payments. */
  readonly sweepMs: number
  /** Between looks for open payments that are due. */
  readonly openMs: number
  /** Between tries to lead. */
  readonly leaderMs: number
}

const defaultIntervals: SyncIntervals = { sweepMs: 60_000, openMs: 10_000, leaderMs: 2_000 }
const defaultPageLimit = 500

export interface Sync {
  /** Resolves once this Desk led and found nothing left to read. For tests. */
  settled(): Promise<void>
  /** Lets the calls under way end and starts no more. */
  stop(): Promise<void>
}

export interface SyncOptions extends Omit<SyncDependencies, 'pageLimit' | 'gateway'> {
  readonly gateway: SyncDependencies['gateway'] & WithdrawalSync['gateway']
  readonly intervals?: Partial<SyncIntervals>
  readonly pageLimit?: number
}

/**
 * Keeps the mirror level with SpacePay's API: everything once, then the newest every minute and what
 * is open ever more rarely; withdrawals likewise. Of all Desks on a database one does it; when it goes, another goes on.
 */
export function startSync(options: SyncOptions): Sync {
  const dependencies = { ...options, pageLimit: options.pageLimit ?? defaultPageLimit }
  const intervals = { ...defaultIntervals, ...options.intervals }
  const stopping = new AbortController()
  let led = Promise.withResolvers<readonly BackgroundLoop[]>()

  const lead = async (signal: AbortSignal): Promise<void> => {
    const loops = startLoops(dependencies, intervals)
    led.resolve(loops)
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
      if (signal.aborted) resolve()
    })
    led = Promise.withResolvers()
    await Promise.all(loops.map((loop) => loop.stop()))
  }
  const { db, log } = options
  const running = leadWhenFree(
    { db, log, lockKey: advisoryLocks.sync, intervalMs: intervals.leaderMs, lead },
    stopping.signal,
  )

  return {
    settled: async () => {
      for (const loop of await led.promise) await loop.settled()
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

function startLoops(
  dependencies: SyncDependencies & WithdrawalSync,
  intervals: SyncIntervals,
): BackgroundLoop[] {
  const { log } = dependencies
  return [
    startLoop({
      name: 'list of payments',
      round: async (signal) => {
        if (await backfillPage(dependencies)) return true
        await sweepNewest(dependencies, signal)
        return false
      },
      intervalMs: intervals.sweepMs,
      log,
    }),
    startLoop({
      name: 'open payments',
      round: (signal) => sweepOpenPayments(dependencies, signal),
      intervalMs: intervals.openMs,
      log,
    }),
    startLoop({
      name: 'list of withdrawals',
      round: () => sweepWithdrawals(dependencies),
      intervalMs: intervals.sweepMs,
      log,
    }),
    startLoop({
      name: 'open withdrawals',
      round: (signal) => sweepOpenWithdrawals(dependencies, signal),
      intervalMs: intervals.openMs,
      log,
    }),
  ]
}
