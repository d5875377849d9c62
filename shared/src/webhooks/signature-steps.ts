/** One way in which a signature was computed again; what is shown of it is too short to be used. */
export interface SecretTrial {
  readonly id: string
  readonly label: string
  /** The first eight hex digits of what this secret makes of the signed content. */
  readonly expectedPrefix: string
  readonly matches: boolean
}

/** Verifying a delivery anew, step by step. */
export interface SignatureSteps {
  readonly checkedAt: string
  /** Exactly as the header spelt it. */
  readonly timestampHeader: string | null
  readonly bodyBytes: number
  /** How the signed content begins: the timestamp, a dot and the body. */
  readonly signedStart: string
  readonly signedSha256: string
  /** What was written down when it came; null for refused deliveries. */
  readonly keptSha256: string | null
  readonly receivedPrefix: string | null
  readonly trials: readonly SecretTrial[]
  /** Seconds between what the header says and when it came; null where the header cannot be read. */
  readonly secondsOff: number | null
  readonly isWithinWindow: boolean | null
  readonly outcome: SignatureOutcome
}

/** `changed` means that the kept bytes are not those that were written down on arrival. */
export type SignatureOutcome = 'matches' | 'no_secret_matches' | 'changed' | 'no_signature' | 'cut'
