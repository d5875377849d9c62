/** When business days begin; a day that begins at 05:00 carries the date of that morning. */
export interface BusinessDayRule {
  /** IANA. */
  readonly zone: string
  /** `HH:MM` in the zone. */
  readonly cutOff: string
}

/** One business day; instants are ISO 8601 UTC, the end is exclusive. */
export interface BusinessDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly startsAt: string
  readonly endsAt: string
}
