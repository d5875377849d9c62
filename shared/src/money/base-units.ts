/** Token amounts are integers of the token's smallest unit, kept as text; `decimals` is the token's own. */
export interface TokenAmount {
  readonly baseUnits: string
  readonly decimals: number
}

/** `("150740000", 6)` → `"150.740000"`: every decimal the token has, none invented. */
export function baseUnitsToDecimal({ baseUnits, decimals }: TokenAmount): string {
  const value = BigInt(baseUnits)
  const sign = value < 0n ? '-' : ''
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0')
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/**
 * `("149.99", 6)` → `"149990000"`. Null when the text is not a plain decimal
 * or names a fraction smaller than the token's smallest unit.
 */
export function decimalToBaseUnits(text: string, decimals: number): string | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!match) return null
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return null
  const units = BigInt((match[2] ?? '') + fraction.padEnd(decimals, '0'))
  return (match[1] === '-' ? -units : units).toString()
}

/**
 * For reading: thousands separated, at most 8 significant decimals, trailing zeros kept to 2.
 * The full value belongs in the tooltip and on copy (`baseUnitsToDecimal`).
 */
export function formatTokenAmount(amount: TokenAmount): string {
  const decimal = baseUnitsToDecimal(amount)
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const shown = readableFraction(whole, fraction)
  const sign = decimal.startsWith('-') ? '−' : ''
  return shown === '' ? sign + grouped : `${sign}${grouped}.${shown}`
}

const significantDecimals = 8

function readableFraction(whole: string, fraction: string): string {
  const leadingZeros = whole === '0' ? (/^0*/.exec(fraction)?.[0].length ?? 0) : 0
  const kept = fraction.slice(0, leadingZeros + significantDecimals).replace(/0+$/, '')
  return kept.padEnd(Math.min(2, fraction.length), '0')
}
