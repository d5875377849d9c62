/** How fresh the mirror is, for the sidebar. Instants are ISO 8601 UTC; null means "never yet". */
export interface MirrorPulse {
  readonly lastWebhookAt: string | null
  /** When a walk through SpacePay's list last got an answer. */
  readonly lastApiReadAt: string | null
  /** Payments in the mirror, as the database estimates it; never counted. */
  readonly paymentsAbout: number
  /** While the first walk through SpacePay's list goes on. */
  readonly history: HistoryProgress | null
}

/** Payments read so far, and how many SpacePay counts; null where it does not say. */
export interface HistoryProgress {
  readonly offset: number
  readonly total: number | null
}
