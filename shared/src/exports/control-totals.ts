/** What the payments of a file add up to, to be held against other books. All figures are integer text. */
export interface ControlTotals {
  readonly count: number
  /** By currency, in alphabetical order. */
  readonly currencies: readonly CurrencyTotals[]
  /** What was received, by token and its decimals, in alphabetical order. */
  readonly tokens: readonly TokenTotals[]
}

/** In cents. */
export interface CurrencyTotals {
  readonly currency: string
  readonly count: number
  /** Payments without an amount, which are in no sum. */
  readonly withoutAmount: number
  readonly grossCents: string
  readonly convenienceFeeCents: string
  readonly merchantFeeCents: string
  readonly swapFeeCents: string
  readonly netCents: string
}

export interface TokenTotals {
  readonly token: string
  /** Null where nobody told them. */
  readonly decimals: number | null
  /** Payments that received it. */
  readonly count: number
  readonly baseUnits: string
}

/** What one payment adds. Cents and base units are exact integers; null is not known. */
export interface CountedPayment {
  readonly currency: string
  readonly amountCents: number | null
  readonly convenienceFeeCents: number | null
  readonly merchantFeeCents: number | null
  readonly swapFeeCents: number | null
  readonly netCents: number | null
  readonly token: string | null
  readonly tokenDecimals: number | null
  readonly receivedBaseUnits: string | null
}

interface CurrencySums {
  count: number
  withoutAmount: number
  gross: bigint
  convenienceFee: bigint
  merchantFee: bigint
  swapFee: bigint
  net: bigint
}

/** Adds payment by payment and keeps nothing but sums. */
export class ControlTotalsCounter {
  #count = 0
  readonly #currencies = new Map<string, CurrencySums>()
  readonly #tokens = new Map<
    string,
    { token: string; decimals: number | null; count: number; baseUnits: bigint }
  >()

  add(payment: CountedPayment): void {
    this.#count += 1
    const sums = this.#currencies.get(payment.currency) ?? nothingYet()
    this.#currencies.set(payment.currency, sums)
    sums.count += 1
    if (payment.amountCents === null) sums.withoutAmount += 1
    sums.gross += BigInt(payment.amountCents ?? 0)
    sums.convenienceFee += BigInt(payment.convenienceFeeCents ?? 0)
    sums.merchantFee += BigInt(payment.merchantFeeCents ?? 0)
    sums.swapFee += BigInt(payment.swapFeeCents ?? 0)
    sums.net += BigInt(payment.netCents ?? 0)
    this.#addToken(payment)
  }

  totals(): ControlTotals {
    return {
      count: this.#count,
      currencies: [...this.#currencies]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, sums]) => ({
          currency,
          count: sums.count,
          withoutAmount: sums.withoutAmount,
          grossCents: String(sums.gross),
          convenienceFeeCents: String(sums.convenienceFee),
          merchantFeeCents: String(sums.merchantFee),
          swapFeeCents: String(sums.swapFee),
          netCents: String(sums.net),
        })),
      tokens: [...this.#tokens]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { baseUnits, ...rest }]) => ({ ...rest, baseUnits: String(baseUnits) })),
    }
  }

  /** Base units of different decimals are different units, even of tokens with one name. */
  #addToken({ token, tokenDecimals, receivedBaseUnits }: CountedPayment): void {
    if (receivedBaseUnits === null) return
    const key = `${token ?? ''} ${tokenDecimals ?? ''}`
    const sum = this.#tokens.get(key) ?? {
      token: token ?? '',
      decimals: tokenDecimals,
      count: 0,
      baseUnits: 0n,
    }
    this.#tokens.set(key, sum)
    sum.count += 1
    sum.baseUnits += BigInt(receivedBaseUnits)
  }
}

function nothingYet(): CurrencySums {
  return {
    count: 0,
    withoutAmount: 0,
    gross: 0n,
    convenienceFee: 0n,
    merchantFee: 0n,
    swapFee: 0n,
    net: 0n,
  }
}
