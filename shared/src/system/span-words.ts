const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** `"4 seconds"`, `"1 minute"`, `"3 hours"`: the largest unit alone, rounded down. */
export function spanWords(milliseconds: number): string {
  for (const [unit, length] of units) {
    const count = Math.floor(milliseconds / length)
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'}`
  }
  return 'less than a second'
}

/** How long ago this was, in words for the middle of a sentence. */
export function agoWords(at: string, nowMs: number): string {
  return `${spanWords(Math.max(0, nowMs - Date.parse(at)))} ago`
}
