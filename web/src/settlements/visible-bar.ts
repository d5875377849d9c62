/** Pixels a bar has at least: beside one giant day the others still show that there was something. */
export function visibleBar(value: unknown): number {
  return typeof value === 'number' && value > 0 ? 2 : 0
}
