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
  const difference = differenceOf(paid)
  if (difference < 0n) flags.push('underpaid')
  if (difference > 0n) flags.push('overpaid')
  if (isPastQuote(paid) || hasExpiredWithMoney(paid)) flags.push('late')
  return flags
}

/** A deposit of any amount is quoted as 0: no sum can be too little or too much for it. */
function differenceOf({ expectedBaseUnits, receivedBaseUnits }: PaidAgainstQuote): bigint {
  if (expectedBaseUnits === null || receivedBaseUnits === null) return 0n
  const expected = BigInt(expectedBaseUnits)
  return expected === 0n ? 0n : BigInt(receivedBaseUnits) - expected
}

function isPastQuote({ transactionAt, quoteExpiresAt }: PaidAgainstQuote): boolean {
  if (transactionAt === null || quoteExpiresAt === null) return false
  return Date.parse(transactionAt) > Date.parse(quoteExpiresAt)
}

function hasExpiredWithMoney({ status, receivedBaseUnits }: PaidAgainstQuote): boolean {
  return status === 'expired' && receivedBaseUnits !== null && BigInt(receivedBaseUnits) > 0n
}
