/**
 * Shares cents out by weights so that the shares add up to them: each gets its part rounded down, and what
 * is left goes to those who lost most by it. Where nothing weighs anything, the last gets all.
 */
export function shareOut(cents: number, weights: readonly number[]): number[] {
  const counted = weights.map((weight) => BigInt(Math.max(weight, 0)))
  const all = counted.reduce((sum, weight) => sum + weight, 0n)
  if (all === 0n) return weights.map((_, index) => (index === weights.length - 1 ? cents : 0))
  const whole = BigInt(Math.abs(cents))
  const parts = counted.map((weight, index) => ({
    index,
    share: (whole * weight) / all,
    lost: (whole * weight) % all,
  }))
  const shared = parts.reduce((sum, { share }) => sum + share, 0n)
  const luckiest = parts
    .toSorted((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost < b.lost ? 1 : -1))
    .slice(0, Number(whole - shared))
  const lucky = new Set(luckiest.map(({ index }) => index))
  return parts.map(({ share, index }) => {
    const part = Number(share) + (lucky.has(index) ? 1 : 0)
    return cents < 0 && part !== 0 ? -part : part
  })
}
