/** Our own judgements about a payment, shown beside SpacePay's status and never instead of it. */
export const paymentFlags = ['underpaid', 'overpaid', 'late'] as const
export type PaymentFlag = (typeof paymentFlags)[number]

export interface PaidAgainstQuote {
  /** SpacePay's word for the payment. */
  readonly status: string
  /** Base units of the used quote's token, integer text. */
  readonly expectedBaseUnits: string | null
  readonly receivedBaseUnits: string | null
  /** When the money was seen on chain, ISO 8601 UTC. */
  readonly transactionAt: string | null
  readonly quoteExpiresAt: string | null
}

/**
 * Received against the used quote, in base units (no tolerance is documented). Late is money that was
 * mined after the quote's end, and any money on a payment that SpacePay has let expire.
 */
export function paymentFlagsOf(paid: PaidAgainstQuote): PaymentFlag[] {
  const flags: PaymentFlag[] = []
  if (paid.expectedBaseUnits !== null && paid.receivedBaseUnits !== null) {
    const difference = BigInt(paid.receivedBaseUnits) - BigInt(paid.expectedBaseUnits)
    if (difference < 0n) flags.push('underpaid')
    if (difference > 0n) flags.push('overpaid')
  }
  if (isPastQuote(paid) || hasExpiredWithMoney(paid)) flags.push('late')
  return flags
}

function isPastQuote({ transactionAt, quoteExpiresAt }: PaidAgainstQuote): boolean {
  if (transactionAt === null || quoteExpiresAt === null) return false
  return Date.parse(transactionAt) > Date.parse(quoteExpiresAt)
}

function hasExpiredWithMoney({ status, receivedBaseUnits }: PaidAgainstQuote): boolean {
  return status === 'expired' && receivedBaseUnits !== null && BigInt(receivedBaseUnits) > 0n
}
