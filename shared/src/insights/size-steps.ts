/**
 * Where the steps begin, in cents, in which amounts of payments are counted; what is below the first is the
 * step before it. `server/migrations` counts by the same numbers, so a change of them needs a migration.
 */
export const sizeStepCents = [
  500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
] as const

/** The smallest and the largest amount of a step in cents, both included; null is open. */
export function sizeStepLimits(step: number): {
  readonly min: number | null
  readonly max: number | null
} {
  const next = sizeStepCents[step]
  return { min: sizeStepCents[step - 1] ?? null, max: next === undefined ? null : next - 1 }
}
