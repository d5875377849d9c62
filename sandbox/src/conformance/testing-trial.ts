import type { CheckResult } from './run-checks.ts'
import type { TrialOptions } from './trial.ts'

/** A small sandbox whose webhook retries follow within milliseconds. */
export const hurried = { historyCount: 80, overrides: { retryDivisor: 100_000 } }

/** Everything a run against a local sandbox can check. */
export function optionsFor(baseUrl: string, more: Partial<TrialOptions> = {}): TrialOptions {
  return {
    baseUrl,
    secretKey: 'sk_test_sandbox_merchant',
    otherKey: 'sk_test_sandbox_other',
    withdrawTo: '0x52908400098527886e0f7030069857d2e4169ee7',
    webhooks: { registered: null, waitMs: 5_000 },
    ...more,
  }
}

export function failedNames(results: readonly CheckResult[]): readonly string[] {
  return results.filter((result) => result.outcome === 'fail').map((result) => result.name)
}
