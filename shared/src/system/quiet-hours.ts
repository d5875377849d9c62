const MINUTE_MS = 60_000
/** A quiet stretch is shorter than a day, even the longest one of the year. */
const minutesMax = 26 * 60

/** Times of day on the wall, such as `22:00`; those past midnight end on the next day. */
export interface QuietHours {
  readonly from: string
  readonly until: string
}

/**
 * When something that comes up now may be told: now, or when the quiet hours of this zone end. It asks the
 * clock on the wall minute by minute, so the nights in which it is changed need no rule of their own.
 */
export function tellableAt(
  quiet: QuietHours | null,
  { nowMs, zone }: { readonly nowMs: number; readonly zone: string },
): number {
  if (quiet === null || quiet.from === quiet.until) return nowMs
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const isQuiet = (atMs: number) => {
    const time = clock.format(atMs)
    return quiet.from < quiet.until
      ? time >= quiet.from && time < quiet.until
      : time >= quiet.from || time < quiet.until
  }
  if (!isQuiet(nowMs)) return nowMs
  const minute = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  for (let count = 1; count <= minutesMax; count += 1) {
    const atMs = minute + count * MINUTE_MS
    if (!isQuiet(atMs)) return atMs
  }
  return nowMs
}
