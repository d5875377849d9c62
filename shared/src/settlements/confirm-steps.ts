/**
 * Upper ends, in seconds, of the steps in which times to confirm are counted; the last step has no end.
 * `server/migrations` counts by the same numbers, so a change of them needs a migration.
 */
export const confirmStepSeconds = [
  5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 450, 600, 900, 1_800, 3_600, 7_200, 21_600, 86_400,
] as const

/**
 * About how many seconds a share of the counted payments took at most, by the steps' ends with a straight
 * line within a step; null where nothing was counted. `counts` has one number per step, the open one last.
 */
export function confirmQuantile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const wanted = total * share
  let below = 0
  for (const [step, count] of counts.entries()) {
    if (count > 0 && below + count >= wanted) {
      const from = confirmStepSeconds[step - 1] ?? 0
      const until = confirmStepSeconds[step] ?? from
      return Math.round(from + ((until - from) * (wanted - below)) / count)
    }
    below += count
  }
  return confirmStepSeconds.at(-1) ?? null
}
