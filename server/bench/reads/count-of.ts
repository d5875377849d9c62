/** `50k`, `1m` and `10m` as numbers. */
export function countOf(text: string): number {
  const match = /^(\d+)(k|m)?$/i.exec(text)
  if (!match) throw new Error(`${text} is not a number such as 50k, 1m or 10m.`)
  const factor = { k: 1_000, m: 1_000_000 }[match[2]?.toLowerCase() ?? ''] ?? 1
  return Number(match[1]) * factor
}
