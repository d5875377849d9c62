/** A wall clock's time in a zone, `2026-11-12T14:00`, as its instant, ISO 8601 UTC; null for what is no time. */
export function instantOfClock(text: string, zone: string): string | null {
  const asUtc = Date.parse(`${text}Z`)
  if (Number.isNaN(asUtc)) return null
  // The offset before the answer is known is a guess, which the second look corrects around clock changes.
  const guess = asUtc - offsetAt(asUtc, zone)
  return new Date(asUtc - offsetAt(guess, zone)).toISOString()
}

/** The inverse: what a wall clock in the zone shows at the instant, to the minute. */
export function clockOfInstant(at: string, zone: string): string {
  const milliseconds = Date.parse(at)
  return new Date(milliseconds + offsetAt(milliseconds, zone)).toISOString().slice(0, 16)
}

function offsetAt(milliseconds: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(milliseconds)
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0)
  const shown = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  )
  return shown - Math.floor(milliseconds / 1_000) * 1_000
}
