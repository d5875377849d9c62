const RATE_SCALE = 100_000_000n
const CENTS_PER_DOLLAR = 100n

export interface TokenPrice {
  /** US dollars × 10^8 for one whole token. */
  readonly rateE8: number
  readonly decimals: number
}

/** Base units a payer owes: floor(cents / 100 / rate × 10^decimals), in whole numbers throughout. */
export function expectedAmount(cents: number, price: TokenPrice): bigint {
  const scale = 10n ** BigInt(price.decimals)
  return (BigInt(cents) * scale * RATE_SCALE) / (CENTS_PER_DOLLAR * BigInt(price.rateE8))
}

/** Cents that base units are worth, rounded half up, so that an exact payment is worth exactly its price. */
export function worthInCents(baseUnits: bigint, price: TokenPrice): number {
  const scale = 10n ** BigInt(price.decimals)
  const divisor = scale * RATE_SCALE
  return Number((baseUnits * BigInt(price.rateE8) * CENTS_PER_DOLLAR + divisor / 2n) / divisor)
}

/** `15074` → `"150.74"`. */
export function dollarText(cents: number): string {
  const digits = String(cents).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** `125500000` with 6 decimals → `"125.5"`. */
export function unitText(baseUnits: bigint, decimals: number): string {
  const digits = baseUnits.toString().padStart(decimals + 1, '0')
  const fraction = digits.slice(-decimals).replace(/0+$/, '')
  const whole = digits.slice(0, -decimals)
  return fraction ? `${whole}.${fraction}` : whole
}
