/** Our own judgements about a payment, shown beside SpacePay's status and never instead of it. */
export const paymentFlags = ['underpaid', 'overpaid', 'late'] as const
export type PaymentFlag = (typeof paymentFlags)[number]

export interface PaidAgainstQuote {
  /** Base units of the used quote's token, integer text. */
  readonly expectedBaseUnits: string | null
  readonly receivedBaseUnits: string | null
  /** When the money was seen on chain, ISO 8601 UTC. */
  readonly transactionAt: string | null
  readonly quoteExpiresAt: string | null
}

/** Received against the used quote, in base units (no tolerance is documented), and its time against the quote's expiry. */
export function paymentFlagsOf(paid: PaidAgainstQuote): PaymentFlag[] {
  const flags: PaymentFlag[] = []
  if (paid.expectedBaseUnits !== null && paid.receivedBaseUnits !== null) {
    const difference = BigInt(paid.receivedBaseUnits) - BigInt(paid.expectedBaseUnits)
    if (difference < 0n) flags.push('underpaid')
    if (difference > 0n) flags.push('overpaid')
  }
  if (
    paid.transactionAt !== null &&
    paid.quoteExpiresAt !== null &&
    Date.parse(paid.transactionAt) > Date.parse(paid.quoteExpiresAt)
  ) {
    flags.push('late')
  }
  return flags
}
