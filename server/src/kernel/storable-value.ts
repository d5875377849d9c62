/**
 * What Postgres cannot hold, made holdable, where text from outside becomes a column. Nothing is
 * lost by it: the observation keeps the body as it came.
 */

/** A `numeric(78, 0)`, or null when the text is not one. */
export function storableInteger(text: string | null): string | null {
  return text !== null && /^\d{1,78}$/.test(text) ? text : null
}

/** An `integer`, or null when the number is not one. */
export function storableCount(count: number | null): number | null {
  return count !== null && Number.isInteger(count) && Math.abs(count) < 2 ** 31 ? count : null
}

/** A `timestamptz` of the years 1 to 9999, or null: ISO spells other years in ways Postgres refuses. */
export function storableInstant(instant: string | null): string | null {
  return instant !== null && /^(?!0000)\d{4}-/.test(instant) ? instant : null
}
