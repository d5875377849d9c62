import type { CheckResult } from './run-checks.ts'

/** One line: what was checked, and what came of it. */
export function lineOf(result: CheckResult): string {
  const what = `${result.group}: ${result.name}`
  switch (result.outcome) {
    case 'pass':
      return `pass  ${what}`
    case 'fail':
      return `FAIL  ${what}: expected ${result.expected}, got ${result.got}`
    case 'skip':
      return `skip  ${what}: ${result.reason}`
  }
}

export function summaryOf(results: readonly CheckResult[]): string {
  const { passed, failed, skipped } = countsOf(results)
  return `${results.length} checks: ${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** For machines: the counts and every result. */
export function reportJson(baseUrl: string, results: readonly CheckResult[]): string {
  return JSON.stringify({ baseUrl, ...countsOf(results), checks: results }, null, 2)
}

export function countsOf(results: readonly CheckResult[]) {
  const count = (outcome: CheckResult['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  return { passed: count('pass'), failed: count('fail'), skipped: count('skip') }
}
