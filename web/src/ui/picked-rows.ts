/** Rows that somebody chose, and from which one a range is counted. */
export interface Picked {
  readonly ids: ReadonlySet<string>
  /** The row that was picked or let go last; null before the first. */
  readonly anchor: string | null
}

export const nothingPicked: Picked = { ids: new Set(), anchor: null }

/** Picks the row, or lets it go. */
export function togglePick({ ids }: Picked, id: string): Picked {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/**
 * Does to every row from the anchor to this one, in the order of the list, what is done to this one: picks
 * them, or lets them go. Without an anchor in the list it is this one row.
 */
export function pickRange(picked: Picked, id: string, order: readonly string[]): Picked {
  const from = picked.anchor === null ? -1 : order.indexOf(picked.anchor)
  const to = order.indexOf(id)
  if (from === -1 || to === -1) return togglePick(picked, id)
  const isLetGo = picked.ids.has(id)
  const next = new Set(picked.ids)
  for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (isLetGo) next.delete(one)
    else next.add(one)
  }
  return { ids: next, anchor: id }
}
