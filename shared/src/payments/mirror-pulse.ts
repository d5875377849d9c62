/** How fresh the mirror is, for the sidebar. Instants are ISO 8601 UTC; null means "never yet". */
export interface MirrorPulse {
  readonly lastWebhookAt: string | null
  /** When a walk through SpacePay's list last got an answer. */
  readonly lastApiReadAt: string | null
  /** Payments in the mirror, as the database estimates it; never counted. */
  readonly paymentsAbout: number
  readonly sync: readonly SyncProgress[]
}

/** One walk through SpacePay's list. `position` is the sync's own account of where it stands. */
export interface SyncProgress {
  readonly name: string
  readonly position: unknown
  readonly updatedAt: string
}
