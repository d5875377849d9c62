import { Temporal } from 'temporal-polyfill'

/** Clocks are changed at quarters of an hour, everywhere and always since 1970. */
const quarterMs = 15 * 60_000
/** A year and a half of quarters. */
const remembered = 50_000
const dayMs = 86_400_000
/** Spreadsheets count days from 1899-12-30. */
const daysTo1970 = 25_569

/** Wall clocks of one zone, a million times over. */
export interface ZoneClock {
  /** `2026-11-22T12:00:00.123+00:00`: says which of two equal hours it was when clocks went back. */
  readonly iso: (epochMs: number) => string
  /** Days since spreadsheets began to count, of the wall clock, as decimal text. */
  readonly serial: (epochMs: number) => string
}

export function zoneClock(zone: string): ZoneClock {
  const offsets = new Map<number, number>()
  const offsetMs = (epochMs: number): number => {
    const quarter = Math.floor(epochMs / quarterMs)
    const known = offsets.get(quarter)
    if (known !== undefined) return known
    const moment = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs)
    const offset = moment.toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000
    if (offsets.size >= remembered) offsets.clear()
    offsets.set(quarter, offset)
    return offset
  }
  return {
    iso: (epochMs) => {
      const offset = offsetMs(epochMs)
      const wall = new Date(epochMs + offset).toISOString().slice(0, -1)
      const minutes = Math.abs(Math.round(offset / 60_000))
      const hours = String(Math.floor(minutes / 60)).padStart(2, '0')
      return `${wall}${offset < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}`
    },
    serial: (epochMs) => {
      const wallMs = epochMs + offsetMs(epochMs)
      const days = Math.floor(wallMs / dayMs)
      return (days + daysTo1970 + (wallMs - days * dayMs) / dayMs).toFixed(9)
    },
  }
}
