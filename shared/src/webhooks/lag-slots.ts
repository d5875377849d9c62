/**
 * How long something took is counted in slots, so that any number of counts can be added up and still say
 * their percentiles: slot 0 is up to a millisecond, and each slot reaches a quarter further than the one
 * before. What is read from them is therefore right to within an eighth.
 */
export const LAG_GROWTH = 1.25
/** Reaches beyond a hundred days. */
export const LAG_SLOT_MAX = 103

/** How many took as long as a slot says. */
export interface LagCount {
  readonly slot: number
  readonly count: number
}

/** The slot that counts this duration, as the database computes it too. */
export function lagSlotOf(milliseconds: number): number {
  if (milliseconds <= 1) return 0
  const slot = Math.ceil(Math.log(milliseconds) / Math.log(LAG_GROWTH))
  return Math.min(slot, LAG_SLOT_MAX)
}

/** Milliseconds within which `share` (0 to 1) of all counted stayed; null where nothing was counted. */
export function lagPercentile(counts: readonly LagCount[], share: number): number | null {
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  const wanted = Math.max(1, Math.ceil(share * total))
  let seen = 0
  for (const { slot, count } of [...counts].sort((a, b) => a.slot - b.slot)) {
    seen += count
    if (seen >= wanted) return middleOf(slot)
  }
  return null
}

/** Half way between the ends of a slot, as ratios go. */
function middleOf(slot: number): number {
  return slot === 0 ? 1 : LAG_GROWTH ** (slot - 0.5)
}
