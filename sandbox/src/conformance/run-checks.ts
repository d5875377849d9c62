import { once } from 'node:events'
import { type Check, type GroupName, groupNames } from './check.ts'
import { errorChecks } from './errors.checks.ts'
import { idempotencyChecks } from './idempotency.checks.ts'
import { paginationChecks } from './pagination.checks.ts'
import { payerChecks } from './payer.checks.ts'
import { registryChecks } from './registry.checks.ts'
import { shapeChecks } from './shapes.checks.ts'
import { openTrial, type Trial, type TrialOptions } from './trial.ts'
import { Failed, Skipped } from './verdict.ts'
import { webhookChecks } from './webhooks.checks.ts'
import { withdrawalChecks } from './withdrawals.checks.ts'

const checksOf: Readonly<Record<GroupName, readonly Check[]>> = {
  shapes: shapeChecks,
  registry: registryChecks,
  payer: payerChecks,
  withdrawals: withdrawalChecks,
  errors: errorChecks,
  idempotency: idempotencyChecks,
  pagination: paginationChecks,
  webhooks: webhookChecks,
}

type Outcome =
  | { readonly outcome: 'pass' }
  | { readonly outcome: 'fail'; readonly expected: string; readonly got: string }
  | { readonly outcome: 'skip'; readonly reason: string }

export type CheckResult = Outcome & { readonly group: GroupName; readonly name: string }

interface Course {
  readonly groups?: readonly GroupName[]
  /** Hears each result as it is known. */
  readonly onResult?: (result: CheckResult) => void
  /** Ends the run early; what was registered is taken back all the same. */
  readonly stop?: AbortSignal
}

/** Runs the checks of the groups asked for, or all, one after the other. */
export async function runChecks(
  options: TrialOptions,
  { groups = groupNames, onResult, stop }: Course = {},
): Promise<readonly CheckResult[]> {
  await using trial = openTrial(options)
  const stopped = stop && once(stop, 'abort').then(() => null)
  const results: CheckResult[] = []
  for (const group of groups) {
    for (const check of checksOf[group]) {
      const working = outcomeOf(check, trial)
      const outcome = await (stopped ? Promise.race([working, stopped]) : working)
      if (outcome === null) return results
      const result = { group, name: check.name, ...outcome }
      results.push(result)
      onResult?.(result)
    }
  }
  return results
}

async function outcomeOf(check: Check, trial: Trial): Promise<Outcome> {
  try {
    await check.run(trial)
    return { outcome: 'pass' }
  } catch (error) {
    if (error instanceof Skipped) return { outcome: 'skip', reason: error.message }
    if (!(error instanceof Failed)) throw error
    return { outcome: 'fail', expected: error.expected, got: error.got }
  }
}
